import type { ExistingFulfillment } from '../fulfillment/state.ts';
import { liveFulfillments, type Waybill } from './state.ts';

/** The stops of an order's way, as its customer is shown it. */
export const routeStops = ['Placed', 'Confirmed', 'Picked', 'Shipped', 'With you'] as const;

/** How far a parcel has come on the line: 1 confirmed, 2 picked, 3 shipped, 4 with the customer. */
const reachedBy: Readonly<Record<ExistingFulfillment['status'], number>> = {
  open: 1,
  on_hold: 1,
  picking: 1,
  packed: 2,
  shipped: 3,
  delivery_failed: 3,
  delivered: 4,
  canceled: 1,
};

/** The stop that all of the order has reached: 0 placed to 4 with the customer. The slowest parcel counts. */
export const stopReached = (waybill: Waybill): number => {
  const { order } = waybill;
  if (order.status === 'completed') return 4;
  if (order.status !== 'confirmed') return 0;
  const parcels = liveFulfillments(waybill);
  return parcels.length === 0 ? 1 : Math.min(...parcels.map(({ status }) => reachedBy[status]));
};
