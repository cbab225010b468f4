import type { Database } from '#db/clients.ts';
import type { OrderFilter } from '#domain/search/order-query.ts';
import { searchable } from '#domain/search/search-text.ts';

/** The lists that agents keep open. */
export const deskViews = ['open', 'holds', 'declined', 'all'] as const;
export type DeskView = (typeof deskViews)[number];

/** Each view has its partial index, or one by status. `o` is `read.order_search_v2`. */
export const inView = (sql: Database, view: DeskView) =>
  ({
    open: sql`o.order_status in ('placed', 'confirmed')`,
    holds: sql`o.is_held and o.order_status in ('placed', 'confirmed')`,
    declined: sql`o.payment_status in ('declined', 'expired')`,
    all: sql`true`,
  })[view];

export const escapedLike = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

const held = (sql: Database, value: string) => {
  if (value === 'any') return sql`o.is_held`;
  if (value === 'none') return sql`not o.is_held`;
  return sql`(o.is_held and array_to_string(o.holds, ' ') ilike ${`%${escapedLike(value)}%`})`;
};

/** One filter as a condition. Each field is spelled out: nothing that was typed becomes SQL. */
export const matchesFilter = (sql: Database, { field, values }: OrderFilter) => {
  const list = [...values];
  switch (field) {
    case 'status':
      return sql`o.order_status = any(${list})`;
    case 'payment':
      return sql`o.payment_status = any(${list})`;
    case 'fulfillment':
      return sql`coalesce(o.fulfillment_status, 'none') = any(${list})`;
    case 'hold':
      return sql`(${list.map((value) => held(sql, value)).reduce((all, one) => sql`${all} or ${one}`)})`;
    case 'tier':
      return sql`o.tier = any(${list})`;
    case 'channel':
      return sql`o.channel = any(${list})`;
    case 'country':
      return sql`o.country = any(${list.map((value) => value.toUpperCase())})`;
    case 'warehouse':
      return sql`o.warehouses && ${list.map((value) => value.toUpperCase().replaceAll(' ', '-'))}::text[]`;
  }
};

/**
 * How the words are looked for. `exact`: the whole of an identifier. `words`: each word within the order's words or at
 * an identifier's start. `close`: spelled alike.
 */
export type TextMode = 'exact' | 'words' | 'close';

const wordsMost = 8;

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '').replace(/^00/, '');

/** Within the words, or at the start of an identifier. Fewer than three letters are no trigram: they begin a word. */
const hasWord = (sql: Database, word: string) => {
  const within = word.length < 3 ? `% ${escapedLike(word)}%` : `%${escapedLike(word)}%`;
  return sql`o.order_key in (
    select order_key from read.order_search_words_v2 where words like ${within}
    union all
    select order_key from read.order_search_identifiers_v2 where identifier like ${`${escapedLike(word)}%`})`;
};

export const matchesText = (sql: Database, mode: TextMode, text: string) => {
  const plain = searchable(text);
  if (mode === 'exact') {
    const isPhone = /^[+\d\s()/.-]+$/.test(text) && digitsOf(text).length >= 6;
    return sql`o.order_key in (
      select order_key from read.order_search_identifiers_v2
      where identifier = any(${isPhone ? [plain, digitsOf(text)] : [plain]}))`;
  }
  if (mode === 'close')
    return sql`o.order_key in (select order_key from read.order_search_words_v2 where ${plain} <% words)`;
  return plain
    .split(' ')
    .slice(0, wordsMost)
    .map((word) => hasWord(sql, word))
    .reduce((all, one) => sql`${all} and ${one}`);
};
