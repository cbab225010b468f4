/** As the server writes it (server/api/freshness.ts). */
export const freshnessHeader = 'x-waybill-freshness';

export type FreshnessStore = {
  /** An answer of `path` came, and says how fresh it is. */
  readonly report: (path: string, freshness: 'current' | 'stale', atMs: number) => void;
  /** Nobody shows `path` any more. */
  readonly drop: (path: string) => void;
  /** Paths of procedures whose last answer was behind. */
  readonly stalePaths: () => readonly string[];
  /** Since when something on the screen is behind what this browser has written, ms; null when nothing is. */
  readonly staleSince: () => number | null;
  readonly subscribe: (onChange: () => void) => () => void;
};

/** Which of the screen's reads are behind. One a browser: the sync strip shows it. */
export const createFreshnessStore = (): FreshnessStore => {
  const since = new Map<string, number>();
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  return {
    report: (path, freshness, atMs) => {
      if (freshness === 'stale') {
        if (since.has(path)) return;
        since.set(path, atMs);
        changed();
      } else if (since.delete(path)) changed();
    },
    drop: (path) => {
      if (since.delete(path)) changed();
    },
    stalePaths: () => [...since.keys()],
    staleSince: () => (since.size === 0 ? null : Math.min(...since.values())),
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
  };
};

export const browserFreshness = createFreshnessStore();
