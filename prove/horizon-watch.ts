import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A transaction that held the horizon for a remarkable while: how long it was seen to, and who it was. */
export type HorizonHold = { readonly xid: string; ms: number; readonly who: string };

export type HorizonSeen = {
  /** For how long, at each look, the same open transaction had been the oldest of the cluster; 0 where none was open. */
  readonly agesMs: readonly number[];
  /** The same without the time in which the disk completed nothing of what it was asked for: no commit can end then. */
  readonly ownAgesMs: readonly number[];
  /** The longest that the disk completed nothing, in ms. */
  readonly diskStoodStillMs: number;
  readonly holds: readonly HorizonHold[];
  /** The longest that one look took: so much later than it was may a change have been seen. */
  readonly slowestSampleMs: number;
};

/** Looks at the horizon, and at the disk under `folder`, every `everyMs`, from a thread of its own, until it is stopped. */
export const watchHorizon = (
  url: string,
  folder: string,
  everyMs = 20,
): { readonly stop: () => Promise<HorizonSeen> } => {
  const thread = new Worker(new URL('./horizon-thread.ts', import.meta.url), { workerData: { url, folder, everyMs } });
  const answer = once(thread, 'message') as Promise<[HorizonSeen]>;
  answer.catch(() => undefined);
  return {
    stop: async () => {
      thread.postMessage('stop');
      const [seen] = await answer;
      return seen;
    },
  };
};
