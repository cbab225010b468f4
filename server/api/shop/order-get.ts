import { readOrderStatus } from '#server/queries/order-status.ts';
import { forOrder, ownOrderProcedure } from '../procedures.ts';
import { customerWaybill } from './customer-view.ts';

/**
 * One's own order with its whole state (what the browser's decider works on). Null while the read side has not heard
 * of it yet, which a consistency token normally waits out.
 */
export const orderGet = ownOrderProcedure
  .meta({ reads: ['order_status'] })
  .input(forOrder({}))
  .query(async ({ ctx, input }) => {
    const order = await readOrderStatus(ctx.runtime, input.orderId);
    return order ? { ...order, waybill: customerWaybill(order.waybill) } : null;
  });
