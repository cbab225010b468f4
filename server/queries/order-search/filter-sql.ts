import type { Database } from '#db/clients.ts';
import type { OrderFilter } from '#domain/search/order-query.ts';
import { searchable } from '#server/projections/search-text.ts';

/** The lists that agents keep open. */
export const deskViews = ['open', 'holds', 'declined', 'all'] as const;
export type DeskView = (typeof deskViews)[number];

/** Each view has its partial index, or one by status. `o` is `read.order_search_v1`. */
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
 * How the words are looked for. `exact`: the whole of an identifier. `words`: each word within the order's text, short
 * ones at a word's start. `close`: spelled alike.
 */
export type TextMode = 'exact' | 'words' | 'close';

/** Trigrams need three letters; below that only the words' starts are indexed. */
const indexedFrom = 3;
const wordsMost = 8;

const hasWord = (sql: Database, word: string) => {
  if (word.length >= indexedFrom) return sql`t.words like ${`%${escapedLike(word)}%`}`;
  return sql`to_tsvector('simple', t.words) @@ (quote_literal(${word}) || ':*')::tsquery`;
};

/** `t` is `read.order_search_text_v1`. */
export const matchesText = (sql: Database, mode: TextMode, text: string) => {
  const plain = searchable(text);
  if (mode === 'exact') {
    const digits = text.replaceAll(/\D/g, '').replace(/^00/, '');
    const isPhone = /^[+\d\s()/.-]+$/.test(text) && digits.length >= 6;
    return sql`t.identifiers && ${isPhone ? [plain, digits] : [plain]}::text[]`;
  }
  if (mode === 'close') return sql`${plain} <% t.words`;
  return plain
    .split(' ')
    .slice(0, wordsMost)
    .map((word) => hasWord(sql, word))
    .reduce((all, one) => sql`${all} and ${one}`);
};
