import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '#db/clients.ts';
import { pruneCommands } from '#server/event-store/prune-commands.ts';
import { pruneSnapshots } from '#server/event-store/snapshots.ts';
import { pruneVocabulary } from './prune-vocabulary.ts';

const everyMs = 60 * 60_000;
const batch = 1_000;

/** Calls `prune` until there is nothing left to throw away. Each call is one short transaction. */
export const pruneAll = async (prune: (limit: number) => Promise<number>, signal: AbortSignal): Promise<number> => {
  let total = 0;
  for (let pruned = batch; pruned === batch && !signal.aborted; total += pruned) pruned = await prune(batch);
  return total;
};

/** Throws away what has had its time: people's command outcomes after 90 days, snapshots of other releases, words that no order has. */
export const keepHouse = async (sql: Database, log: Logger, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    try {
      const commands = await pruneAll((limit) => pruneCommands(sql, undefined, limit), signal);
      const snapshots = await pruneAll((limit) => pruneSnapshots(sql, undefined, limit), signal);
      const words = await pruneAll((limit) => pruneVocabulary(sql, limit), signal);
      if (commands + snapshots + words > 0)
        log.info({ commands, snapshots, words }, 'threw away what has had its time');
    } catch (error) {
      log.error({ err: error }, 'housekeeping failed; it is tried again in an hour');
    }
    await pause(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
};
