import { z } from 'zod';
import { orderIdSchema } from '#domain/shared/ids.ts';
import { readOrderRows } from '#server/queries/order-search/read-order-rows.ts';
import { supportProcedure } from '../procedures.ts';

/** These orders as lines of the list: what the screen asks for when it hears that they changed. */
export const ordersRows = supportProcedure
  .meta({ reads: ['order_search'] })
  .input(z.strictObject({ orderIds: z.array(orderIdSchema).max(200) }))
  .query(({ ctx, input }) => readOrderRows(ctx.runtime, input.orderIds));
