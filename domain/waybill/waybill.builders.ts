import type { WaybillEvent } from '../events/registry.ts';
import {
  candles,
  fulfillmentCreated,
  fulfillmentDelivered,
  fulfillmentPacked,
  fulfillmentShipped,
  itemPicked,
  lamps,
  pickingStarted,
} from '../fulfillment/fulfillment.builders.ts';
import { orderConfirmed, orderPlaced } from '../order/order.builders.ts';
import { authorizationRequested, authorized, captured, captureRequested } from '../payment/payment.builders.ts';

/** One order's way, € 184.70, as far as each name says; each goes on where the one before ended. */
export const placed: readonly WaybillEvent[] = [orderPlaced()];
export const confirmed: readonly WaybillEvent[] = [...placed, authorizationRequested(), authorized(), orderConfirmed];
export const readyToPick: readonly WaybillEvent[] = [...confirmed, fulfillmentCreated()];
export const beingPicked: readonly WaybillEvent[] = [...readyToPick, pickingStarted];
export const packed: readonly WaybillEvent[] = [
  ...beingPicked,
  itemPicked(candles.lineId, 2),
  itemPicked(lamps.lineId, 1),
  fulfillmentPacked,
];
export const shipped: readonly WaybillEvent[] = [
  ...packed,
  fulfillmentShipped,
  captureRequested(1, 18_470),
  captured(1, 18_470),
];
export const delivered: readonly WaybillEvent[] = [...shipped, fulfillmentDelivered];
