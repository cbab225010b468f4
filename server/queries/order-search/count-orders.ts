import type { Database } from '#db/clients.ts';
import { searchable } from '#domain/search/search-text.ts';
import { isFiltered, limitsOf, type OrderSearch, poolOf, where } from './page-sql.ts';
import { hasText, type TextMode } from './text-sql.ts';

/** Nobody counts further: a count of 1,000 means so many or more. */
export const countMost = 1_000;

/** Null where too many have the text, and too many are left by the filters, to look at each. */
const countText = async (sql: Database, search: OrderSearch, mode: TextMode): Promise<number | null> => {
  for (const by of isFiltered(search) ? (['text', 'filters'] as const) : (['text'] as const)) {
    const most = limitsOf(search)[by];
    const rest = by === 'text' ? where(sql, search) : hasText(sql, mode, search.text);
    const [row] = await sql<{ kept: number; pool: number }[]>`
      with ${poolOf(sql, search, { mode, by })}
      select (select least from counted) as pool, (
        select count(*)::int from (
          select from pool cross join lateral (
            select from read.order_search_v2 o where o.order_key = pool.order_key and ${rest} offset 0) as kept
          where (select gathered from counted) <= ${most}::int limit ${countMost}) as counted) as kept`;
    if (row && row.pool <= most) return row.kept;
  }
  return isFiltered(search) ? null : countMost;
};

/**
 * How many orders a search finds, up to `countMost`: never the whole table. What is spelled alike doesn't count. Null
 * where it would take too long to tell.
 */
export const countOrders = async ({ sql }: { readonly sql: Database }, search: OrderSearch): Promise<number | null> => {
  if (searchable(search.text) !== '') {
    const exact = await countText(sql, search, 'exact');
    return exact === 0 ? countText(sql, search, 'words') : exact;
  }
  const [row] = await sql<{ total: number }[]>`
    select count(*)::int as total
    from (select from read.order_search_v2 o where ${where(sql, search)} limit ${countMost}) as counted`;
  return row?.total ?? 0;
};
