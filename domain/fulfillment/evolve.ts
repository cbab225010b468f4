import { unreachable } from '../shared/decider.ts';
import type { FulfillmentEvent } from './events.ts';
import type { ExistingFulfillment, Fulfillment, FulfillmentBody } from './state.ts';

const existing = (state: Fulfillment, event: FulfillmentEvent): ExistingFulfillment => {
  if (state.status === 'absent') throw new Error(`${event.type} before FulfillmentCreated on ${event.fulfillmentId}`);
  return state;
};

/** What a fulfillment keeps when its status changes; what only the old status had stays behind. */
const body = (state: Fulfillment, event: FulfillmentEvent): FulfillmentBody => {
  const { fulfillmentId, orderId, orderNumber, subjectId, tier, warehouse, ...rest } = existing(state, event);
  const { sourcing, shipTo, shippingMethod, promise, lines, picked, missing } = rest;
  const whoAndWhere = { fulfillmentId, orderId, orderNumber, subjectId, tier, warehouse, sourcing };
  return { ...whoAndWhere, shipTo, shippingMethod, promise, lines, picked, missing };
};

const shipment = (before: Fulfillment, event: FulfillmentEvent) => {
  const state = existing(before, event);
  if (!('trackingNumber' in state))
    throw new Error(`${event.type} before FulfillmentShipped on ${event.fulfillmentId}`);
  const { carrier, trackingNumber } = state;
  return { carrier, trackingNumber };
};

/** A fulfillment after one more event. */
export const evolve = (state: Fulfillment, event: FulfillmentEvent): Fulfillment => {
  switch (event.type) {
    case 'FulfillmentCreated': {
      const { type: _type, ...created } = event;
      return { ...created, status: 'open', picked: {}, missing: {} };
    }
    case 'FulfillmentHeld':
      return { ...body(state, event), status: 'on_hold', holdReason: event.reason };
    case 'FulfillmentReleased':
      return { ...body(state, event), status: 'open' };
    case 'PickingStarted':
      return { ...body(state, event), status: 'picking', picker: event.picker };
    case 'ItemPicked': {
      const before = existing(state, event);
      const quantity = (before.picked[event.lineId] ?? 0) + event.quantity;
      return { ...before, picked: { ...before.picked, [event.lineId]: quantity } };
    }
    case 'ShortPickReported': {
      const before = existing(state, event);
      const quantity = (before.missing[event.lineId] ?? 0) + event.missing;
      return { ...before, missing: { ...before.missing, [event.lineId]: quantity } };
    }
    case 'FulfillmentPacked':
      return { ...body(state, event), status: 'packed', packages: event.packages };
    case 'FulfillmentShipped': {
      const { carrier, trackingNumber } = event;
      return { ...body(state, event), status: 'shipped', carrier, trackingNumber };
    }
    case 'TrackingUpdated':
      return existing(state, event);
    case 'FulfillmentDelivered':
      return { ...body(state, event), ...shipment(state, event), status: 'delivered' };
    case 'DeliveryFailed':
      return { ...body(state, event), ...shipment(state, event), status: 'delivery_failed', failure: event.reason };
    case 'FulfillmentCanceled':
      return { ...body(state, event), status: 'canceled', cancelReason: event.reason };
    default:
      return unreachable(event);
  }
};
