import { type FulfillmentEvent, fulfillmentEventSchemas } from '../fulfillment/events.ts';
import { type InventoryEvent, inventoryEventSchemas } from '../inventory/events.ts';
import { amendmentEventSchemas } from '../order/amendment-events.ts';
import { draftEventSchemas } from '../order/draft-events.ts';
import { type OrderEvent, orderEventSchemas } from '../order/events.ts';
import { returnEventSchemas } from '../order/return-events.ts';
import { type PaymentEvent, paymentEventSchemas } from '../payment/events.ts';
import type { StreamId, StreamType } from '../shared/ids.ts';
import { createRegistry, type EventData, type EventTypeEntry } from './create-registry.ts';
import { upcasters } from './upcasters.ts';

export type WaybillEvent = OrderEvent | PaymentEvent | FulfillmentEvent;
export type DomainEvent = WaybillEvent | InventoryEvent;
export type EventType = DomainEvent['type'];

export type { EventTypeEntry };

const registry = createRegistry(
  {
    order: { ...orderEventSchemas, ...draftEventSchemas, ...amendmentEventSchemas, ...returnEventSchemas },
    payment: paymentEventSchemas,
    fulfillment: fulfillmentEventSchemas,
    inventory: inventoryEventSchemas,
  },
  upcasters,
);

/** Every event type there is. The one list: the codec, the lock file and the golden events walk it. */
export const { eventTypes } = registry;

/** Part of a snapshot's tag: any change of an event's shape makes older snapshots void. */
export const registryVersion = [...eventTypes.values()].reduce((total, entry) => total + entry.schemaVersion, 0);

export type StreamRef = {
  readonly streamId: StreamId;
  readonly streamType: StreamType;
  /** Null for inventory, whose boundary is the stream itself. */
  readonly orderKey: string | null;
};

/** Which stream an event belongs to: it follows from the ids that the event carries. Throws on an unknown type. */
export const streamOf = (event: DomainEvent): StreamRef => {
  const entry = eventTypes.get(event.type);
  if (!entry) throw new Error(`No event type ${event.type} is registered`);
  if ('sku' in event && entry.aggregate === 'inventory')
    return { streamId: `inventory-${event.sku}`, streamType: 'inventory', orderKey: null };
  if (!('orderId' in event)) throw new Error(`${event.type} carries no orderId`);
  const orderKey = event.orderId;
  if (entry.aggregate === 'payment' && 'paymentId' in event)
    return { streamId: `payment-${event.paymentId}`, streamType: 'payment', orderKey };
  if (entry.aggregate === 'fulfillment' && 'fulfillmentId' in event)
    return { streamId: `fulfillment-${event.fulfillmentId}`, streamType: 'fulfillment', orderKey };
  return { streamId: `order-${orderKey}`, streamType: 'order', orderKey };
};

/**
 * Lifts stored data of any published version to the current event. Throws on a type or a version that this
 * release does not know.
 */
export const upcast = (type: string, schemaVersion: number, data: EventData): DomainEvent =>
  registry.upcast(type, schemaVersion, data) as DomainEvent;
