import type { Database } from '#db/clients.ts';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import { comparePositions, type StorePosition } from '#domain/shared/store-position.ts';
import type { Codec, EventRow } from './codec.ts';
import { eventColumns } from './event-columns.ts';

export type ReadAll = {
  readonly events: RecordedEvent<DomainEvent>[];
  /**
   * Everything up to here has been read: the last event, or the horizon when there was no more below it. The next
   * read goes on after it, and a checkpoint may stand on it.
   */
  readonly readTo: StorePosition;
  /** Whether more may be readable already: the limit was reached. */
  readonly more: boolean;
};

type EdgeRow = { readonly edge_incarnation: number; readonly edge_transaction_id: string };
type Row = EdgeRow & (EventRow | { readonly position: null });

const isEvent = (row: Row): row is EdgeRow & EventRow => row.position !== null;

/**
 * The events after a position, in store order, as far as they are readable: older incarnations wholly, the current one
 * below the horizon, the oldest transaction that is still open in the whole cluster. Horizon and rows come from one
 * statement, hence one snapshot; in two, an event could appear behind the reader.
 */
export const readAll = async (sql: Database, codec: Codec, after: StorePosition, limit: number): Promise<ReadAll> => {
  // Both comparisons are of whole rows, so that they bound one scan of the index events_in_order.
  const rows = await sql<Row[]>`
    select edge.incarnation as edge_incarnation, edge.transaction_id as edge_transaction_id, event.*
    from (
      select max(incarnation) as incarnation, pg_snapshot_xmin(pg_current_snapshot()) as transaction_id
      from es.store_identity
    ) as edge
    left join lateral (
      select ${sql.unsafe(eventColumns)} from es.events as event
      where (event.incarnation, event.transaction_id, event.position)
          > (${after.incarnation}::int, ${String(after.transactionId)}::xid8, ${after.position}::bigint)
        and (event.incarnation, event.transaction_id) < (edge.incarnation, edge.transaction_id)
      order by event.incarnation, event.transaction_id, event.position
      limit ${limit}
    ) as event on true`;
  const [edge] = rows;
  if (!edge) throw new Error('The horizon came back without a row');
  const events = await codec.decode(rows.filter(isEvent));
  const last = events.at(-1);
  if (last && events.length >= limit) return { events, readTo: last.at, more: true };
  // Position 0 of the horizon's transaction stands before all of its events, and after all that is readable.
  const horizon = {
    incarnation: edge.edge_incarnation,
    transactionId: Number(edge.edge_transaction_id),
    position: 0,
  };
  return { events, readTo: comparePositions(after, horizon) > 0 ? after : horizon, more: false };
};

/** "Start from now": the horizon. What is above it is still to come for a reader that starts here. */
export const head = async (sql: Database): Promise<StorePosition> => {
  const [row] = await sql<{ incarnation: number; transaction_id: string }[]>`
    select max(incarnation) as incarnation, pg_snapshot_xmin(pg_current_snapshot()) as transaction_id
    from es.store_identity`;
  if (!row) throw new Error('The horizon came back without a row');
  return { incarnation: row.incarnation, transactionId: Number(row.transaction_id), position: 0 };
};
