import type { Database } from '#db/clients.ts';
import { beginning, type StorePosition } from '#domain/shared/store-position.ts';
import type { Codec, EventRow } from '#server/event-store/codec.ts';
import { eventColumns } from '#server/event-store/event-columns.ts';
import { decodeSafely, type FedEvent } from './read-safely.ts';

type After = {
  readonly key: string;
  readonly incarnation: number;
  readonly transactionId: string;
  readonly position: number;
};

const start: After = { key: '', incarnation: 0, transactionId: '0', position: 0 };

const readOrders = (sql: Database, after: After, upTo: StorePosition, limit: number) => sql<EventRow[]>`
  select ${sql.unsafe(eventColumns)} from es.events as event
  where order_key is not null
    and (order_key, incarnation, transaction_id, position)
      > (${after.key}, ${after.incarnation}::int, ${after.transactionId}::xid8, ${after.position}::bigint)
    and (incarnation, transaction_id, position)
      <= (${upTo.incarnation}::int, ${String(upTo.transactionId)}::xid8, ${upTo.position}::bigint)
  order by order_key, incarnation, transaction_id, position
  limit ${limit}`;

// Streams are numbered through: (stream_id, version) is the store's order within one, and its primary key.
const readStock = (sql: Database, after: { key: string; version: number }, upTo: StorePosition, limit: number) => sql<
  EventRow[]
>`
  select ${sql.unsafe(eventColumns)} from es.events as event
  where (stream_id, version) > (${after.key}, ${after.version}::int)
    and stream_id < 'order' and order_key is null
    and (incarnation, transaction_id, position)
      <= (${upTo.incarnation}::int, ${String(upTo.transactionId)}::xid8, ${upTo.position}::bigint)
  order by stream_id, version
  limit ${limit}`;

type ReadNext = (last: EventRow | null) => Promise<EventRow[]>;

// While a page is folded, the next is decrypted, for which keys may have to be asked for, and the one after it is read.
async function* pages(codec: Codec, readNext: ReadNext, limit: number): AsyncGenerator<FedEvent[]> {
  // Awaited later; a failure meanwhile must not count as unhandled.
  const begun = <Result>(promise: Promise<Result>): Promise<Result> => {
    promise.catch(() => undefined);
    return promise;
  };
  let reading: Promise<EventRow[]> | null = begun(readNext(null));
  let decoding: Promise<FedEvent[]> = Promise.resolve([]);
  while (reading) {
    const rows: EventRow[] = await reading;
    const last = rows.at(-1);
    reading = rows.length === limit && last ? begun(readNext(last)) : null;
    const decoded = decoding;
    decoding = begun(decodeSafely(codec, rows));
    const events = await decoded;
    if (events.length > 0) yield events;
  }
  const events = await decoding;
  if (events.length > 0) yield events;
}

/**
 * All events up to a position, source by source: the whole history of one order (or inventory stream) after another,
 * each in store order. Pages may end in the middle of one.
 */
export async function* scanByKey(
  sql: Database,
  codec: Codec,
  reads: 'orders' | 'stock' | 'all',
  upTo: StorePosition,
  limit = 500,
): AsyncGenerator<FedEvent[]> {
  if (reads !== 'stock')
    yield* pages(
      codec,
      async (last) =>
        readOrders(
          sql,
          last
            ? {
                key: last.order_key ?? '',
                incarnation: last.incarnation,
                transactionId: last.transaction_id,
                position: last.position,
              }
            : start,
          upTo,
          limit,
        ),
      limit,
    );
  if (reads !== 'orders')
    yield* pages(
      codec,
      async (last) =>
        readStock(
          sql,
          last ? { key: last.stream_id, version: last.version } : { key: 'inventory', version: 0 },
          upTo,
          limit,
        ),
      limit,
    );
}

/** How many events a scan will read. */
export const countEvents = async (
  sql: Database,
  reads: 'orders' | 'stock' | 'all',
  upTo: StorePosition,
): Promise<number> => {
  const which = reads === 'all' ? sql`true` : reads === 'orders' ? sql`order_key is not null` : sql`order_key is null`;
  const [row] = await sql<{ count: number }[]>`
    select count(*) as count from es.events
    where ${which} and (incarnation, transaction_id, position)
      <= (${upTo.incarnation}::int, ${String(upTo.transactionId)}::xid8, ${upTo.position}::bigint)`;
  return row?.count ?? 0;
};

/** The last event below the horizon: a scan up to it sees all that it ever will, and a checkpoint may stand on it. */
export const lastReadable = async (sql: Database): Promise<StorePosition> => {
  const [row] = await sql<{ incarnation: number; transaction_id: string; position: number }[]>`
    select incarnation, transaction_id, position from es.events
    where (incarnation, transaction_id)
      < ((select max(incarnation) from es.store_identity), pg_snapshot_xmin(pg_current_snapshot()))
    order by incarnation desc, transaction_id desc, position desc limit 1`;
  if (!row) return beginning;
  return { incarnation: row.incarnation, transactionId: Number(row.transaction_id), position: row.position };
};
