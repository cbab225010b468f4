import type { OrderId } from '#domain/shared/ids.ts';
import { liveFulfillments } from '#domain/waybill/state.ts';
import type { House } from '#server/runtime/testing/house.ts';

/** Picks and packs all of an order, and ships it. */
export const shipAll = async (house: House, orderId: OrderId): Promise<void> => {
  for (const { fulfillmentId, lines } of liveFulfillments(await house.waybill(orderId))) {
    const on = { orderId, fulfillmentId };
    await house.command(orderId, { type: 'StartPicking', ...on, picker: 'rui' });
    for (const { lineId, quantity } of lines)
      await house.command(orderId, { type: 'PickItem', ...on, lineId, quantity });
    const packages = [{ parcelId: 'P-1', weightGrams: 500 }];
    await house.command(orderId, { type: 'PackFulfillment', ...on, packages });
    await house.command(orderId, { type: 'ShipFulfillment', ...on, carrier: 'CTT', trackingNumber: 'T-1' });
  }
};

export const deliverAll = async (house: House, orderId: OrderId): Promise<void> => {
  for (const { fulfillmentId } of liveFulfillments(await house.waybill(orderId)))
    await house.command(orderId, { type: 'DeliverFulfillment', orderId, fulfillmentId });
};
