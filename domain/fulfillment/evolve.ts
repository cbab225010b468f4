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
  const { sourcing, shipTo, shippingMethod, promise, lines, picked, missing, returns } = rest;
  const whoAndWhere = { fulfillmentId, orderId, orderNumber, subjectId, tier, warehouse, sourcing };
  return { ...whoAndWhere, shipTo, shippingMethod, promise, lines, picked, missing, returns };
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
      return { ...created, status: 'open', picked: {}, missing: {}, returns: {} };
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
    case 'FulfillmentReduced': {
      const before = existing(state, event);
      const taken = (lineId: string) => event.lines.find((line) => line.lineId === lineId)?.quantity ?? 0;
      const lines = before.lines
        .map((line) => ({ ...line, quantity: line.quantity - taken(line.lineId) }))
        .filter(({ quantity }) => quantity > 0);
      if (!event.isEmpty) return { ...before, lines };
      return { ...body(before, event), status: 'canceled', cancelReason: 'Nothing is left to pick.' };
    }
    case 'FulfillmentExtended': {
      const before = existing(state, event);
      const more = new Map(event.lines.map((line) => [line.lineId, line]));
      const grown = before.lines.map((line) => ({
        ...line,
        quantity: line.quantity + (more.get(line.lineId)?.quantity ?? 0),
      }));
      const fresh = event.lines.filter(({ lineId }) => !before.lines.some((line) => line.lineId === lineId));
      return { ...before, lines: [...grown, ...fresh] };
    }
    case 'FulfillmentReaddressed': {
      const { shipTo, shippingMethod, promise } = event;
      return { ...existing(state, event), shipTo, shippingMethod, promise };
    }
    case 'ReturnReceived': {
      const before = existing(state, event);
      const received = { received: event.lines, inspected: null };
      return { ...before, returns: { ...before.returns, [event.returnId]: received } };
    }
    case 'ReturnInspected': {
      const before = existing(state, event);
      const received = before.returns[event.returnId]?.received ?? [];
      return { ...before, returns: { ...before.returns, [event.returnId]: { received, inspected: event.lines } } };
    }
    default:
      return unreachable(event);
  }
};
