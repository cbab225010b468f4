import type { Database } from '#db/clients.ts';
import { tagFrom } from '#domain/order/tags.ts';
import { intervalOfAges, intervalOfDays, minorWithin } from '#domain/search/bounds.ts';
import type { OrderFilter } from '#domain/search/order-query.ts';
import type { DeskView } from '#domain/search/order-sorts.ts';
import { searchable } from '#domain/search/search-text.ts';
import { unusualMinorDigits } from '#domain/shared/minor-digits.ts';

/** Who is meant by `me`, and by a part of a name. */
export type People = {
  readonly viewerId: string;
  readonly staff: readonly { readonly id: string; readonly name: string }[];
};

/** What a filter is read in: now, and by whom. */
export type FilterContext = { readonly nowMs: number; readonly people: People };

/**
 * Said of orders that this is true of anyhow, in the words of `order_search_v2_unsettled`: nine of ten orders are over
 * and paid, and aren't in that index.
 */
const unsettled = (sql: Database) =>
  sql`(o.order_status <> 'completed' or o.payment_status <> 'captured' or o.fulfillment_status is distinct from 'delivered')`;

/** How most orders end. */
const usualEnds: Readonly<Record<string, string>> = {
  status: 'completed',
  payment: 'captured',
  fulfillment: 'delivered',
};

/** Whether a filter leaves no order out of the index of those that aren't over and paid. */
const leavesUnsettled = (filter: OrderFilter): boolean => {
  const end = filter.kind === 'words' ? usualEnds[filter.field] : undefined;
  return filter.kind === 'words' && end !== undefined && filter.values.includes(end) === filter.negated;
};

/** Each view has a partial index, `all` needs none. `o` is `read.order_search_v2`. */
export const inView = (sql: Database, view: DeskView) =>
  ({
    drafts: sql`o.order_status = 'draft' and ${unsettled(sql)}`,
    open: sql`o.order_status in ('placed', 'confirmed') and ${unsettled(sql)}`,
    holds: sql`o.is_held and o.order_status in ('placed', 'confirmed')`,
    declined: sql`o.payment_status in ('declined', 'expired')`,
    all: sql`true`,
  })[view];

export const escapedLike = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

/** Of conditions that any may hold; none holds nothing. */
const anyOf = (sql: Database, conditions: readonly ReturnType<typeof inView>[]) =>
  conditions.length === 0 ? sql`false` : sql`(${conditions.reduce((all, one) => sql`${all} or ${one}`)})`;

/** One of these; for one, plainly so: half the time of an array's. */
const oneOf = (sql: Database, column: ReturnType<typeof inView>, list: readonly string[]) => {
  const [only, another] = list;
  return only !== undefined && another === undefined ? sql`${column} = ${only}` : sql`${column} = any(${[...list]})`;
};

const held = (sql: Database, value: string) => {
  if (value === 'any') return sql`o.is_held`;
  if (value === 'none') return sql`not o.is_held`;
  return sql`(o.is_held and array_to_string(o.holds, ' ') ilike ${`%${escapedLike(value)}%`})`;
};

/**
 * By the keys of what is tagged: the tags themselves are in no index that lists are read from, and the few rows that
 * have some are found at once.
 */
const tagged = (sql: Database, values: readonly string[]) => {
  const tags = values.map((value) => tagFrom(value) ?? '');
  const some = sql`select t.order_key from read.order_search_v2 t where t.tags <> '{}'`;
  return anyOf(sql, [
    ...(values.includes('any') ? [sql`o.order_key in (${some})`] : []),
    ...(values.includes('none') ? [sql`o.order_key not in (${some})`] : []),
    ...(values.every((value) => value === 'any' || value === 'none')
      ? []
      : [sql`o.order_key in (${some} and t.tags && ${tags}::text[])`]),
  ]);
};

const assigned = (sql: Database, values: readonly string[], { viewerId, staff }: People) => {
  const isNamed = (name: string, part: string) => searchable(name).replaceAll('-', ' ').includes(searchable(part));
  const ids = values
    .filter((value) => value !== 'none')
    .flatMap((value) =>
      value === 'me' ? [viewerId] : staff.filter(({ name }) => isNamed(name, value)).map(({ id }) => id),
    );
  return anyOf(sql, [
    ...(values.includes('none') ? [sql`o.assignee is null`] : []),
    ...(ids.length > 0 ? [sql`(o.assignee is not null and o.assignee = any(${ids}))`] : []),
  ]);
};

/** As a constant: of a parameter, unknown when it is planned, PostgreSQL compares one code after the other, row by row. */
const codesWith = (sql: Database, digits: readonly number[]) => {
  const codes = Object.entries(unusualMinorDigits).filter(([, each]) => digits.includes(each));
  return sql.unsafe(`'{${codes.map(([code]) => code).join(',')}}'::text[]`);
};

/** Amounts are said in major units of each order's own currency. */
const amounting = (sql: Database, { bounds }: Extract<OrderFilter, { kind: 'amounts' }>) => {
  const within = (digits: number) => {
    const { least, most } = minorWithin(bounds, digits);
    const from = least === null ? sql`true` : sql`o.total_minor >= ${least}::bigint`;
    return most === null ? from : sql`${from} and o.total_minor <= ${most}::bigint`;
  };
  return anyOf(sql, [
    sql`(${within(2)} and o.currency <> all(${codesWith(sql, [0, 3])}))`,
    ...[0, 3].map((digits) => sql`(${within(digits)} and o.currency = any(${codesWith(sql, [digits])}))`),
  ]);
};

const timed = (sql: Database, filter: Extract<OrderFilter, { kind: 'ages' | 'days' }>, { nowMs }: FilterContext) => {
  const { fromMs, toMs } =
    filter.kind === 'ages' ? intervalOfAges(filter.bounds, nowMs) : intervalOfDays(filter.bounds, nowMs);
  const column = { placed: sql`o.placed_at`, updated: sql`o.updated_at`, shipby: sql`o.ship_by` }[filter.field];
  const iso = (ms: number) => new Date(ms).toISOString();
  const from = fromMs === null ? sql`true` : sql`${column} >= ${iso(fromMs)}::timestamptz`;
  const to = toMs === null ? sql`true` : sql`${column} < ${iso(toMs)}::timestamptz`;
  return sql`(${from} and ${to})`;
};

const worded = (sql: Database, { field, values }: Extract<OrderFilter, { kind: 'words' }>, people: People) => {
  const list = [...values];
  switch (field) {
    case 'status':
      return oneOf(sql, sql`o.order_status`, list);
    case 'payment':
      return oneOf(sql, sql`o.payment_status`, list);
    case 'fulfillment':
      return oneOf(sql, sql`coalesce(o.fulfillment_status, 'none')`, list);
    case 'hold':
      return anyOf(
        sql,
        list.map((value) => held(sql, value)),
      );
    case 'tier':
      return oneOf(sql, sql`o.tier`, list);
    case 'channel':
      return oneOf(sql, sql`o.channel`, list);
    case 'country':
      return oneOf(
        sql,
        sql`o.country`,
        list.map((value) => value.toUpperCase()),
      );
    case 'warehouse':
      return sql`o.warehouses && ${list.map((value) => value.toUpperCase().replaceAll(' ', '-'))}::text[]`;
    case 'tag':
      return tagged(sql, list);
    case 'assignee':
      return assigned(sql, list, people);
  }
};

const asserted = (sql: Database, filter: OrderFilter, context: FilterContext) => {
  switch (filter.kind) {
    case 'words':
      return worded(sql, filter, context.people);
    case 'amounts':
      return amounting(sql, filter);
    case 'ages':
    case 'days':
      return timed(sql, filter, context);
  }
};

/** One filter as a condition. Each field is spelled out: nothing that was typed becomes SQL. */
export const matchesFilter = (sql: Database, filter: OrderFilter, context: FilterContext) => {
  const condition = filter.negated ? sql`not ${asserted(sql, filter, context)}` : asserted(sql, filter, context);
  return leavesUnsettled(filter) ? sql`${condition} and ${unsettled(sql)}` : condition;
};
