import { readOrderStatus } from '#server/queries/order-status.ts';
import { forOrder, supportProcedure } from '../procedures.ts';

/** Any order with its whole state, which the browser's decider works on; null while the read side doesn't know it. */
export const orderGet = supportProcedure
  .meta({ reads: ['order_status'] })
  .input(forOrder({}))
  .query(({ ctx, input }) => readOrderStatus(ctx.runtime, input.orderId));
