import { z } from 'zod';
import { findCustomers } from '#server/queries/find-customers.ts';
import { supportProcedure } from '../procedures.ts';

/** Customers by a part of their name or mail, with the address of their last order. */
export const customersFind = supportProcedure
  .meta({ reads: ['order_status'] })
  .input(z.strictObject({ text: z.string().trim().min(2).max(120) }))
  .query(async ({ ctx, input }) => ({ customers: await findCustomers(ctx.runtime, input.text, 6) }));
