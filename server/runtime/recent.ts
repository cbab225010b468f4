export type RecentOptions = {
  /** So many of those that were in use last are remembered, and twice as many at most. */
  readonly room: number;
  /** What was not in use for twice this, in ms, is forgotten in any case. Default 60,000. */
  readonly ageMsMost?: number;
  /** What was in use within this, in ms, is not let go. Default 5,000. */
  readonly ageMsLeast?: number;
  readonly now?: () => number;
};

/** What was in use a moment ago, by key. */
export type Recent<Value> = {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
  clear(): void;
  /**
   * To be called now and then by whoever works off the events that the values belong to, with how far behind them it is,
   * in ms. What was not in use for that long, three times over, is let go.
   */
  letGo(behindMs: number): void;
};

const timesAsLong = 3;

/**
 * Two generations: each use moves a value to the younger one, and once that is old enough, what is left in the other is
 * dropped whole. A least-recently-used list of the same room stays full: tens of thousands of orders that nobody asks for
 * again, all of which each great collection goes through, and each in memory that was never touched before.
 */
export const createRecent = <Value>(options: RecentOptions): Recent<Value> => {
  const { room, ageMsMost = 60_000, ageMsLeast = 5_000, now = () => performance.now() } = options;
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  let since = now();

  const turn = (): void => {
    old = young;
    young = new Map();
    since = now();
  };

  const clear = (): void => {
    turn();
    old = young;
  };

  /** Also where nobody lets go: an idle process must not remember for ever. */
  const tidy = (): void => {
    const ageMs = now() - since;
    if (ageMs >= 2 * ageMsMost) clear();
    else if (ageMs >= ageMsMost || young.size >= room) turn();
  };

  return {
    get: (key) => {
      tidy();
      const known = young.get(key);
      if (known !== undefined) return known;
      const before = old.get(key);
      if (before !== undefined) young.set(key, before);
      return before;
    },
    set: (key, value) => {
      tidy();
      young.set(key, value);
    },
    delete: (key) => {
      young.delete(key);
      old.delete(key);
    },
    clear,
    letGo: (behindMs) => {
      if (now() - since >= Math.max(ageMsLeast, behindMs * timesAsLong)) turn();
    },
  };
};
