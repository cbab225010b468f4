import { z } from 'zod';
import { countOrdersOf } from '#server/queries/order-search/count-orders-of.ts';
import { supportProcedure } from '../procedures.ts';

/** How many orders a customer has placed. */
export const customerOrders = supportProcedure
  .meta({ reads: ['order_search'] })
  .input(z.strictObject({ customerId: z.string().min(1).max(80) }))
  .query(async ({ ctx, input }) => ({ orders: await countOrdersOf(ctx.runtime, input.customerId) }));
