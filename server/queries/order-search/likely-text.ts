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

/** Words that orders have, spelled most like these; a word that is there is likest itself. */
const candidatesFor = async (sql: Database, words: readonly string[]): Promise<readonly Candidate[]> =>
  sql.begin('read only', async (tx) => {
    await tx`select set_config('pg_trgm.similarity_threshold', ${String(similarityLeast)}, true)`;
    return tx<Candidate[]>`
      select asked.word as asked, near.word, near.orders
      from unnest(${[...words]}::text[]) as asked (word) cross join lateral (
        select known.word, known.orders from read.order_search_vocabulary_v2 known
        where known.word % asked.word and known.orders > 0
        order by similarity(known.word, asked.word) desc, known.orders desc limit ${candidatesMost}) as near`;
  });

/**
 * What somebody likely meant: each word as the orders spell it that they have, the nearest, among equals the most
 * frequent. Null where nothing is like it, or all is spelled right.
 */
export const likelyText = async (sql: Database, text: string): Promise<string | null> => {
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
    return best?.word ?? asked;
  });
  const meant = likely.join(' ');
  return meant === words.join(' ') ? null : meant;
};
