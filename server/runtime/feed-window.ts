import { comparePositions, type StorePosition } from '#domain/shared/store-position.ts';
import { createAlarm } from './alarm.ts';
import type { FedEvent, Page } from './read-safely.ts';

/** Somebody who reads from a window: where they stand (null: nowhere yet), and when they read last, in ms of `Date.now`. */
export type WindowReader = {
  at: StorePosition | null;
  readAt: number;
  readonly isUrgent: boolean;
};

/** A stretch of the store's events, decrypted, that moves on with those that read from it. */
export type FeedWindow = {
  readonly readers: Set<WindowReader>;
  /** Up to here it was read; null while it has not begun. */
  readonly end: () => StorePosition | null;
  /** How many events it holds. */
  readonly size: () => number;
  /** Starts at the reader that is furthest behind. False while nobody has read. */
  begin(): boolean;
  /** What comes next, from its end. */
  add(page: Page): void;
  /** Drops what all have read; false when it is full of what somebody still reads. */
  makeRoom(): boolean;
  /** For whoever stands there the window has moved on. */
  dropOldest(): void;
  /** Forgets all; it can begin anew. */
  clear(): void;
  /** What it has after a position, empty beyond its end; null where it has moved on, or not begun. */
  read(after: StorePosition, limit: number): Page | null;
  /** Whether it has all that comes after a position; false where it has moved on, or not begun. */
  has(after: StorePosition): boolean;
  /** How many of its events come after a position. */
  countAfter(after: StorePosition): number;
  /** Resolves when it has something after a position, or something was added; after `maxMs`; or when the signal aborts. */
  waitBeyond(after: StorePosition, maxMs: number, signal?: AbortSignal): Promise<void>;
};

type Chunk = Page & { readonly after: StorePosition };

/** Whoever has not read for so long, in ms, is stuck, or gone: the window moves on without them. */
export const patienceMs = 2_000;

/** What all have read is kept where it is little: reads of a few events each. */
const chunksMost = 64;

const firstAfter = (events: Page['events'], after: StorePosition): number => {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const event = events[middle];
    if (event && comparePositions(event.at, after) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** `most`: with so many events it is full. `patience`: how long it waits for a reader, in ms. */
export const createFeedWindow = (most: number, patience = patienceMs): FeedWindow => {
  const readers = new Set<WindowReader>();
  let chunks: Chunk[] = [];
  let size = 0;
  let end: StorePosition | null = null;
  let arrived = createAlarm();

  const dropOldest = (): void => {
    size -= chunks[0]?.events.length ?? 0;
    chunks = chunks.slice(1);
  };

  /** The furthest behind of those that still read from it. */
  const slowest = (): StorePosition | null => {
    const begins = chunks[0]?.after;
    if (!begins) return null;
    const awake = Date.now() - patience;
    let behind: StorePosition | null = null;
    for (const { at, readAt } of readers) {
      if (!at || readAt < awake || comparePositions(at, begins) < 0) continue;
      if (!behind || comparePositions(at, behind) < 0) behind = at;
    }
    return behind;
  };

  const has = (after: StorePosition): boolean => {
    const begins = chunks[0]?.after ?? end;
    return begins !== null && comparePositions(after, begins) >= 0;
  };

  const read: FeedWindow['read'] = (after, limit) => {
    if (!end || !has(after)) return null;
    if (comparePositions(after, end) >= 0) return { events: [], readTo: after, more: false };
    const events: FedEvent[] = [];
    let readTo = after;
    // What trickled in over several reads is one batch for whoever lingered.
    for (const chunk of chunks) {
      if (comparePositions(readTo, chunk.readTo) >= 0) continue;
      if (events.length === limit) return { events, readTo, more: true };
      const from = firstAfter(chunk.events, readTo);
      const some = chunk.events.slice(from, from + limit - events.length);
      events.push(...some);
      const last = some.at(-1);
      if (last && from + some.length < chunk.events.length) return { events, readTo: last.at, more: true };
      readTo = chunk.readTo;
    }
    return { events, readTo: events.length === 0 ? end : readTo, more: false };
  };

  return {
    readers,
    end: () => end,
    size: () => size,
    begin: () => {
      if (end) return true;
      for (const { at } of readers) if (at && (!end || comparePositions(at, end) < 0)) end = at;
      return end !== null;
    },
    add: (page) => {
      if (!end) throw new Error('The window has not begun');
      if (page.events.length > 0) {
        chunks.push({ ...page, after: end });
        size += page.events.length;
      }
      end = page.readTo;
      if (page.events.length === 0) return;
      const before = arrived;
      arrived = createAlarm();
      before.ring();
    },
    makeRoom: () => {
      const behind = slowest();
      for (let [oldest] = chunks; oldest; [oldest] = chunks) {
        const isRead = !behind || comparePositions(oldest.readTo, behind) <= 0;
        if (!isRead || (size < most / 2 && chunks.length < chunksMost)) break;
        dropOldest();
      }
      return size < most;
    },
    dropOldest,
    clear: () => {
      chunks = [];
      size = 0;
      end = null;
    },
    read,
    has,
    countAfter: (after) => {
      let count = 0;
      for (let nth = chunks.length - 1; nth >= 0; nth -= 1) {
        const chunk = chunks[nth];
        if (!chunk || comparePositions(chunk.readTo, after) <= 0) break;
        count += chunk.events.length - firstAfter(chunk.events, after);
      }
      return count;
    },
    waitBeyond: async (after, maxMs, signal) => {
      const last = chunks.at(-1);
      if (last && comparePositions(after, last.readTo) < 0) return;
      await arrived.sleep(maxMs, signal);
    },
  };
};
