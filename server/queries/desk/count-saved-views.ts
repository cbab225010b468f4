import { LRUCache } from 'lru-cache';
import type { Database } from '#db/clients.ts';
import { countOrders } from '#server/queries/order-search/count-orders.ts';
import { readSearch } from '#server/queries/order-search/read-search.ts';
import type { SavedView } from './saved-views.ts';

/** A count is good for so long, for all agents who watch the same view. */
const freshMs = 5_000;
/** An older one is shown while it is counted again: what nothing matches takes a whole index to say so. */
const usableMs = 60_000;

type Count = number | null;
type Counted = { readonly atMs: number; readonly count: Count };
type Memory = {
  /** The last that was finished. */
  readonly finished: LRUCache<string, Counted>;
  readonly underWay: Map<string, Promise<Count>>;
};

const memories = new WeakMap<Database, Memory>();

const memoryOf = (sql: Database): Memory => {
  const known = memories.get(sql) ?? {
    finished: new LRUCache<string, Counted>({ max: 500, ttl: usableMs }),
    underWay: new Map<string, Promise<Count>>(),
  };
  memories.set(sql, known);
  return known;
};

/** Counts anew, once for all who ask meanwhile. What failed is asked again by the next. */
const countAnew = ({ finished, underWay }: Memory, key: string, count: () => Promise<Count>): Promise<Count> => {
  const already = underWay.get(key);
  if (already) return already;
  const counting = count()
    .then((counted) => {
      finished.set(key, { atMs: Date.now(), count: counted });
      return counted;
    })
    .finally(() => underWay.delete(key));
  underWay.set(key, counting);
  return counting;
};

/**
 * How many orders each view finds, up to 1,000, by view id; null where it would take too long to tell. A count may be a
 * minute old where nobody has asked for it meanwhile. New ones are counted one after the other: a screen full of views
 * must not take every connection.
 */
export const countSavedViews = async (
  runtime: { readonly sql: Database },
  viewerId: string,
  views: readonly Pick<SavedView, 'id' | 'query' | 'base'>[],
): Promise<Readonly<Record<string, Count>>> => {
  const memory = memoryOf(runtime.sql);
  const counts: Record<string, Count> = {};
  const stale: (() => Promise<Count>)[] = [];
  for (const { id, query, base } of views) {
    const whose = /assignee:\S*\bme\b/i.test(query) ? viewerId : '';
    const key = JSON.stringify([base, query, whose]);
    const anew = () =>
      countAnew(memory, key, async () =>
        countOrders(runtime, await readSearch(runtime, viewerId, { q: query, view: base, sort: '-placed' })),
      );
    const known = memory.finished.get(key);
    if (known && Date.now() - known.atMs > freshMs) stale.push(anew);
    counts[id] = known ? known.count : await anew();
  }
  void refresh(stale);
  return counts;
};

/** Nobody waits for these. What can't be counted now keeps its last count, for its time. */
const refresh = async (stale: readonly (() => Promise<Count>)[]): Promise<void> => {
  for (const anew of stale) await anew().catch(() => undefined);
};
