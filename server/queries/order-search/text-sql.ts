import type { Database } from '#db/clients.ts';
import { phoneNumbers, searchable } from '#domain/search/search-text.ts';
import { escapedLike } from './filter-sql.ts';

/**
 * How the words are looked for. `exact`: the whole of an identifier. `words`: each word within the order's words, or at
 * an identifier's start.
 */
export type TextMode = 'exact' | 'words';

/** How many orders are gathered, before a page of them is taken, in which way. */
export type PoolLimits = {
  /** So many are each read by their key and sorted, at 5 µs each; of more, the list is walked, with the pool at hand. */
  readonly joined: number;
  /** A text that more have is not gathered: a page of them is soon together. */
  readonly text: number;
  /** Of what filters leave, no more are looked at one by one. */
  readonly filters: number;
};

export const poolLimits: PoolLimits = { joined: 1_000, text: 4_000, filters: 4_000 };

const wordsMost = 8;

/** After every text that begins so, in byte order. */
const lastOf = (prefix: string): string => `${prefix}\u{10FFFF}`;

/** The whole values that a text may be: phone and tracking numbers are written with blanks in many ways. */
const identifiersOf = (text: string): string[] => {
  const plain = searchable(text);
  const isPhone = /^[+\d\s()/.-]{6,}$/.test(text);
  return [
    ...new Set([
      plain,
      ...(/\d/.test(plain) ? [plain.replaceAll(' ', '')] : []),
      ...(isPhone ? phoneNumbers(text) : []),
    ]),
  ];
};

/**
 * Whether to look for the whole of an identifier at all: each of ours has a digit or an at sign. Whatever has none is
 * still found as an identifier's beginning.
 */
export const mayBeIdentifier = (text: string): boolean => /[\d@]/.test(searchable(text));

const wordsOf = (text: string): string[] => [...new Set(searchable(text).split(' '))].slice(0, wordsMost);

/** Fewer than three letters are no trigram within a word: they begin one. */
const patternOf = (word: string): string => (word.length < 3 ? `% ${escapedLike(word)}%` : `%${escapedLike(word)}%`);

/** One letter is no trigram at all: an index would be read whole for it. */
const isIndexed = (word: string): boolean => word.length >= 2;

/** Beside other words, plain letters are a name or a thing; alone they may begin anything. */
const mayBeginIdentifier = (word: string, words: readonly string[]): boolean =>
  words.length === 1 || /[\d@._-]/.test(word);

const within = (sql: Database, word: string) => sql`t.words like ${patternOf(word)}`;

const begins = (sql: Database, word: string) => sql`i.identifier >= ${word} and i.identifier < ${lastOf(word)}`;

type Condition = ReturnType<typeof within>;

const allOf = (sql: Database, conditions: readonly Condition[]): Condition =>
  conditions.reduce((all, one) => sql`${all} and ${one}`, sql`true`);

/**
 * Whether the order with this key has the word, asked of one order at a time: `offset 0` keeps the planner from reading
 * every order that has it beforehand.
 */
const hasWord = (sql: Database, key: Condition, word: string, words: readonly string[]): Condition => {
  const inWords = sql`exists (
    select from read.order_search_words_v2 t where t.order_key = ${key} and ${within(sql, word)} offset 0)`;
  if (!mayBeginIdentifier(word, words)) return inWords;
  // Whether any identifier begins so is asked once; then the order's own are looked at, since what begins so may be many.
  return sql`(${inWords} or (
    (select exists (select from read.order_search_identifiers_v2 i where ${begins(sql, word)}))
    and exists (
      select from (
        select own.identifier from read.order_search_identifiers_v2 own where own.order_key = ${key} offset 0) as i
      where ${begins(sql, word)})))`;
};

/**
 * Whether the text is a word, or a part of one, that more than `most` orders are known to have: reading all of them from
 * the index, to find that they are too many, would cost most of all. An order may have several words with that part: of
 * parts that many words have, twice as many are taken for too many.
 */
export const isCommon = (sql: Database, mode: TextMode, text: string, most: number): Condition => {
  const [word, another] = wordsOf(text);
  if (mode === 'exact' || !word || another || !isIndexed(word)) return sql`select false as is_common`;
  const pattern = word.length < 3 ? `${escapedLike(word)}%` : `%${escapedLike(word)}%`;
  return sql`select coalesce(max(v.orders), 0) > ${most}::bigint or coalesce(sum(v.orders), 0) > ${most * 2}::bigint as is_common
    from read.order_search_vocabulary_v2 v where v.word like ${pattern}`;
};

/** The keys of orders that the text finds; one more than `most` where there are more. */
export const hitsOf = (sql: Database, mode: TextMode, text: string, most: number) => {
  if (mode === 'exact')
    return sql`
      select distinct order_key from (
        select order_key from read.order_search_identifiers_v2
        where identifier = any(${identifiersOf(text)}) limit ${most + 1}) as found`;
  const words = wordsOf(text);
  const branches: Condition[] = [];
  if (words.some(isIndexed))
    branches.push(sql`(
      select t.order_key from read.order_search_words_v2 t
      where ${allOf(
        sql,
        words.map((word) => within(sql, word)),
      )} limit ${most + 1})`);
  for (const word of words.filter((each) => mayBeginIdentifier(each, words))) {
    const others = words.filter((each) => each !== word).map((each) => hasWord(sql, sql`i.order_key`, each, words));
    branches.push(sql`(
      select i.order_key from (
        select i.order_key from read.order_search_identifiers_v2 i
        where ${begins(sql, word)} limit ${most + 1}) as i
      where ${allOf(sql, others)})`);
  }
  if (branches.length === 0) return sql`select null::uuid as order_key where false`;
  return sql`select order_key from (${branches.reduce((all, one) => sql`${all} union ${one}`)}) as found
    limit ${most + 1}`;
};

/** The same asked of one order at a time: for texts that very many orders have. `o` is the order. */
export const hasText = (sql: Database, mode: TextMode, text: string): Condition => {
  if (mode === 'exact')
    return sql`exists (
      select from read.order_search_identifiers_v2 i
      where i.identifier = any(${identifiersOf(text)}) and i.order_key = o.order_key offset 0)`;
  const words = wordsOf(text);
  return allOf(
    sql,
    words.map((word) => hasWord(sql, sql`o.order_key`, word, words)),
  );
};

/** Whether the text could be found at all, otherwise than by walking every order: single letters can't. */
export const isFindable = (text: string): boolean => {
  const words = wordsOf(text);
  return words.some((word) => isIndexed(word) || mayBeginIdentifier(word, words));
};
