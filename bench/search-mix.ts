import type { Database } from '#db/clients.ts';
import type { DeskView, OrderSort } from '#domain/search/order-sorts.ts';
import { seeded } from '#server/projections/testing/histories.ts';

/** What kinds of questions agents ask. */
export const searchKinds = ['whole', 'typing', 'words', 'typo', 'filters', 'filteredWords', 'sorts'] as const;
export type SearchKind = (typeof searchKinds)[number];

export type Question = {
  readonly kind: SearchKind;
  readonly input: { readonly q: string; readonly view: DeskView; readonly sort: OrderSort };
};

/** How often of a hundred; the rest are next pages and counts. */
const shares: Readonly<Record<SearchKind, number>> = {
  whole: 24,
  typing: 20,
  words: 12,
  typo: 6,
  filters: 18,
  filteredWords: 10,
  sorts: 10,
};

type Known = {
  readonly identifiers: readonly string[];
  readonly texts: readonly string[];
  readonly warehouses: readonly string[];
  readonly days: readonly string[];
};

/** A few hundred orders' identifiers and words, from all over the table. */
export const sampleOrders = async (sql: Database): Promise<Known> => {
  const orders = await sql<{ order_key: string; placed_at: Date; warehouses: string[] }[]>`
    select order_key, placed_at, warehouses from read.order_search_v2 tablesample system (2) limit 600`;
  const keys = orders.map(({ order_key }) => order_key);
  const identifiers = await sql<{ identifier: string }[]>`
    select identifier from read.order_search_identifiers_v2 where order_key = any (${keys}::uuid[])`;
  const words = await sql<{ words: string }[]>`
    select words from read.order_search_words_v2 where order_key = any (${keys}::uuid[])`;
  return {
    identifiers: identifiers.map(({ identifier }) => identifier),
    texts: words.map((row) => row.words),
    warehouses: [...new Set(orders.flatMap((order) => order.warehouses))],
    days: orders.map(({ placed_at }) => placed_at.toISOString().slice(0, 10)),
  };
};

const swapped = (word: string, at: number): string =>
  `${word.slice(0, at)}${word[at + 1] ?? ''}${word[at] ?? ''}${word.slice(at + 2)}`;

/** The same questions for the same orders and seed. */
export const createMix = (known: Known, seed: number): (() => Question) => {
  const random = seeded(seed);
  const of = (some: readonly string[]): string => some[random.int(some.length)] ?? '';
  const wordsOf = (text: string) => text.split(' ').filter((word) => word.length > 2);
  const word = () => of(wordsOf(of(known.texts)));
  const name = () => of(wordsOf(of(known.texts)).filter((each) => /^[a-z]{6,}$/.test(each))) || 'customer';
  const begun = (text: string) => text.slice(0, 2 + random.int(Math.max(1, Math.min(8, text.length - 2))));
  const filters = () =>
    of([
      'payment:authorized',
      'status:canceled',
      'status:confirmed fulfillment:picking',
      '-payment:captured',
      '-status:completed -status:canceled',
      'hold:any',
      'total:>500',
      'total:10..50 status:rejected',
      'tag:vip',
      '-tag:vip status:confirmed',
      'assignee:me',
      'assignee:none status:confirmed',
      'placed:<7d',
      'placed:>7d payment:pending',
      'shipby:<=today status:confirmed',
      'country:PT',
      `placed:${of(known.days)}`,
      `placed:${of(known.days)} total:>200`,
      `warehouse:${of(known.warehouses)} -fulfillment:delivered`,
    ]);
  const sorts: readonly OrderSort[] = ['-updated', 'updated', '-total', 'total', 'shipby', '-shipby', 'placed'];
  const view = (): DeskView => (random.chance(0.5) ? 'open' : 'all');
  const sort = (): OrderSort => sorts[random.int(sorts.length)] ?? '-total';
  const ask: Readonly<Record<SearchKind, () => Question['input']>> = {
    whole: () => ({ q: of(known.identifiers), view: 'all', sort: '-placed' }),
    typing: () => ({ q: begun(random.chance(0.5) ? of(known.identifiers) : word()), view: 'all', sort: '-placed' }),
    words: () => ({ q: `${word()} ${random.chance(0.5) ? word() : ''}`.trim(), view: 'all', sort: '-placed' }),
    typo: () => {
      const right = name();
      return { q: swapped(right, 1 + random.int(right.length - 2)), view: 'all', sort: '-placed' };
    },
    filters: () => ({ q: filters(), view: view(), sort: '-placed' }),
    filteredWords: () => ({ q: `${filters()} ${word()}`, view: 'all', sort: random.chance(0.3) ? sort() : '-placed' }),
    sorts: () => ({ q: random.chance(0.5) ? filters() : '', view: view(), sort: sort() }),
  };
  return () => {
    let left = random.int(100);
    const kind = searchKinds.find((each) => {
      left -= shares[each];
      return left < 0;
    });
    return { kind: kind ?? 'whole', input: ask[kind ?? 'whole']() };
  };
};
