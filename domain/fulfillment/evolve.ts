import { unreachable } from '../shared/decider.ts';
import type { FulfillmentEvent } from './events.ts';
import type { ExistingFulfillment, Fulfillment } from './state.ts';

const existing = (state: Fulfillment, event: FulfillmentEvent): ExistingFulfillment => {
  if (state.status === 'absent') throw new Error(`${event.type} before FulfillmentCreated on ${event.fulfillmentId}`);
  return state;
};

const shipment = (state: ExistingFulfillment, event: FulfillmentEvent) => {
  if (!('trackingNumber' in state))
    throw new Error(`${event.type} before FulfillmentShipped on ${event.fulfillmentId}`);
  return { carrier: state.carrier, trackingNumber: state.trackingNumber };
};

/** A fulfillment after one more event. */
export const evolve = (state: Fulfillment, event: FulfillmentEvent): Fulfillment => {
  switch (event.type) {
    case 'FulfillmentCreated': {
      const { type: _type, ...created } = event;
      return { ...created, status: 'open', picked: {}, missing: {} };
    }
    case 'FulfillmentHeld':
      return { ...existing(state, event), status: 'on_hold', holdReason: event.reason };
    case 'FulfillmentReleased':
      return { ...existing(state, event), status: 'open' };
    case 'PickingStarted':
      return { ...existing(state, event), status: 'picking', picker: event.picker };
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
      return { ...existing(state, event), status: 'packed', packages: event.packages };
    case 'FulfillmentShipped': {
      const { carrier, trackingNumber } = event;
      return { ...existing(state, event), status: 'shipped', carrier, trackingNumber };
    }
    case 'TrackingUpdated':
      return existing(state, event);
    case 'FulfillmentDelivered': {
      const before = existing(state, event);
      return { ...before, ...shipment(before, event), status: 'delivered' };
    }
    case 'DeliveryFailed': {
      const before = existing(state, event);
      return { ...before, ...shipment(before, event), status: 'delivery_failed', failure: event.reason };
    }
    case 'FulfillmentCanceled':
      return { ...existing(state, event), status: 'canceled', cancelReason: event.reason };
    default:
      return unreachable(event);
  }
};
