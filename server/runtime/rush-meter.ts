import type { Database } from '#db/clients.ts';

/** Tells whether many orders are being placed this very moment, however far behind the reader of their events is. */
export type RushMeter = {
  /** Looks how many there are by now, at most every tenth of a second. Throws the driver's error. */
  look(): Promise<void>;
  readonly isRush: () => boolean;
};

const lookEveryMs = 100;
/**
 * Over how long, in ms, and how many times the rate that makes a rush. A process that places orders takes numbers for 50
 * at once: a short time says something only of a rate that is well above it.
 */
const measures = [
  { overMs: 500, times: 1 },
  { overMs: 150, times: 1.5 },
] as const;
const lookedMost = 8;

/** Counts by the numbers that orders are given (`order-numbers.ts`). From `perSecond` on it is a rush; infinite: never. */
export const createRushMeter = (sql: Database, perSecond: number, now = () => performance.now()): RushMeter => {
  let looks: { readonly at: number; readonly given: number }[] = [];
  let isRush = false;

  return {
    look: async () => {
      const last = looks.at(-1);
      const at = now();
      if (perSecond === Number.POSITIVE_INFINITY || (last && at - last.at < lookEveryMs)) return;
      const [row] = await sql<{ given: number | null }[]>`
        select pg_sequence_last_value('es.order_numbers')::float8 as given`;
      // Nothing was ever ordered here.
      if (row === undefined || row.given === null) return;
      const { given } = row;
      looks = [...looks, { at, given }].slice(-lookedMost);
      isRush = measures.some(({ overMs, times }) => {
        const before = looks.findLast((look) => at - look.at >= overMs);
        return before !== undefined && ((given - before.given) * 1_000) / (at - before.at) >= perSecond * times;
      });
    },
    isRush: () => isRush,
  };
};
