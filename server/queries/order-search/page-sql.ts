import type { Database } from '#db/clients.ts';
import type { OrderFilter } from '#domain/search/order-query.ts';
import { type DeskView, type OrderSort, type SortKey, sortParts } from '#domain/search/order-sorts.ts';
import { type FilterContext, inView, matchesFilter } from './filter-sql.ts';
import { hasText, hitsOf, isCommon, type PoolLimits, poolLimits, type TextMode } from './text-sql.ts';

export type OrderSearch = FilterContext & {
  readonly view: DeskView;
  readonly filters: readonly OrderFilter[];
  /** Empty for a plain list. */
  readonly text: string;
  readonly sort: OrderSort;
  readonly pools?: PoolLimits;
};

export const limitsOf = ({ pools }: OrderSearch): PoolLimits => pools ?? poolLimits;

/**
 * How a text's orders are come by. Two gather a pool of orders and sort what remains of it: `text` all that have the
 * text, `filters` all that the filters leave. Where both are too many, `walk` looks at the list in its order: of what is
 * frequent a page is soon together.
 */
export type TextSource = { readonly mode: TextMode; readonly by: 'text' | 'filters' | 'walk' };

/** Where orders are gathered first. */
export type PooledSource = TextSource & { readonly by: 'text' | 'filters' };

export const isPooledSource = (text: TextSource | null): text is PooledSource => text !== null && text.by !== 'walk';

/** The last row of the page before: the value that it is sorted by, and its key. */
export type After = { readonly at: string; readonly orderId: string };

/** Every order that view and filters leave. */
export const where = (sql: Database, { view, filters, ...context }: OrderSearch) =>
  filters
    .map((filter) => matchesFilter(sql, filter, context))
    .reduce((all, one) => sql`${all} and ${one}`, inView(sql, view));

export const isFiltered = ({ view, filters }: OrderSearch): boolean => filters.length > 0 || view !== 'all';

type Fragment = ReturnType<typeof where>;

const sortColumn = (sql: Database, key: SortKey): Fragment =>
  ({ placed: sql`o.placed_at`, updated: sql`o.updated_at`, total: sql`o.total_minor`, shipby: sql`o.ship_by` })[key];

const sortValue = (sql: Database, key: SortKey, at: string): Fragment =>
  key === 'total' ? sql`${at}::bigint` : sql`${at}::timestamptz`;

/**
 * The keys of one page, in order, with what they are sorted by as `at`: a statement of its own, so that it can be
 * answered from an index alone; rows are read for the page only. `null`: no text is looked for.
 *
 * Which way is taken is said here and not left to the planner: statements are planned once a connection, for any value.
 */
export const keysOfPage = (
  sql: Database,
  search: OrderSearch,
  text: TextSource | null,
  after: After | null,
  limit: number,
): Fragment => {
  const { key, descending } = sortParts(search.sort);
  const column = sortColumn(sql, key);
  const direction = descending ? sql`desc` : sql`asc`;
  const order = sql`order by at ${direction}, order_key ${direction} limit ${limit}`;
  const beyond = (at: Fragment, orderKey: Fragment): Fragment =>
    after
      ? sql`and (${at}, ${orderKey}) ${descending ? sql`<` : sql`>`} (${sortValue(sql, key, after.at)}, ${after.orderId}::uuid)`
      : sql``;
  const inOrder = (condition: Fragment) => sql`
    select o.order_key, ${column} as at from read.order_search_v2 o
    where ${condition} ${beyond(column, sql`o.order_key`)} ${order}`;
  const listed = (condition: Fragment) => sql`
    select o.order_key, ${column} as at from read.order_search_v2 o where ${condition}`;
  // Each order of the pool by its key, if they are not too many.
  const joined = (condition: Fragment, most: number) => sql`
    select kept.order_key, kept.at from pool cross join lateral (
      select o.order_key, ${column} as at from read.order_search_v2 o
      where o.order_key = pool.order_key and ${condition} offset 0) as kept
    where (select gathered from counted) <= ${most}::int`;
  // `offset 0` keeps the planner from turning what is filtered first into what is sorted first.
  const filteredFirst = (source: Fragment) => sql`
    select order_key, at from (${source} offset 0) as kept where true ${beyond(sql`at`, sql`order_key`)} ${order}`;

  if (text?.by === 'filters') {
    return filteredFirst(joined(hasText(sql, text.mode, search.text), limitsOf(search).filters));
  }
  if (text?.by === 'text') {
    const { joined: joinedMost, text: most } = limitsOf(search);
    // `coalesce` keeps the planner from reading the pool's orders one by one: each order is looked up in the pool.
    const isPooled = sql`coalesce(o.order_key in (select order_key from pool), false) and ${where(sql, search)}`;
    const walked = sql`(select gathered from counted) between ${joinedMost + 1}::int and ${most}::int and ${isPooled}`;
    return sql`select order_key, at from (
      (${filteredFirst(joined(where(sql, search), joinedMost))}) union all (${key === 'placed' ? inOrder(walked) : filteredFirst(listed(walked))})
    ) as either ${order}`;
  }
  if (text?.by === 'walk') return inOrder(sql`${where(sql, search)} and ${hasText(sql, text.mode, search.text)}`);
  return isFiltered(search) && key !== 'placed'
    ? filteredFirst(listed(where(sql, search)))
    : inOrder(where(sql, search));
};

/**
 * `pool`, the keys that a page is made of, one more than the limit where there are more; and `counted`, with how many
 * they are (`gathered`), or would be had they been looked for (`least`).
 */
export const poolOf = (sql: Database, search: OrderSearch, { mode, by }: PooledSource): Fragment => {
  const most = limitsOf(search)[by];
  const common = by === 'text' ? isCommon(sql, mode, search.text, most) : sql`select false as is_common`;
  const keys =
    by === 'text'
      ? hitsOf(sql, mode, search.text, most)
      : sql`select o.order_key from read.order_search_v2 o where ${where(sql, search)} limit ${most + 1}`;
  return sql`
    common as materialized (${common}),
    pool as materialized (select found.order_key from (${keys}) as found where not (select is_common from common)),
    counted as materialized (
      select gathered, case when is_common then 2147483647 else gathered end as least
      from common cross join (select count(*)::int as gathered from pool) as keys)`;
};

/** `pool as …`, where the page is made of one. */
export const withPool = (sql: Database, search: OrderSearch, text: TextSource | null): Fragment =>
  isPooledSource(text) ? sql`${poolOf(sql, search, text)},` : sql``;
