import type { StreamId, StreamType } from './ids.ts';
import type { StorePosition } from './store-position.ts';

export const roles = ['customer', 'guest', 'support', 'warehouse', 'admin', 'auditor', 'system'] as const;
export type Role = (typeof roles)[number];

/** Who did it. `system` is a process manager or an import; its id names it, such as `process:checkout`. */
export type Actor = { readonly id: string; readonly role: Role };

/** `live` came through the product; processes act on these only. `import` and `legacy` are history. */
export type Origin = 'live' | 'import' | 'legacy';

export type EventMetadata = {
  readonly actor: Actor;
  readonly commandId: string;
  /** The same for all that a first command led to. */
  readonly correlationId: string;
  /** The event that a process reacted to; null where a person acted. */
  readonly causationId: string | null;
};

/** An event as the store holds it, upcast and decrypted. */
export type RecordedEvent<Event = unknown> = {
  /** uuidv5 of (command id, index), so that a browser's prediction and the record share it. */
  readonly eventId: string;
  readonly at: StorePosition;
  readonly streamId: StreamId;
  readonly streamType: StreamType;
  /** The order that the stream belongs to; null for inventory. */
  readonly orderKey: string | null;
  /** 1 for a stream's first event. */
  readonly version: number;
  readonly event: Event;
  readonly metadata: EventMetadata;
  /** Business time, ISO 8601 in UTC. */
  readonly occurredAt: string;
  /** When the store took it, ISO 8601 in UTC; never decreases within a stream. */
  readonly recordedAt: string;
  readonly origin: Origin;
};
