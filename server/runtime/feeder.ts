import type { Database } from '#db/clients.ts';
import { beginning, comparePositions, type StorePosition } from '#domain/shared/store-position.ts';
import type { Codec } from '#server/event-store/codec.ts';
import { createContiguityCheck } from '#server/event-store/contiguity.ts';
import { EventStoreError } from '#server/event-store/errors.ts';
import { createAlarm } from './alarm.ts';
import { createFeedWindow, patienceMs, type WindowReader } from './feed-window.ts';
import { createLookPace } from './look-pace.ts';
import { eventsKept } from './memory-room.ts';
import { pause } from './pause.ts';
import { type Page, readAllSafely } from './read-safely.ts';
import { createRushMeter } from './rush-meter.ts';
import { createTrailingWindow } from './trailing-window.ts';
import { createTurns } from './turns.ts';

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
  /**
   * Whether somebody urgent has a backlog: whoever is not had better leave the processor to them. Not who would fall out
   * of the window by it: events that are read a second time take more from the urgent one than it was left.
   */
  readonly isToGiveWay: () => boolean;
  /** Does the work at once; in a rush, once all that came before are done: together they'd crowd out who takes orders. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
  /** It no longer reads: the window needn't be kept for it. */
  detach(): void;
};

export type Feeder = {
  /** For whoever is urgent the window moves on past those that are slow; for others it waits, so that each event is read once. */
  attach(options?: { readonly isUrgent?: boolean }): FeedConsumer;
  /** Something may have been appended: look now. */
  wake(): void;
  /** Reads until the signal aborts. Throws `EventStoreError` Gap when a stream's versions aren't contiguous. */
  run(signal: AbortSignal): Promise<void>;
  readonly windowSize: () => number;
};

export type FeederOptions = {
  readonly sql: Database;
  readonly codec: Codec;
  /** The most events that are kept for consumers that are behind. Default: `eventsKept`. */
  readonly windowMax?: number;
  /** The most that are kept for those that are behind even that. Default 20,000. */
  readonly trailingMax?: number;
  readonly pageSize?: number;
  /** The longest between two looks, in ms: notifications may be lost. Default 1,000. */
  readonly pollMs?: number;
  /** So many events that are yet to be read are a backlog. Default 2,000: those of some two hundred orders. */
  readonly backlogFrom?: number;
  /** Orders placed a second that are a rush. Default: infinite, nothing is. */
  readonly rushFrom?: number;
  readonly onError?: (error: unknown) => void;
};

/** How long a full window waits for the consumer that is furthest behind, where one that is urgent has read all of it. */
const waitForSlowMs = 200;

/** The share of the window from which on a consumer that has so much of it to read gives way to nobody. */
const farBehind = 1 / 3;

/** The shortest time from read to read while there is nothing more to be had. */
const gatherMs = 10;

/**
 * Reads each event once for all consumers of a worker, in store order below the horizon, upcasts and decrypts it once,
 * and keeps a bounded window. Consumers that are behind it read together once more; one that is urgent, for itself.
 */
export const createFeeder = (options: FeederOptions): Feeder => {
  const { sql, codec, windowMax = eventsKept, pageSize = 1_000, pollMs = 1_000, backlogFrom = 2_000 } = options;
  const contiguity = createContiguityCheck(sql);
  const rush = createRushMeter(sql, options.rushFrom ?? Number.POSITIVE_INFINITY);
  const window = createFeedWindow(windowMax);
  const trailing = createTrailingWindow({
    most: options.trailingMax ?? 20_000,
    pageSize,
    readNext: (after, limit) => readAllSafely(sql, codec, after, limit),
  });
  const turns = createTurns();
  const alarm = createAlarm();
  let readAt = Number.NEGATIVE_INFINITY;
  let fullSince: number | null = null;
  let isCatchingUp = false;

  /** Somebody who must not be kept has read all that there is. */
  const isSomebodyKept = (): boolean => {
    const end = window.end();
    for (const { at, isUrgent } of window.readers)
      if (isUrgent && at && end && comparePositions(at, end) >= 0) return true;
    return false;
  };

  const isUrgentBehind = (): boolean => {
    for (const { at, isUrgent } of window.readers)
      if (isUrgent && at && window.countAfter(at) >= backlogFrom) return true;
    return false;
  };

  /** It still reads from the window, and has much of it to read. */
  const isAboutToFallOut = ({ at }: WindowReader): boolean =>
    at !== null && window.has(at) && window.countAfter(at) >= windowMax * farBehind;

  const readOn = async (): Promise<Page> => {
    const page = await readAllSafely(sql, codec, window.end() ?? beginning, pageSize);
    isCatchingUp = page.more;
    // Where nothing is read, nothing begins.
    if (page.events.length > 0 || rush.isRush()) await rush.look();
    await contiguity.check(page.events);
    window.add(page);
    return page;
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
        if (!window.begin()) {
          await alarm.sleep(10, signal);
          continue;
        }
        if (window.makeRoom()) fullSince = null;
        else {
          fullSince ??= performance.now();
          if (performance.now() - fullSince < (isSomebodyKept() ? waitForSlowMs : patienceMs)) {
            await alarm.sleep(10, signal);
            continue;
          }
          // Processes must not wait for a slow projection.
          window.dropOldest();
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

  return {
    attach: ({ isUrgent = false } = {}) => {
      const reader: WindowReader = { at: null, readAt: Date.now(), isUrgent };
      window.readers.add(reader);
      return {
        read: async (after, limit) => {
          reader.at = after;
          reader.readAt = Date.now();
          if (!window.end()) {
            alarm.ring();
            return readAllSafely(sql, codec, after, limit);
          }
          const page = window.read(after, limit);
          if (page) trailing.leave(reader);
          if (isUrgent) return page ?? (await readAllSafely(sql, codec, after, limit));
          return page ?? (await trailing.read(reader, after, limit));
        },
        waitBeyond: async (after, maxMs, signal) => {
          reader.at = after;
          await window.waitBeyond(after, maxMs, signal);
        },
        isCatchingUp: () => isCatchingUp,
        isRush: rush.isRush,
        isToGiveWay: () => isUrgentBehind() && !isAboutToFallOut(reader),
        inTurn: (work) => (rush.isRush() ? turns.take(work) : work()),
        detach: () => {
          window.readers.delete(reader);
          trailing.leave(reader);
        },
      };
    },
    wake: () => alarm.ring(),
    run,
    windowSize: window.size,
  };
};
