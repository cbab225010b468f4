import type { Database } from '#db/clients.ts';
import type { OrderFilter } from '#domain/search/order-query.ts';
import { searchable } from '#domain/search/search-text.ts';
import { type DeskView, inView, matchesFilter, matchesText, type TextMode } from './filter-sql.ts';
import { type DeskOrder, type DeskOrderRow, deskOrder, deskOrderColumns } from './order-row.ts';

export type OrderSearch = {
  readonly view: DeskView;
  readonly filters: readonly OrderFilter[];
  /** Empty for a plain list. */
  readonly text: string;
};

/** What is merely spelled alike is not paged. */
type PagedMode = Exclude<TextMode, 'close'>;

/** Keyset paging: the last row of the page before, and how the words were found. */
export type OrderSearchCursor = {
  readonly placedAt: string;
  readonly orderId: string;
  readonly mode: PagedMode | null;
};

export type OrderSearchPage = {
  readonly items: readonly DeskOrder[];
  readonly next: OrderSearchCursor | null;
  /** How the words were found; null for a plain list. */
  readonly mode: TextMode | null;
};

/** What is merely spelled alike is one page, the likest first. */
const closeMost = 50;

const where = (sql: Database, { view, filters }: OrderSearch) =>
  filters.map((filter) => matchesFilter(sql, filter)).reduce((all, one) => sql`${all} and ${one}`, inView(sql, view));

const page = async (
  sql: Database,
  search: OrderSearch,
  mode: PagedMode | null,
  after: OrderSearchCursor | null,
  limit: number,
): Promise<OrderSearchPage> => {
  const rows = await sql<DeskOrderRow[]>`
    select ${deskOrderColumns(sql)}
    from read.order_search_v2 o
    where ${where(sql, search)} ${mode === null ? sql`` : sql`and ${matchesText(sql, mode, search.text)}`}
      ${after ? sql`and (o.placed_at, o.order_key) < (${after.placedAt}::timestamptz, ${after.orderId}::uuid)` : sql``}
    order by o.placed_at desc, o.order_key desc
    limit ${limit + 1}`;
  const items = rows.slice(0, limit).map(deskOrder);
  const last = items.at(-1);
  const next = rows.length > limit && last ? { placedAt: last.placedAt, orderId: last.orderId, mode } : null;
  return { items, next, mode };
};

const closePage = async (sql: Database, search: OrderSearch): Promise<OrderSearchPage> => {
  const text = searchable(search.text);
  const rows = await sql.begin('read only', async (tx) => {
    // Two letters the wrong way round in a name of ten leave just above half of its trigrams.
    await tx`set local pg_trgm.word_similarity_threshold = 0.45`;
    return tx<DeskOrderRow[]>`
      select ${deskOrderColumns(sql)}
      from read.order_search_v2 o join read.order_search_words_v2 t on t.order_key = o.order_key
      where ${where(sql, search)} and ${matchesText(sql, 'close', search.text)}
      order by word_similarity(${text}, t.words) desc, o.placed_at desc, o.order_key desc
      limit ${closeMost}`;
  });
  return { items: rows.map(deskOrder), next: null, mode: 'close' };
};

/**
 * One page of the desk's list, the newest first. Words are looked for as an identifier, then within the text, then
 * spelled alike: the first way that finds something is the answer, and the following pages keep to it.
 */
export const searchOrders = async (
  { sql }: { readonly sql: Database },
  search: OrderSearch,
  after: OrderSearchCursor | null,
  limit: number,
): Promise<OrderSearchPage> => {
  if (searchable(search.text) === '') return page(sql, search, null, after, limit);
  if (after) return page(sql, search, after.mode ?? 'words', after, limit);
  for (const mode of ['exact', 'words'] as const) {
    const found = await page(sql, search, mode, null, limit);
    if (found.items.length > 0) return found;
  }
  // Numbers are right or wrong; names are misheard.
  const mayBeMisspelled = search.text.length >= 4 && !/\d/.test(search.text);
  return mayBeMisspelled ? closePage(sql, search) : { items: [], next: null, mode: 'words' };
};
