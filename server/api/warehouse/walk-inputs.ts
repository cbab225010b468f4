import { nothing, type WalkInput, type WalkInputs } from '../testing/walk-input.ts';

/** There is no such fulfillment: a command is allowed, and then rejected by the domain. */
const step =
  (more: object = {}): WalkInput =>
  ({ orderId, freshId }) => ({ orderId, commandId: freshId(), fulfillmentId: freshId(), ...more });

export const warehouseWalkInputs: WalkInputs = {
  'warehouses.list': nothing,
  'queue.list': () => ({ warehouse: 'OPO' }),
  'queue.counts': nothing,
  'shipments.list': () => ({ warehouse: 'OPO' }),
  'fulfillment.get': ({ freshId }) => ({ fulfillmentId: freshId() }),
  'fulfillment.startPicking': step(),
  'fulfillment.pickItem': step({ lineId: 'line-1', quantity: 1 }),
  'fulfillment.reportShortPick': step({ lineId: 'line-1', missing: 1 }),
  'fulfillment.pack': step({ packages: [{ parcelId: 'P-1', weightGrams: 400 }] }),
  'fulfillment.ship': step({ carrier: 'PostNordic', trackingNumber: 'PN0000000001' }),
  'fulfillment.deliver': step(),
  'fulfillment.failDelivery': step({ reason: 'Nobody at home' }),
};
