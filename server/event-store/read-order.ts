import type { Database } from '#db/clients.ts';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import { comparePositions } from '#domain/shared/store-position.ts';
import type { Codec, EventRow } from './codec.ts';
import { eventColumns } from './event-columns.ts';

/** The events of an order with its payments and fulfillments, in store order, up to the last commit. */
export const readOrder = async (
  sql: Database,
  codec: Codec,
  orderKey: string,
): Promise<RecordedEvent<DomainEvent>[]> => {
  const rows = await sql<EventRow[]>`
    select ${sql.unsafe(eventColumns)} from es.events as event
    where order_key = ${orderKey}
    order by incarnation, transaction_id, position`;
  return codec.decode(rows);
};

/**
 * The same of many orders in one round trip, by order key; an order without events is not in it. Processes decide
 * batches of commands on it.
 */
export const readOrders = async (
  sql: Database,
  codec: Codec,
  orderKeys: readonly string[],
): Promise<ReadonlyMap<string, RecordedEvent<DomainEvent>[]>> => {
  const rows = await sql<EventRow[]>`
    select ${sql.unsafe(eventColumns)} from es.events as event
    where order_key = any(${orderKeys as string[]})`;
  // Sorted here: asked for the order, the planner may walk the whole table by it and leave out what is not wanted.
  const events = (await codec.decode(rows)).sort((a, b) => comparePositions(a.at, b.at));
  return Map.groupBy(events, ({ orderKey }) => orderKey ?? '');
};
