import type { Database } from '#db/clients.ts';
import { comparePositions, type StorePosition } from '#domain/shared/store-position.ts';
import type { Codec } from '#server/event-store/codec.ts';
import { createContiguityCheck } from '#server/event-store/contiguity.ts';
import { EventStoreError } from '#server/event-store/errors.ts';
import { createAlarm } from './alarm.ts';
import { createLookPace } from './look-pace.ts';
import { pause } from './pause.ts';
import { type FedEvent, type Page, readAllSafely } from './read-safely.ts';
import { createRushMeter } from './rush-meter.ts';

/** What a projection runner or a process runner pulls from. */
export type FeedConsumer = {
  /** The readable events after a position, at most `limit`; empty where there is none yet. */
  read(after: StorePosition, limit: number): Promise<Page>;
  /** Resolves when there may be something after a position, after `maxMs`, or when the signal aborts. */
  waitBeyond(after: StorePosition, maxMs: number, signal?: AbortSignal): Promise<void>;
  /** Whether the feeder itself has more to read at once: who is urgent need not pause to gather it then. */
  readonly isCatchingUp: () => boolean;
  /** Whether orders come in so fast that whoever follows them had better leave the processors to who takes them. */
  readonly isRush: () => boolean;
  /** Whether somebody urgent has a backlog: whoever is not had better leave the processor to them. */
  readonly isUrgentBehind: () => boolean;
  /** It no longer reads: the window needn't be kept for it. */
  detach(): void;
};

export type Feeder = {
  /** For whoever is urgent the window moves on past those that are slow; for others it waits, so that each event is read once. */
  attach(name: string, options?: { readonly isUrgent?: boolean }): FeedConsumer;
  /** Something may have been appended: look now. */
  wake(): void;
  /** Reads until the signal aborts. Throws `EventStoreError` Gap when a stream's versions aren't contiguous. */
  run(signal: AbortSignal): Promise<void>;
  readonly windowSize: () => number;
};

export type FeederOptions = {
  readonly sql: Database;
  readonly codec: Codec;
  /** The most events that are kept for consumers that are behind. Default 20,000. */
  readonly windowMax?: number;
  readonly pageSize?: number;
  /** The longest between two looks, in ms: notifications may be lost. Default 1,000. */
  readonly pollMs?: number;
  /** So many events that are yet to be read are a backlog. Default 2,000: those of some two hundred orders. */
  readonly backlogFrom?: number;
  /** Orders placed a second that are a rush. Default: infinite, nothing is. */
  readonly rushFrom?: number;
  readonly onError?: (error: unknown) => void;
};

type Chunk = Page & { readonly after: StorePosition };
type Consumer = { at: StorePosition | null; readAt: number; readonly isUrgent: boolean };

/** How long a full window waits for the consumer that is furthest behind, where one that is urgent has read all of it. */
const waitForSlowMs = 200;

/** The shortest time from read to read while there is nothing more to be had. */
const gatherMs = 10;

/** A consumer that has not read for so long is stuck, or gone: the window moves on without it. */
const patienceMs = 2_000;

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

/**
 * Reads each event once for all consumers of a worker, in store order below the horizon, upcasts and decrypts it once,
 * and keeps a bounded window. A consumer that is behind the window reads for itself.
 */
export const createFeeder = (options: FeederOptions): Feeder => {
  const { sql, codec, windowMax = 20_000, pageSize = 1_000, pollMs = 1_000, backlogFrom = 2_000 } = options;
  const contiguity = createContiguityCheck(sql);
  const rush = createRushMeter(sql, options.rushFrom ?? Number.POSITIVE_INFINITY);
  const consumers = new Map<string, Consumer>();
  const alarm = createAlarm();
  let chunks: Chunk[] = [];
  let size = 0;
  let end: StorePosition | null = null;
  let arrived = createAlarm();
  let readAt = Number.NEGATIVE_INFINITY;
  let fullSince: number | null = null;
  let isCatchingUp = false;

  const announce = (): void => {
    const before = arrived;
    arrived = createAlarm();
    before.ring();
  };

  /** The furthest behind of those that still read from the window. */
  const slowest = (): StorePosition | null => {
    const begins = chunks[0]?.after;
    if (!begins) return null;
    const awake = Date.now() - patienceMs;
    let behind: StorePosition | null = null;
    for (const { at, readAt } of consumers.values()) {
      if (!at || readAt < awake || comparePositions(at, begins) < 0) continue;
      if (!behind || comparePositions(at, behind) < 0) behind = at;
    }
    return behind;
  };

  /** Drops what all have read, and what passes the window; false when it is full of what somebody still reads. */
  const makeRoom = (): boolean => {
    const behind = slowest();
    while (chunks.length > 0) {
      const [oldest] = chunks;
      if (!oldest) break;
      const isRead = !behind || comparePositions(oldest.readTo, behind) <= 0;
      if (!isRead || (size < windowMax / 2 && chunks.length < 64)) break;
      size -= oldest.events.length;
      chunks = chunks.slice(1);
    }
    return size < windowMax;
  };

  /** Somebody who must not be kept has read all that there is. */
  const isSomebodyKept = (): boolean => {
    for (const consumer of consumers.values())
      if (consumer.isUrgent && consumer.at && end && comparePositions(consumer.at, end) >= 0) return true;
    return false;
  };

  /** How many events of the window come after a position. */
  const countAfter = (after: StorePosition): number => {
    let count = 0;
    for (let nth = chunks.length - 1; nth >= 0; nth -= 1) {
      const chunk = chunks[nth];
      if (!chunk || comparePositions(chunk.readTo, after) <= 0) break;
      count += chunk.events.length - firstAfter(chunk.events, after);
    }
    return count;
  };

  const isUrgentBehind = (): boolean => {
    for (const { at, isUrgent } of consumers.values()) if (isUrgent && at && countAfter(at) >= backlogFrom) return true;
    return false;
  };

  const readOn = async (): Promise<Page> => {
    const after: StorePosition = end ?? { incarnation: 0, transactionId: 0, position: 0 };
    const page = await readAllSafely(sql, codec, after, pageSize);
    isCatchingUp = page.more;
    // Where nothing is read, nothing begins.
    if (page.events.length > 0 || rush.isRush()) await rush.look();
    await contiguity.check(page.events);
    if (page.events.length > 0) {
      chunks.push({ ...page, after });
      size += page.events.length;
    }
    end = page.readTo;
    if (page.events.length > 0) announce();
    return page;
  };

  /** Where the window starts: at the consumer that is furthest behind, once somebody has read. */
  const begin = (): boolean => {
    if (end) return true;
    for (const { at } of consumers.values()) if (at && (!end || comparePositions(at, end) < 0)) end = at;
    return end !== null;
  };

  /** At a trickle the first event is read at once; in a rush, what came within a moment is read together. */
  const gather = async (signal: AbortSignal): Promise<void> => {
    const waitMs = readAt + gatherMs - performance.now();
    if (waitMs > 0) await pause(waitMs, signal);
    readAt = performance.now();
  };

  const run: Feeder['run'] = async (signal) => {
    const pace = createLookPace(pollMs);
    while (!signal.aborted) {
      let idleMs: number;
      try {
        if (!begin()) {
          await alarm.sleep(10, signal);
          continue;
        }
        if (makeRoom()) fullSince = null;
        else {
          fullSince ??= performance.now();
          if (performance.now() - fullSince < (isSomebodyKept() ? waitForSlowMs : patienceMs)) {
            await alarm.sleep(10, signal);
            continue;
          }
          // Whoever is that far behind reads for itself: processes must not wait for a slow projection.
          size -= chunks[0]?.events.length ?? 0;
          chunks = chunks.slice(1);
        }
        await gather(signal);
        const page = await readOn();
        if (page.more) continue;
        idleMs = pace.afterLook(page.events.length > 0);
      } catch (error) {
        if (error instanceof EventStoreError && error.code === 'Gap') throw error;
        options.onError?.(error);
        idleMs = Math.min(Math.max(pace.afterLook(false), 100), pollMs);
      }
      if (await alarm.sleep(idleMs, signal)) pace.rung();
    }
  };

  const readFromWindow = (after: StorePosition, limit: number): Page | null => {
    const [oldest] = chunks;
    if (!end || comparePositions(after, end) >= 0) return { events: [], readTo: after, more: false };
    if (!oldest || comparePositions(after, oldest.after) < 0) return null;
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
    attach: (name, { isUrgent = false } = {}) => {
      const consumer: Consumer = { at: null, readAt: Date.now(), isUrgent };
      consumers.set(name, consumer);
      return {
        read: async (after, limit) => {
          consumer.at = after;
          consumer.readAt = Date.now();
          if (!end) {
            alarm.ring();
            return readAllSafely(sql, codec, after, limit);
          }
          return readFromWindow(after, limit) ?? (await readAllSafely(sql, codec, after, limit));
        },
        waitBeyond: async (after, maxMs, signal) => {
          consumer.at = after;
          const last = chunks.at(-1);
          if (last && comparePositions(after, last.readTo) < 0) return;
          await arrived.sleep(maxMs, signal);
        },
        isCatchingUp: () => isCatchingUp,
        isRush: rush.isRush,
        isUrgentBehind,
        detach: () => {
          if (consumers.get(name) === consumer) consumers.delete(name);
        },
      };
    },
    wake: () => alarm.ring(),
    run,
    windowSize: () => size,
  };
};
