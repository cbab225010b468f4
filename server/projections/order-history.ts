import type { DomainEvent, EventType } from '#domain/events/registry.ts';
import type { Origin, Role } from '#domain/shared/envelope.ts';
import type { StreamId, StreamType } from '#domain/shared/ids.ts';
import { defineProjection, logFold, type ReadEvent } from './define-projection.ts';

type WithoutType<Event> = Event extends unknown ? Omit<Event, 'type'> : never;

/** One event as audit and the agent's timeline show it. */
export type OrderHistoryRow = {
  readonly incarnation: number;
  readonly transactionId: number;
  readonly position: number;
  readonly eventId: string;
  /** Null for inventory. */
  readonly orderKey: string | null;
  readonly streamId: StreamId;
  readonly streamType: StreamType;
  readonly version: number;
  readonly type: EventType;
  readonly actorId: string;
  readonly actorRole: Role;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly origin: Origin;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly commandId: string;
  /** The event without its type, decrypted: `{ type, ...data }` is the domain event again. Personal. */
  readonly data: WithoutType<DomainEvent>;
};

export const historyRow = (recorded: ReadEvent): OrderHistoryRow => {
  const { type, ...data } = recorded.event;
  const { actor, correlationId, causationId, commandId } = recorded.metadata;
  return {
    ...recorded.at,
    eventId: recorded.eventId,
    orderKey: recorded.orderKey,
    streamId: recorded.streamId,
    streamType: recorded.streamType,
    version: recorded.version,
    type,
    actorId: actor.id,
    actorRole: actor.role,
    occurredAt: recorded.occurredAt,
    recordedAt: recorded.recordedAt,
    origin: recorded.origin,
    correlationId,
    causationId,
    commandId,
    data,
  };
};

/** Every event, for audit and for the agent's timeline: by order, by actor, by type, by time. */
export const orderHistory = defineProjection({
  name: 'order_history',
  version: 1,
  reads: 'all',
  folds: [
    logFold<OrderHistoryRow>({
      table: {
        name: 'order_history',
        key: ['incarnation', 'transactionId', 'position'],
        columns: {
          incarnation: 'int',
          transactionId: 'bigint',
          position: 'bigint',
          eventId: 'uuid',
          orderKey: 'uuid',
          streamId: 'text',
          streamType: 'text',
          version: 'int',
          type: 'text',
          actorId: 'text',
          actorRole: 'text',
          occurredAt: 'timestamptz',
          recordedAt: 'timestamptz',
          origin: 'text',
          correlationId: 'text',
          causationId: 'text',
          commandId: 'uuid',
          data: 'json',
        },
        personal: ['data'],
      },
      row: historyRow,
    }),
  ],
});
