import { nothing, type WalkInputs } from '../testing/walk-input.ts';
import type { WalkWorld } from '../testing/walk-world.ts';

const aboutFulfillment = ({ orderId, freshId }: WalkWorld) => ({
  orderId,
  commandId: freshId(),
  fulfillmentId: freshId(),
});

export const warehouseWalkInputs: WalkInputs = {
  'warehouses.list': nothing,
  'queue.list': () => ({ warehouse: 'OPO' }),
  'queue.counts': nothing,
  'shipments.list': () => ({ warehouse: 'OPO' }),
  'fulfillment.get': ({ freshId }) => ({ fulfillmentId: freshId() }),
  'fulfillment.startPicking': aboutFulfillment,
  'fulfillment.pickItem': (world) => ({ ...aboutFulfillment(world), lineId: `${world.orderId}:1`, quantity: 1 }),
  'fulfillment.reportShortPick': (world) => ({ ...aboutFulfillment(world), lineId: `${world.orderId}:1`, missing: 1 }),
  'fulfillment.pack': (world) => ({
    ...aboutFulfillment(world),
    packages: [{ parcelId: 'P-1', weightGrams: 900 }],
  }),
  'fulfillment.ship': (world) => ({ ...aboutFulfillment(world), carrier: 'CTT', trackingNumber: 'EA123456789PT' }),
  'fulfillment.deliver': aboutFulfillment,
  'returns.list': () => ({ warehouse: 'OPO' }),
  'returns.receive': ({ orderId, freshId }) => ({
    orderId,
    commandId: freshId(),
    returnId: freshId(),
    lines: [{ lineId: `${orderId}:1`, quantity: 1 }],
  }),
  'returns.inspect': ({ orderId, freshId }) => ({
    orderId,
    commandId: freshId(),
    returnId: freshId(),
    lines: [{ lineId: `${orderId}:1`, quantity: 1, disposition: 'restock' }],
  }),
  'fulfillment.failDelivery': (world) => ({ ...aboutFulfillment(world), reason: 'Nobody at home' }),
};
