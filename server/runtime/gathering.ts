export type GatheringOptions = {
  /** The shortest time from batch to batch, in ms. */
  readonly leastMs: number;
  /** The longest, in ms. */
  readonly mostMs: number;
};

/** From here on, in events a second, a batch waits for as long as it may: some 200 orders a second. */
const mostFrom = 2_000;
/** Some hundred events at once are not a rush. */
const measureMs = 1_000;

/**
 * How long to gather events before the next batch. A write costs about as much for one order as for ten, and what has an
 * order's events together writes it half as often: at a trickle nobody waits for that, in a rush it is what all wait for.
 */
export const createGathering = ({ leastMs, mostMs }: GatheringOptions) => {
  let total = 0;
  let marks: { readonly at: number; readonly total: number }[] = [];
  return {
    /** From the beginning of a batch that was read at `at` to that of the next, in ms. */
    afterBatch: (events: number, at: number): number => {
      total += events;
      marks.push({ at, total });
      // From the last mark that is old enough on.
      marks = marks.slice(
        Math.max(
          0,
          marks.findLastIndex((mark) => at - mark.at >= measureMs),
        ),
      );
      const [from] = marks;
      const perSecond = from ? ((total - from.total) * 1_000) / Math.max(measureMs, at - from.at) : 0;
      const load = (perSecond / mostFrom) ** 4;
      return load < 1 ? Math.min(mostMs, leastMs / (1 - load)) : mostMs;
    },
  };
};
