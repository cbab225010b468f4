import { setTimeout as delay } from 'node:timers/promises';
import { clearLeftover, type RunningCluster } from './cluster.ts';

export type KeptCluster = Pick<RunningCluster, 'port' | 'exited' | 'stop'>;

const pauseMostMs = 5_000;

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

/**
 * Starts a server again whenever it dies, on the same port, so that its clients find it where it was. It never gives
 * up: a full disk is emptied some day. The caller holds the data folder's lock until `stop`.
 */
export const keepCluster = (
  first: RunningCluster,
  startAgain: () => Promise<RunningCluster>,
  dataFolder: string,
  say: (line: string) => void,
): KeptCluster => {
  const stopping = new AbortController();
  let current: RunningCluster | null = first;

  const revive = async (): Promise<RunningCluster | null> => {
    for (let tries = 0; !stopping.signal.aborted; tries += 1) {
      try {
        await clearLeftover(dataFolder);
        return await startAgain();
      } catch (error) {
        const pauseMs = Math.min(100 * 2 ** tries, pauseMostMs);
        say(`PostgreSQL could not be started again; next try in ${pauseMs / 1_000} s. ${firstLine(error)}`);
        await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
    return null;
  };

  const keep = async (): Promise<void> => {
    while (current) {
      await current.exited;
      if (stopping.signal.aborted) return;
      say('PostgreSQL ended unexpectedly: starting it again. Nothing that was recorded is lost.');
      const beganAt = performance.now();
      current = null;
      current = await revive();
      if (stopping.signal.aborted) await current?.stop();
      else if (current) say(`PostgreSQL is back after ${((performance.now() - beganAt) / 1_000).toFixed(1)} s.`);
    }
  };
  const exited = keep();

  return {
    port: first.port,
    exited,
    stop: async (mode) => {
      stopping.abort();
      // One that is just being started is stopped by `keep`, once it has come up.
      await current?.stop(mode);
      await exited;
    },
  };
};
