export type BatchWindowOptions = {
  /** How often the window opens, in ms: the longest wait. */
  readonly everyMs: number;
  /** It opens for so many at once, however short the time. */
  readonly most: number;
  /** So many calls within `overMs` are a rush; with fewer, each passes at once. */
  readonly arrivals: number;
  readonly overMs: number;
};

/**
 * Lets calls pass at once, and in a rush together, every few ms. Those that pass together meet again at each step on
 * their way that gathers calls (`createBatcher`, group commit): a round trip for many instead of one each.
 */
export const createBatchWindow = ({ everyMs, most, arrivals, overMs }: BatchWindowOptions): (() => Promise<void>) => {
  let recent: number[] = [];
  let waiting: (() => void)[] = [];
  let timer: NodeJS.Timeout | null = null;

  const isRush = (): boolean => {
    const now = performance.now();
    recent = [...recent, now].slice(-arrivals);
    return recent.length === arrivals && now - (recent[0] ?? 0) <= overMs;
  };

  const open = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    const passing = waiting;
    waiting = [];
    for (const pass of passing) pass();
  };

  return async () => {
    if (!isRush()) return;
    await new Promise<void>((pass) => {
      waiting.push(pass);
      timer ??= setTimeout(open, everyMs);
      if (waiting.length >= most) open();
    });
  };
};
