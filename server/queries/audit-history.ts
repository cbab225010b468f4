import type { Database } from '#db/clients.ts';
import type { DomainEvent, EventType } from '#domain/events/registry.ts';
import type { Actor } from '#domain/shared/envelope.ts';
import type { OrderHistoryRow } from '#server/projections/order-history.ts';
import { findActors } from './audit-actors.ts';

export const historyTimes = ['recorded', 'business'] as const;
/** Which of an event's two times is meant. */
export type HistoryTime = (typeof historyTimes)[number];

/** What an auditor looks for; every part narrows. Instants are ISO 8601. */
export type HistoryFilter = {
  /** Number, id or the number in the system that it came from. */
  readonly order?: string | undefined;
  /** An actor's id, a process, an account's name or e-mail. */
  readonly actor?: string | undefined;
  readonly type?: EventType | undefined;
  /** The stock of a SKU. */
  readonly sku?: string | undefined;
  /** A stream's id, a command's or a correlation's. */
  readonly id?: string | undefined;
  readonly time: HistoryTime;
  readonly from?: string | undefined;
  /** Not included. */
  readonly until?: string | undefined;
};

/** An event as a list shows it. Instants are ISO 8601. */
export type HistoryItem = Pick<
  OrderHistoryRow,
  'incarnation' | 'transactionId' | 'position' | 'eventId' | 'orderKey' | 'streamId' | 'version' | 'origin'
> & {
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly actor: Actor;
  readonly event: DomainEvent;
  readonly orderNumber: string | null;
  /** Of the order; null where there is none, or it was erased. */
  readonly customerName: string | null;
};

/** Keyset paging: the last row of the page before. `at`: its time, where the list is by time. */
export type HistoryCursor = Pick<OrderHistoryRow, 'incarnation' | 'transactionId' | 'position'> & {
  readonly at: string;
};

type Row = Omit<HistoryItem, 'occurredAt' | 'recordedAt' | 'actor' | 'event'> &
  Pick<OrderHistoryRow, 'type' | 'actorId' | 'actorRole' | 'data'> & {
    readonly occurredAt: Date;
    readonly recordedAt: Date;
  };

type Runtime = { readonly sql: Database };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The orders of a number: usually one. */
const orderKeysOf = async ({ sql }: Runtime, order: string): Promise<string[]> => {
  if (uuid.test(order)) return [order.toLowerCase()];
  const rows = await sql<{ orderKey: string }[]>`
    select order_key as "orderKey" from read.order_status_v2
    where order_number = ${order.toUpperCase()} or order_number = ${order} or external_reference = ${order} limit 20`;
  return rows.map(({ orderKey }) => orderKey);
};

/**
 * The order that a stream belongs to, by which the history is indexed; null for stock. Undefined: no such stream.
 */
const orderOfStream = async ({ sql }: Runtime, streamId: string): Promise<string | null | undefined> => {
  const [first] = await sql<{ orderKey: string | null }[]>`
    select order_key as "orderKey" from es.events where stream_id = ${streamId} and version = 1`;
  return first?.orderKey;
};

/** What a command led to, and what it set off. A command's id is the correlation of all that followed from it. */
const ofCommandOrCorrelation = ({ sql }: Runtime, id: string) => {
  if (!uuid.test(id)) return sql`history.correlation_id = ${id}`;
  return sql`(
    history.correlation_id = ${id.toLowerCase()}
    or (history.incarnation, history.transaction_id, history.position) in (
      select event.incarnation, event.transaction_id::text::bigint, event.position
      from es.commands command
      join es.events event on event.incarnation = command.incarnation
        and event.transaction_id = command.transaction_id and lower(event.metadata ->> 'commandId') = command.command_id::text
      where command.command_id = ${id.toLowerCase()}::uuid
    )
  )`;
};

type Fragment = ReturnType<typeof ofCommandOrCorrelation>;

/** The filter as SQL, in a list since a bare fragment would be run by `await`; null when nothing can match it. */
const matching = async (runtime: Runtime, filter: HistoryFilter): Promise<readonly Fragment[] | null> => {
  const { sql } = runtime;
  const parts: Fragment[] = [];
  if (filter.order !== undefined) {
    const keys = await orderKeysOf(runtime, filter.order);
    const [only] = keys;
    if (only === undefined) return null;
    parts.push(keys.length === 1 ? sql`history.order_key = ${only}` : sql`history.order_key = any(${keys}::uuid[])`);
  }
  if (filter.actor !== undefined) {
    const ids = await findActors(runtime, filter.actor);
    const [only] = ids;
    if (only === undefined) return null;
    // One actor's events lie in the order that they are paged in; those of several would have to be sorted.
    parts.push(ids.length === 1 ? sql`history.actor_id = ${only}` : sql`history.actor_id = any(${ids})`);
  }
  if (filter.type !== undefined) parts.push(sql`history.type = ${filter.type}`);
  if (filter.sku !== undefined)
    parts.push(sql`history.order_key is null and history.stream_id = ${`inventory-${filter.sku}`}`);
  if (filter.id !== undefined) {
    if (/^(order|payment|fulfillment|inventory)-/.test(filter.id)) {
      const orderKey = await orderOfStream(runtime, filter.id);
      if (orderKey === undefined) return null;
      parts.push(orderKey === null ? sql`history.order_key is null` : sql`history.order_key = ${orderKey}`);
      parts.push(sql`history.stream_id = ${filter.id}`);
    } else parts.push(ofCommandOrCorrelation(runtime, filter.id));
  }
  const column = filter.time === 'business' ? sql`history.occurred_at` : sql`history.recorded_at`;
  if (filter.from !== undefined) parts.push(sql`${column} >= ${filter.from}::timestamptz`);
  if (filter.until !== undefined) parts.push(sql`${column} < ${filter.until}::timestamptz`);
  return parts;
};

const item = ({ type, data, actorId, actorRole, occurredAt, recordedAt, ...row }: Row): HistoryItem => ({
  ...row,
  occurredAt: occurredAt.toISOString(),
  recordedAt: recordedAt.toISOString(),
  actor: { id: actorId, role: actorRole },
  event: { type, ...data } as DomainEvent,
});

/** The list is in the store's order, but by time where a range of times is asked for or business time is meant. */
const isByTime = ({ time, from, until }: HistoryFilter): boolean =>
  time === 'business' || from !== undefined || until !== undefined;

/** Where the following page begins. */
export const cursorOf = (
  { incarnation, transactionId, position, occurredAt, recordedAt }: HistoryItem,
  { time }: Pick<HistoryFilter, 'time'>,
): HistoryCursor => ({
  incarnation,
  transactionId,
  position,
  at: time === 'business' ? occurredAt : recordedAt,
});

/** One page of the history, the newest first. */
export const readHistory = async (
  runtime: Runtime,
  filter: HistoryFilter,
  after: HistoryCursor | null,
  limit: number,
): Promise<HistoryItem[]> => {
  const { sql } = runtime;
  const parts = await matching(runtime, filter);
  if (parts === null) return [];
  const where = parts.reduce((all, part) => sql`${all} and ${part}`, sql`true`);
  const time = filter.time === 'business' ? sql`history.occurred_at` : sql`history.recorded_at`;
  const byTime = isByTime(filter);
  const order = byTime
    ? sql`${time} desc, history.position desc`
    : sql`history.incarnation desc, history.transaction_id desc, history.position desc`;
  const beyond =
    after === null
      ? sql``
      : byTime
        ? sql`and (${time}, history.position) < (${after.at}::timestamptz, ${after.position}::bigint)`
        : sql`and (history.incarnation, history.transaction_id, history.position)
              < (${after.incarnation}::int, ${after.transactionId}::bigint, ${after.position}::bigint)`;
  const rows = await sql<Row[]>`
    with page as (
      select history.incarnation, history.transaction_id, history.position, history.event_id, history.order_key,
        history.stream_id, history.version, history.origin, history.type, history.actor_id, history.actor_role,
        history.occurred_at, history.recorded_at, history.data
      from read.order_history_v1 history
      where ${where} ${beyond}
      order by ${order}
      limit ${limit}
    )
    select history.incarnation, history.transaction_id as "transactionId", history.position,
      history.event_id as "eventId", history.order_key as "orderKey", history.stream_id as "streamId",
      history.version, history.origin, history.type, history.actor_id as "actorId", history.actor_role as "actorRole",
      history.occurred_at as "occurredAt", history.recorded_at as "recordedAt", history.data,
      orders.order_number as "orderNumber", orders.customer_name as "customerName"
    from page history left join read.order_search_v2 orders on orders.order_key = history.order_key
    order by ${order}`;
  return rows.map(item);
};

type Causes = Pick<OrderHistoryRow, 'correlationId' | 'causationId' | 'commandId'>;
export type StockItem = HistoryItem & Causes;

/** The stock events that belong to the same first commands: the causes of an order's events lie among them. */
export const readStockOf = async (
  { sql }: Runtime,
  correlationIds: readonly string[],
  limit: number,
): Promise<StockItem[]> => {
  if (correlationIds.length === 0) return [];
  const rows = await sql<(Row & Causes)[]>`
    select history.incarnation, history.transaction_id as "transactionId", history.position,
      history.event_id as "eventId", history.order_key as "orderKey", history.stream_id as "streamId",
      history.version, history.origin, history.type, history.actor_id as "actorId", history.actor_role as "actorRole",
      history.occurred_at as "occurredAt", history.recorded_at as "recordedAt", history.data,
      null as "orderNumber", null as "customerName", history.correlation_id as "correlationId",
      history.causation_id as "causationId", history.command_id as "commandId"
    from read.order_history_v1 history
    where history.order_key is null and history.correlation_id = any(${correlationIds as string[]})
    order by history.incarnation, history.transaction_id, history.position
    limit ${limit}`;
  return rows.map((row) => ({
    ...item(row),
    correlationId: row.correlationId,
    causationId: row.causationId,
    commandId: row.commandId,
  }));
};
