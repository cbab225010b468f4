import type { z } from 'zod';
import { type FulfillmentEvent, fulfillmentEventSchemas } from '../fulfillment/events.ts';
import { type InventoryEvent, inventoryEventSchemas } from '../inventory/events.ts';
import { type OrderEvent, orderEventSchemas } from '../order/events.ts';
import { type PaymentEvent, paymentEventSchemas } from '../payment/events.ts';
import type { StreamId, StreamType } from '../shared/ids.ts';
import { personalPathsOf } from './personal-paths.ts';
import { upcasters } from './upcasters.ts';

export type WaybillEvent = OrderEvent | PaymentEvent | FulfillmentEvent;
export type DomainEvent = WaybillEvent | InventoryEvent;
export type EventType = DomainEvent['type'];

export type EventTypeEntry = {
  readonly aggregate: StreamType;
  /** The version that is written; older ones are upcast when read. */
  readonly schemaVersion: number;
  /** Of `data`: the event without its `type`. */
  readonly schema: z.ZodType;
  /** Where the personal fields are, such as `['shipTo', 'recipient']`. */
  readonly personalPaths: readonly (readonly string[])[];
};

const entriesOf = (aggregate: StreamType, schemas: Readonly<Record<string, z.ZodType>>) =>
  Object.entries(schemas).map(
    ([type, schema]) =>
      [
        type,
        {
          aggregate,
          schema,
          schemaVersion: 1 + (upcasters[type]?.length ?? 0),
          personalPaths: personalPathsOf(schema),
        },
      ] as const,
  );

/** Every event type there is. The one list: the codec, the lock file and the golden events walk it. */
export const eventTypes: ReadonlyMap<string, EventTypeEntry> = new Map<string, EventTypeEntry>([
  ...entriesOf('order', orderEventSchemas),
  ...entriesOf('payment', paymentEventSchemas),
  ...entriesOf('fulfillment', fulfillmentEventSchemas),
  ...entriesOf('inventory', inventoryEventSchemas),
]);

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
export const upcast = (type: string, schemaVersion: number, data: Readonly<Record<string, unknown>>): DomainEvent => {
  const entry = eventTypes.get(type);
  if (!entry) throw new Error(`No event type ${type} is registered`);
  if (schemaVersion < 1 || schemaVersion > entry.schemaVersion)
    throw new Error(`${type} version ${schemaVersion} is not known; this release reads 1 to ${entry.schemaVersion}`);
  let lifted: Readonly<Record<string, unknown>> = data;
  for (const lift of (upcasters[type] ?? []).slice(schemaVersion - 1)) lifted = lift(lifted);
  // A hot read only upcasts: the data were validated when they were written.
  return { ...lifted, type } as DomainEvent;
};
