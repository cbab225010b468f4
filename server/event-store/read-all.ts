import type { Database } from '#db/clients.ts';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import type { StorePosition } from '#domain/shared/store-position.ts';
import type { Codec, EventRow } from './codec.ts';
import { eventColumns } from './event-columns.ts';

export type ReadAll = {
  readonly events: RecordedEvent<DomainEvent>[];
  /**
   * Everything up to here has been read: the last event, or where the read began when there was none. Never the horizon:
   * a server that crashes forgets transactions that nobody waited for, and gives their numbers to new ones, which then
   * stand below a horizon that was seen before.
   */
  readonly readTo: StorePosition;
  /** Whether more may be readable already: the limit was reached. */
  readonly more: boolean;
};

/**
 * The events after a position, in store order, as far as they are readable: older incarnations wholly, the current one
 * below the horizon, the oldest transaction that is still open in the whole cluster. Horizon and rows come from one
 * statement, hence one snapshot; in two, an event could appear behind the reader.
 */
export const readAll = async (sql: Database, codec: Codec, after: StorePosition, limit: number): Promise<ReadAll> => {
  // Both comparisons are of whole rows, so that they bound one scan of the index events_in_order.
  const rows = await sql<EventRow[]>`
    select event.*
    from (
      select max(incarnation) as incarnation, pg_snapshot_xmin(pg_current_snapshot()) as transaction_id
      from es.store_identity
    ) as edge
    cross join lateral (
      select ${sql.unsafe(eventColumns)} from es.events as event
      where (event.incarnation, event.transaction_id, event.position)
          > (${after.incarnation}::int, ${String(after.transactionId)}::xid8, ${after.position}::bigint)
        and (event.incarnation, event.transaction_id) < (edge.incarnation, edge.transaction_id)
      order by event.incarnation, event.transaction_id, event.position
      limit ${limit}
    ) as event`;
  const events = await codec.decode(rows);
  return { events, readTo: events.at(-1)?.at ?? after, more: events.length >= limit };
};

/**
 * "Start from now": the last event below the horizon, or the beginning of the incarnation. What is above the horizon is
 * still to come for a reader that starts here.
 */
export const head = async (sql: Database): Promise<StorePosition> => {
  const [row] = await sql<{ incarnation: number; transaction_id: string; position: number }[]>`
    select edge.incarnation, coalesce(event.transaction_id, '0') as transaction_id, coalesce(event.position, 0) as position
    from (
      select max(incarnation) as incarnation, pg_snapshot_xmin(pg_current_snapshot()) as transaction_id
      from es.store_identity
    ) as edge
    left join lateral (
      select event.transaction_id, event.position from es.events as event
      where event.incarnation = edge.incarnation and event.transaction_id < edge.transaction_id
      order by event.transaction_id desc, event.position desc
      limit 1
    ) as event on true`;
  if (!row) throw new Error('The store has no identity');
  return { incarnation: row.incarnation, transactionId: Number(row.transaction_id), position: row.position };
};
