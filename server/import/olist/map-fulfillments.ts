import type { FulfillmentEvent } from '#domain/fulfillment/events.ts';
import type { OrderPlaced } from '#domain/order/events.ts';
import { fulfillmentIdOf } from './ids.ts';
import { lineItemsOf, promiseOf, warehouseOf } from './map-placed.ts';
import type { OlistOrder } from './olist-order.ts';

export type MappedFulfillments = {
  readonly created: readonly FulfillmentEvent[];
  readonly picking: readonly FulfillmentEvent[];
  readonly shipped: readonly FulfillmentEvent[];
  readonly delivered: readonly FulfillmentEvent[];
};

/** What stands for the seller of an order that has steps, yet no lines: the steps must not be lost. */
const noSeller = 'none';

/** One parcel a seller. Olist has no picking lists, carriers or tracking numbers: what is not known stays out or says so. */
export const mapFulfillments = (order: OlistOrder, placed: OrderPlaced): MappedFulfillments => {
  const { orderId, orderNumber, subjectId, tier, shipTo, shippingMethod } = placed;
  const lineItems = lineItemsOf(order);
  const sellers = [...new Set(order.items.map(({ sellerId }) => sellerId))];
  const parcels = (sellers.length > 0 ? sellers : [noSeller]).map((sellerId) => {
    const lines = placed.lines.filter((_, index) => lineItems[index]?.[0].sellerId === sellerId);
    return {
      keys: { fulfillmentId: fulfillmentIdOf(order.orderId, sellerId), orderId },
      sellerId,
      warehouse: warehouseOf(order, sellerId),
      lines,
      items: order.items.filter((item) => item.sellerId === sellerId),
    };
  });
  return {
    created: parcels.map(({ keys, sellerId, warehouse, lines, items }) => ({
      type: 'FulfillmentCreated',
      ...keys,
      orderNumber,
      subjectId,
      tier,
      warehouse,
      sourcing: sellerId === noSeller ? 'the order has no lines' : `seller ${sellerId}`,
      shipTo,
      shippingMethod,
      promise: promiseOf(order, items),
      lines: lines.map(({ lineId, sku, name, picture, hue, bin, quantity }) => ({
        lineId,
        sku,
        name,
        picture,
        hue,
        bin,
        quantity,
      })),
    })),
    picking: parcels.map(({ keys, warehouse, sellerId }) => ({
      type: 'PickingStarted',
      ...keys,
      warehouse,
      picker: `olist:${sellerId}`,
    })),
    shipped: parcels.map(({ keys, warehouse, lines }, index) => ({
      type: 'FulfillmentShipped',
      ...keys,
      warehouse,
      carrier: 'Olist',
      trackingNumber: `${order.orderId}-${index + 1}`,
      lines: lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
    })),
    delivered: parcels.map(({ keys }) => ({ type: 'FulfillmentDelivered', ...keys })),
  };
};
