import { setTimeout as pause } from 'node:timers/promises';
import type { StorePosition } from '#domain/shared/store-position.ts';
import { createFeedWindow, type WindowReader } from './feed-window.ts';
import type { Page } from './read-safely.ts';

/** Reads for all those together that are too far behind to read with the others: each event once, not once for each. */
export type TrailingWindow = {
  /**
   * What comes after a position. Who is ahead of the others waits for them, a second at most. Throws what `readNext`
   * throws.
   */
  read(reader: WindowReader, after: StorePosition, limit: number): Promise<Page>;
  /** It reads with the others again, or no more. */
  leave(reader: WindowReader): void;
  readonly size: () => number;
};

export type TrailingWindowOptions = {
  /** With so many events it is full, until who is furthest behind has read the oldest. */
  readonly most: number;
  /** The fewest events of a read. */
  readonly pageSize: number;
  readonly readNext: (after: StorePosition, limit: number) => Promise<Page>;
  /** How long it waits for a reader that doesn't read, in ms. */
  readonly patienceMs?: number;
};

const waitMsMost = 1_000;
const lookEveryMs = 20;

export const createTrailingWindow = (options: TrailingWindowOptions): TrailingWindow => {
  const { most, pageSize, readNext } = options;
  const window = createFeedWindow(most, options.patienceMs);
  let reading: Promise<boolean> | null = null;
  /** What was being read for readers that have left, or were joined by one further behind, is not added. */
  let times = 0;

  const restart = (): void => {
    window.clear();
    times += 1;
  };

  const join = (reader: WindowReader): void => {
    if (window.readers.has(reader)) return;
    window.readers.add(reader);
    // The others wait for it: they read a window's worth of events twice at most.
    if (reader.at && window.end() && !window.has(reader.at)) restart();
    window.begin();
  };

  /** False where the store has no more. */
  const readOn = async (limit: number): Promise<boolean> => {
    const [after, time] = [window.end(), times];
    if (!after) return true;
    const page = await readNext(after, Math.max(limit, pageSize));
    if (time === times) window.add(page);
    return page.events.length > 0;
  };

  return {
    read: async (reader, after, limit) => {
      reader.at = after;
      reader.readAt = Date.now();
      join(reader);
      const until = performance.now() + waitMsMost;
      while (performance.now() < until) {
        const page = window.read(after, limit);
        // Stuck for a while, it was left behind.
        if (page === null) break;
        // There is more: the others have read it.
        if (page.events.length > 0) return { ...page, more: true };
        if (window.makeRoom()) {
          reading ??= readOn(limit).finally(() => {
            reading = null;
          });
          if (!(await reading)) break;
        } else await pause(lookEveryMs);
        reader.readAt = Date.now();
      }
      return readNext(after, limit);
    },
    leave: (reader) => {
      if (window.readers.delete(reader) && window.readers.size === 0) restart();
    },
    size: window.size,
  };
};
