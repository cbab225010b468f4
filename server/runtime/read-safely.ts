import type { Database } from '#db/clients.ts';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import { comparePositions, type StorePosition } from '#domain/shared/store-position.ts';
import type { Codec, EventRow } from '#server/event-store/codec.ts';
import { EventStoreError } from '#server/event-store/errors.ts';
import { eventColumns } from '#server/event-store/event-columns.ts';
import { isoInstant } from '#server/event-store/iso-instant.ts';
import { readAll } from '#server/event-store/read-all.ts';

/** An event as consumers get it: `unreadable` says why it could not be decrypted or upcast; `event` is void then. */
export type FedEvent = RecordedEvent<DomainEvent> & { readonly unreadable?: string };

export type Page = {
  readonly events: readonly FedEvent[];
  /** Everything up to here has been read. */
  readonly readTo: StorePosition;
  readonly more: boolean;
};

const unreadable = (row: EventRow, error: unknown): FedEvent => ({
  eventId: row.event_id,
  at: { incarnation: row.incarnation, transactionId: Number(row.transaction_id), position: row.position },
  streamId: row.stream_id,
  streamType: row.stream_type,
  orderKey: row.order_key,
  version: row.version,
  // Nobody looks into it: consumers park the key first.
  event: { type: row.type } as DomainEvent,
  metadata: row.metadata,
  occurredAt: isoInstant(row.occurred_at),
  recordedAt: isoInstant(row.recorded_at),
  origin: row.origin,
  unreadable: error instanceof Error ? error.message : String(error),
});

/**
 * The driver's errors and the system's carry a code: the key of a person could not be asked for, say. They pass. Node's
 * own (ERR_…) are of what it was given.
 */
const isOfTheDatabase = (error: unknown): boolean =>
  error instanceof Error &&
  !(error instanceof EventStoreError) &&
  'code' in error &&
  !String(error.code).startsWith('ERR_');

/**
 * Decodes what can be decoded: one event that can't be read must not stop all others. Throws where the database is away:
 * that says nothing about any event.
 */
export const decodeSafely = async (codec: Codec, rows: readonly EventRow[]): Promise<FedEvent[]> => {
  try {
    return await codec.decode(rows);
  } catch (failure) {
    if (isOfTheDatabase(failure)) throw failure;
    const events: FedEvent[] = [];
    for (const row of rows) {
      try {
        events.push(...(await codec.decode([row])));
      } catch (error) {
        if (isOfTheDatabase(error)) throw error;
        events.push(unreadable(row, error));
      }
    }
    return events;
  }
};

const safe = (codec: Codec): Codec => ({ ...codec, decode: (rows) => decodeSafely(codec, rows) });

/** `readAll` of the store, with what can't be read marked instead of thrown. */
export const readAllSafely = (sql: Database, codec: Codec, after: StorePosition, limit: number): Promise<Page> =>
  readAll(sql, safe(codec), after, limit);

/** The events of one order, or of one inventory stream, up to a position, in store order. */
export const readSource = async (
  sql: Database,
  codec: Codec,
  sourceKey: string,
  upTo: StorePosition,
): Promise<FedEvent[]> => {
  const rows = await sql<EventRow[]>`
    select ${sql.unsafe(eventColumns)} from es.events as event
    where ${sourceKey.startsWith('inventory-') ? sql`stream_id = ${sourceKey}` : sql`order_key = ${sourceKey}`}
      and (incarnation, transaction_id, position)
        <= (${upTo.incarnation}::int, ${String(upTo.transactionId)}::xid8, ${upTo.position}::bigint)
    order by incarnation, transaction_id, position`;
  const events = await decodeSafely(codec, rows);
  return events.toSorted((a, b) => comparePositions(a.at, b.at));
};
