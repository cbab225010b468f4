import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Span, within } from './flushes.ts';

/** A transaction that held the horizon for a remarkable while: how long it was seen to, and who it was. */
export type HorizonHold = { readonly xid: string; ms: number; readonly who: string };

export type HorizonLooks = {
  /** At each look, since when the same open transaction had been the oldest of the cluster; since then where none was. */
  readonly held: readonly Span[];
  readonly holds: readonly HorizonHold[];
  /** The longest that one look took: so much later than it was may a change have been seen. */
  readonly slowestSampleMs: number;
};

export type HorizonSeen = Omit<HorizonLooks, 'held'> & {
  /** For how long, at each look, the same open transaction had been the oldest; 0 where none was open. */
  readonly agesMs: readonly number[];
  /**
   * The same without the time in which a bare flush of one page was slow, on the same disk and at the same moment: so
   * long no commit ends, however short its transaction.
   */
  readonly ownAgesMs: readonly number[];
  /** The longest such flush, in ms. */
  readonly slowestFlushMs: number;
};

const startThread = <Answer>(file: string, workerData: object): { readonly stop: () => Promise<Answer> } => {
  const thread = new Worker(new URL(file, import.meta.url), { workerData });
  const answer = once(thread, 'message') as Promise<[Answer]>;
  answer.catch(() => undefined);
  return {
    stop: async () => {
      thread.postMessage('stop');
      const [given] = await answer;
      return given;
    },
  };
};

/** Looks at the horizon every `everyMs`, and at the disk under `folder`, from threads of their own, until it is stopped. */
export const watchHorizon = (
  url: string,
  folder: string,
  everyMs = 20,
): { readonly stop: () => Promise<HorizonSeen> } => {
  const looking = startThread<HorizonLooks>('./horizon-thread.ts', { url, everyMs });
  const flushing = startThread<{ readonly slow: readonly Span[]; readonly slowestMs: number }>('./flush-thread.ts', {
    folder,
  });
  return {
    stop: async () => {
      const [{ held, ...looks }, flushes] = await Promise.all([looking.stop(), flushing.stop()]);
      return {
        ...looks,
        agesMs: held.map(({ from, to }) => to - from),
        ownAgesMs: held.map((span) => span.to - span.from - within(span, flushes.slow)),
        slowestFlushMs: flushes.slowestMs,
      };
    },
  };
};
