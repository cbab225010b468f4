import type { Database } from '#db/clients.ts';
import { sortParts } from '#domain/search/order-sorts.ts';
import { searchable } from '#domain/search/search-text.ts';
import { likelyText } from './likely-text.ts';
import { type DeskOrder, type DeskOrderRow, deskOrder, deskOrderColumns } from './order-row.ts';
import {
  type After,
  isFiltered,
  isPooledSource,
  keysOfPage,
  limitsOf,
  type OrderSearch,
  type TextSource,
  withPool,
} from './page-sql.ts';
import { isFindable, mayBeIdentifier } from './text-sql.ts';

/** Keyset paging: the last row of the page before, and how the words were found. */
export type OrderSearchCursor = After & {
  /** `exact text`; null for a plain list. */
  readonly found: `${TextSource['mode']} ${TextSource['by']}` | null;
  /** What was looked for in the place of what was typed. */
  readonly instead: string | null;
};

export type OrderSearchPage = {
  readonly items: readonly DeskOrder[];
  readonly next: OrderSearchCursor | null;
  /** From this item on they are merely spelled alike; null where none is. */
  readonly likeFrom: number | null;
  /** How the orders spell it that are spelled alike. */
  readonly instead: string | null;
};

/** Fewer orders than this let one look for what is spelled alike, too. */
const fewOrders = 5;

const atOf = (search: OrderSearch, order: DeskOrder): string => {
  const { key } = sortParts(search.sort);
  return {
    placed: order.placedAt,
    updated: order.updatedAt,
    total: String(order.totalMinor),
    shipby: order.shipBy,
  }[key];
};

type Found = OrderSearchPage & {
  /** The pool was too large: nothing is said of what is in it. */
  readonly isOverfull: boolean;
};

const pageOf = async (
  sql: Database,
  search: OrderSearch,
  text: TextSource | null,
  after: After | null,
  limit: number,
): Promise<Found> => {
  const { descending } = sortParts(search.sort);
  const direction = descending ? sql`desc` : sql`asc`;
  const pool = isPooledSource(text) ? sql`(select least from counted)` : sql`0`;
  const rows = await sql<(DeskOrderRow & { pool: number; at: unknown })[]>`
    with ${withPool(sql, search, text)} page as (${keysOfPage(sql, search, text, after, limit + 1)})
    select ${pool} as pool, orders.* from (select 1) as one left join lateral (
      select page.at, ${deskOrderColumns(sql)} from page join read.order_search_v2 o on o.order_key = page.order_key
    ) as orders on true
    order by orders.at ${direction}, orders."orderId" ${direction}`;
  const isOverfull = isPooledSource(text) && (rows[0]?.pool ?? 0) > limitsOf(search)[text.by];
  const items = rows
    .filter(({ orderId }) => orderId !== null)
    .slice(0, limit)
    .map(({ pool: _, at: __, ...row }) => deskOrder(row));
  const last = items.at(-1);
  const next: OrderSearchCursor | null =
    rows.length > limit && last
      ? { at: atOf(search, last), orderId: last.orderId, found: text && `${text.mode} ${text.by}`, instead: null }
      : null;
  return { items, next, likeFrom: null, instead: null, isOverfull };
};

/**
 * Gathers by the text, or else by the filters, where either leaves few enough to sort; else the list is walked. A text
 * that is known to be frequent is not gathered in vain.
 */
const textPage = async (
  sql: Database,
  search: OrderSearch,
  mode: TextSource['mode'],
  limit: number,
  knownFrequent = false,
): Promise<Found> => {
  const ways: TextSource['by'][] = [
    ...(!knownFrequent && (mode === 'exact' || isFindable(search.text)) ? (['text'] as const) : []),
    // By day the walk reads filters from the index anyway, and looks at no more texts than it must.
    ...(isFiltered(search) && sortParts(search.sort).key !== 'placed' ? (['filters'] as const) : []),
  ];
  let isFrequent = knownFrequent;
  for (const by of ways) {
    const found = await pageOf(sql, search, { mode, by }, null, limit);
    if (!found.isOverfull) return { ...found, isOverfull: isFrequent };
    isFrequent ||= by === 'text';
  }
  return { ...(await pageOf(sql, search, { mode, by: 'walk' }, null, limit)), isOverfull: isFrequent };
};

const foundPattern = /^(exact|words) (text|filters|walk)$/;

const sourceOf = (found: OrderSearchCursor['found']): TextSource | null => {
  const [, mode, by] = foundPattern.exec(found ?? '') ?? [];
  return mode && by ? { mode: mode as TextSource['mode'], by: by as TextSource['by'] } : null;
};

const pageAlone = ({ isOverfull: _, ...page }: Found): OrderSearchPage => page;

/** The page after `after`, by what was looked for on the first. */
const nextPage = async (
  sql: Database,
  search: OrderSearch,
  after: OrderSearchCursor,
  limit: number,
): Promise<OrderSearchPage> => {
  const { instead } = after;
  const meant = instead === null ? search : { ...search, text: instead };
  const text = searchable(search.text) === '' ? null : (sourceOf(after.found) ?? { mode: 'words', by: 'walk' });
  const found = await pageOf(sql, meant, text, after, limit);
  // More have it than when the page before was read: the walk goes on in the same order.
  const whole =
    found.isOverfull && text ? await pageOf(sql, meant, { mode: text.mode, by: 'walk' }, after, limit) : found;
  const page = pageAlone(whole);
  return instead === null ? page : alike(page, instead);
};

const alike = (page: OrderSearchPage, instead: string): OrderSearchPage => ({
  ...page,
  next: page.next && { ...page.next, instead },
  likeFrom: 0,
  instead,
});

/**
 * One page of the desk's list. Words are looked for as an identifier, then within the text; the first way that finds
 * something is the answer, and the following pages keep to it. Where it finds little, what is spelled alike comes after.
 */
export const searchOrders = async (
  { sql }: { readonly sql: Database },
  search: OrderSearch,
  after: OrderSearchCursor | null,
  limit: number,
): Promise<OrderSearchPage> => {
  if (after) return nextPage(sql, search, after, limit);
  if (searchable(search.text) === '') return pageAlone(await pageOf(sql, search, null, null, limit));
  if (mayBeIdentifier(search.text)) {
    const exact = await textPage(sql, search, 'exact', limit);
    if (exact.items.length > 0) return pageAlone(exact);
  }
  const { isOverfull, ...found } = await textPage(sql, search, 'words', limit);
  // What very many orders have is spelled right, even where the filters leave none of them.
  if (isOverfull || found.items.length >= fewOrders) return found;
  const likely = await likelyText(sql, search.text);
  if (likely === null) return found;
  const { text: instead, orders } = likely;
  const isFrequent = orders !== undefined && orders > limitsOf(search).text;
  const close = pageAlone(await textPage(sql, { ...search, text: instead }, 'words', limit, isFrequent));
  if (found.items.length === 0) return close.items.length === 0 ? found : alike(close, instead);
  const known = new Set(found.items.map(({ orderId }) => orderId));
  const others = close.items.filter(({ orderId }) => !known.has(orderId));
  if (others.length === 0) return found;
  return { items: [...found.items, ...others], next: null, likeFrom: found.items.length, instead };
};
