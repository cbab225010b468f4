export type BatchWindowOptions = {
  /** How often the window opens, in ms: the longest wait. */
  readonly everyMs: number;
  /** So many calls within `overMs` are a rush; with fewer, each passes at once. */
  readonly arrivals: number;
  readonly overMs: number;
};

/**
 * Lets calls pass at once, and in a rush together, every few ms. Those that pass together meet again at each step on
 * their way that gathers calls (`createBatcher`, group commit): a round trip for many instead of one each.
 */
export const createBatchWindow = ({ everyMs, arrivals, overMs }: BatchWindowOptions): (() => Promise<void>) => {
  let recent: number[] = [];
  let opening: Promise<void> | null = null;

  const isRush = (): boolean => {
    const now = performance.now();
    recent = [...recent, now].slice(-arrivals);
    return recent.length === arrivals && now - (recent[0] ?? 0) <= overMs;
  };

  return async () => {
    if (!isRush()) return;
    opening ??= new Promise((resolve) => {
      setTimeout(() => {
        opening = null;
        resolve();
      }, everyMs);
    });
    await opening;
  };
};
