import type { Database } from '#db/clients.ts';
import { searchable } from '#domain/search/search-text.ts';
import { type DeskOrder, type DeskOrderRow, deskOrder, deskOrderColumns } from './order-row.ts';
import { type OrderSearch, where } from './page-sql.ts';

/** What is merely spelled alike is one page, the likest first. */
const closeMost = 50;
/** Each look at a candidate takes 10 µs. A text that so many are like means nothing in particular: these will do. */
const candidatesMost = 500;

/** Two letters the wrong way round in a name of ten leave just above half of its trigrams. */
const likenessLeast = 0.45;

/** Numbers are right or wrong; names are misheard. */
export const mayBeMisspelled = (text: string): boolean => text.length >= 4 && !/\d/.test(text);

/** Orders with words that are spelled like these, by the share of trigrams that they have in common. */
export const closeOrders = async (sql: Database, search: OrderSearch): Promise<DeskOrder[]> => {
  const text = searchable(search.text);
  const rows = await sql.begin('read only', async (tx) => {
    await tx`select set_config('pg_trgm.word_similarity_threshold', ${String(likenessLeast)}, true)`;
    return tx<DeskOrderRow[]>`
      with alike as materialized (
        select order_key, word_similarity(${text}, words) as likeness
        from read.order_search_words_v2 where ${text} <% words limit ${candidatesMost})
      select orders.* from alike cross join lateral (
        select ${deskOrderColumns(sql)} from read.order_search_v2 o
        where o.order_key = alike.order_key and ${where(sql, search)} offset 0) as orders
      order by alike.likeness desc, orders."placedAt" desc, orders."orderId" desc
      limit ${closeMost}`;
  });
  return rows.map(deskOrder);
};
