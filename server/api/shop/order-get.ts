import { endOfOrderLink } from '#server/auth/order-link.ts';
import { readOrderStatus } from '#server/queries/order-status.ts';
import { shopReference } from '#server/queries/shop-reference.ts';
import { forOrder, ownOrderProcedure } from '../procedures.ts';
import { customerWaybill } from './customer-view.ts';

/**
 * One's own order with its whole state (what the browser's decider works on). Null while the read side has not heard
 * of it yet, which a consistency token normally waits out. `warehouses`: each code's city.
 */
export const orderGet = ownOrderProcedure
  .meta({ reads: ['order_status'] })
  .input(forOrder({}))
  .query(async ({ ctx, input }) => {
    const [order, { warehouses }] = await Promise.all([
      readOrderStatus(ctx.runtime, input.orderId),
      shopReference(ctx.runtime.crud),
    ]);
    if (!order) return null;
    const cities = Object.fromEntries(warehouses.map(({ code, city }) => [code, city]));
    const { holds: _holds, ...shown } = order;
    const isByLink = ctx.actor.role === 'guest' && input.link !== undefined;
    return {
      ...shown,
      waybill: customerWaybill(order.waybill),
      warehouses: cities,
      /** Set for who came by a link alone: from when on it no longer opens the order, ISO 8601. */
      linkEnds: isByLink ? endOfOrderLink(input.link ?? '').toISOString() : null,
    };
  });
