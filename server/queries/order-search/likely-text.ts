import type { Database } from '#db/clients.ts';
import { distance } from '#domain/search/nearest.ts';
import { searchable } from '#domain/search/search-text.ts';

/** Two letters the wrong way round in a word of five leave a fifth of its trigrams. */
const similarityLeast = 0.2;
const candidatesMost = 12;

/** Numbers are right or wrong; names are misheard. */
const mayBeMisspelled = (word: string): boolean => /^\p{L}{4,}$/u.test(word);

/** So many letters may be wrong. */
const wrongMost = (word: string): number => Math.max(2, Math.floor(word.length / 3));

type Candidate = { readonly asked: string; readonly word: string; readonly orders: number };

/**
 * Words that orders have, spelled most like these; a word that is there is likest itself. The threshold is set within
 * the statement, since each way to the database costs under load: no word is asked for before the row that sets it.
 */
const candidatesFor = async (sql: Database, words: readonly string[]): Promise<readonly Candidate[]> =>
  sql<Candidate[]>`
    select asked.word as asked, near.word, near.orders
    from (
      select each.word
      from (select set_config('pg_trgm.similarity_threshold', ${String(similarityLeast)}, true) as threshold offset 0) as setting
      cross join unnest(${[...words]}::text[]) as each (word)
      where setting.threshold is not null offset 0) as asked
    cross join lateral (
      select known.word, known.orders from read.order_search_vocabulary_v2 known
      where known.word % asked.word and known.orders > 0
      order by similarity(known.word, asked.word) desc, known.orders desc limit ${candidatesMost}) as near`;

export type LikelyText = {
  readonly text: string;
  /** How many orders have it; undefined of several words. */
  readonly orders: number | undefined;
};

/**
 * What somebody likely meant: each word as the orders spell it that they have, the nearest, among equals the most
 * frequent. Null where nothing is like it, or all is spelled right.
 */
export const likelyText = async (sql: Database, text: string): Promise<LikelyText | null> => {
  const words = searchable(text).split(' ').slice(0, 8);
  const doubtful = words.filter(mayBeMisspelled);
  if (doubtful.length === 0) return null;
  const candidates = await candidatesFor(sql, doubtful);
  const likely = words.map((asked) => {
    const [best] = candidates
      .filter((one) => one.asked === asked)
      .map((one) => ({ ...one, away: distance(asked, one.word) }))
      .filter(({ away }) => away <= wrongMost(asked))
      .toSorted((a, b) => a.away - b.away || b.orders - a.orders);
    return best ?? { word: asked, orders: undefined };
  });
  const meant = likely.map(({ word }) => word).join(' ');
  if (meant === words.join(' ')) return null;
  return { text: meant, orders: likely.length === 1 ? likely[0]?.orders : undefined };
};
