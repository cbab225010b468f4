import type { FedEvent } from './read-safely.ts';

/** Tells whether many orders are being placed this very moment. */
export type RushMeter = {
  count(events: readonly FedEvent[]): void;
  readonly isRush: () => boolean;
};

const windowMs = 1_000;
/** What was placed longer ago is read while catching up: nobody waits for that answer any more. */
const recentMs = 5_000;

/** From `perSecond` orders a second on it is a rush; infinite: never. */
export const createRushMeter = (perSecond: number, now: () => number = Date.now): RushMeter => {
  let counted: { readonly at: number; readonly placed: number }[] = [];

  const isPlacedNow = ({ event, origin, recordedAt }: FedEvent): boolean =>
    event.type === 'OrderPlaced' && origin === 'live' && now() - Date.parse(recordedAt) < recentMs;

  return {
    count: (events) => {
      if (perSecond === Number.POSITIVE_INFINITY) return;
      const at = now();
      counted = counted.filter((earlier) => at - earlier.at < windowMs);
      counted.push({ at, placed: events.filter(isPlacedNow).length });
    },
    isRush: () => {
      const at = now();
      const placed = counted.reduce((sum, some) => (at - some.at < windowMs ? sum + some.placed : sum), 0);
      return placed * 1_000 >= perSecond * windowMs;
    },
  };
};

/** However long a batch took: leases are renewed, and signals heard, between rests. */
const restMsMost = 1_000;

/** How long to rest in a rush after `tookMs` of work, so that placing comes first on the processors that it shares. */
export const restAfter = (tookMs: number, timesAsLong: number): number => Math.min(restMsMost, tookMs * timesAsLong);
