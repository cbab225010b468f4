import { LRUCache } from 'lru-cache';
import type { Database } from '#db/clients.ts';
import { countOrders } from '#server/queries/order-search/count-orders.ts';
import { readSearch } from '#server/queries/order-search/read-search.ts';
import type { SavedView } from './saved-views.ts';

/** Agents who watch the same view share its count for so long. */
const freshMs = 5_000;

const remembered = new WeakMap<Database, LRUCache<string, Promise<number | null>>>();

const memoryOf = (sql: Database) => {
  const known = remembered.get(sql) ?? new LRUCache<string, Promise<number | null>>({ max: 500, ttl: freshMs });
  remembered.set(sql, known);
  return known;
};

/**
 * How many orders each view finds, up to 1,000, by view id; null where it would take too long to tell. One after the
 * other: a screen full of views must not take every connection.
 */
export const countSavedViews = async (
  runtime: { readonly sql: Database },
  viewerId: string,
  views: readonly Pick<SavedView, 'id' | 'query' | 'base'>[],
): Promise<Readonly<Record<string, number | null>>> => {
  const memory = memoryOf(runtime.sql);
  const counts: Record<string, number | null> = {};
  for (const { id, query, base } of views) {
    const whose = /assignee:\S*\bme\b/i.test(query) ? viewerId : '';
    const key = JSON.stringify([base, query, whose]);
    const asked =
      memory.get(key) ??
      readSearch(runtime, viewerId, { q: query, view: base, sort: '-placed' }).then((search) =>
        countOrders(runtime, search),
      );
    memory.set(key, asked, { noUpdateTTL: true });
    // What failed is asked again by the next.
    asked.catch(() => memory.delete(key));
    counts[id] = await asked;
  }
  return counts;
};
