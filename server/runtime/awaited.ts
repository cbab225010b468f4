import type { Database } from '#db/clients.ts';
import type { ProjectionName } from '#server/projections/registry.ts';
import type { ProjectionRunner } from './projection-runner.ts';
import { createNotifier, type Listener, listen } from './wake-up.ts';

/** Sent by whoever waits for read tables; the payload is JSON of the projections' names. */
const awaitedChannel = 'waybill_awaited';

export type AwaitedNotifier = {
  /** Somebody waits for these projections; returns at once. A notification that is lost costs a moment: it comes again. */
  awaited(names: readonly ProjectionName[]): void;
  close(): Promise<void>;
};

/** Tells the workers, so that a projection doesn't gather events at leisure while somebody waits for them. */
export const createAwaitedNotifier = (sql: Database, onError: (error: unknown) => void): AwaitedNotifier => {
  const due = new Set<ProjectionName>();
  const notifier = createNotifier({
    sql,
    channel: awaitedChannel,
    onError,
    payload: () => {
      const names = JSON.stringify([...due]);
      due.clear();
      return names;
    },
  });
  return {
    awaited: (names) => {
      for (const name of names) due.add(name);
      notifier.notify();
    },
    close: () => notifier.close(),
  };
};

/** Hears in a worker which projections somebody waits for, and has them hurry. */
export const hurryAwaited = (sql: Database, runners: readonly ProjectionRunner[]): Promise<Listener> =>
  listen({
    sql,
    channel: awaitedChannel,
    onWake: (payload) => {
      if (payload === null) return;
      const names = JSON.parse(payload) as string[];
      for (const runner of runners) if (names.includes(runner.projection)) runner.hurry();
    },
  });
