import type { Database } from '#db/clients.ts';
import type { RebuildState } from './rebuild-requests.ts';
import type { TableCount } from './shadow-tables.ts';

/** Somebody canceled, or this process ends: in that case another takes the rebuild up anew. */
export class RebuildStopped extends Error {
  readonly why: 'canceled' | 'process ends' | 'taken over' | 'busy';

  constructor(why: RebuildStopped['why']) {
    super(`The rebuild was stopped: ${why}`);
    this.name = 'RebuildStopped';
    this.why = why;
  }
}

/** One rebuild that this process has taken up: tells how far it is, and hears what it should do. */
export type RebuildProgress = {
  readonly rebuildId: number;
  readonly projections: readonly string[];
  begin(eventsTotal: number): Promise<void>;
  /** Counts, and once in a while writes. Waits while paused; throws `RebuildStopped`. */
  scanned(events: number): Promise<void>;
  state(state: RebuildState): Promise<void>;
  /** Waits while paused; throws `RebuildStopped`. */
  check(): Promise<void>;
  done(counts: readonly TableCount[]): Promise<void>;
  stopped(why: RebuildStopped): Promise<void>;
  failed(error: unknown): Promise<void>;
};

const writeEveryMs = 500;
/** A rebuild without a sign of life for so long was left by a process that died. */
const orphanedAfterMs = 15_000;

/** Takes up the oldest rebuild that nobody works on; null when there is none. */
export const createRebuildProgress = async (
  sql: Database,
  holder: string,
  signal: AbortSignal,
): Promise<RebuildProgress | null> => {
  const [row] = await sql<{ rebuild_id: number; projections: string[] }[]>`
    update read.rebuilds set state = 'scanning', holder = ${holder}, heartbeat_at = clock_timestamp(),
      started_at = clock_timestamp(), events_done = 0, events_per_second = 0, eta_seconds = null
    where rebuild_id = (
      select rebuild_id from read.rebuilds
      where state not in ('done', 'canceled', 'failed')
        and (holder is null or heartbeat_at < clock_timestamp() - ${orphanedAfterMs} * interval '1 millisecond')
      order by rebuild_id limit 1 for update skip locked)
    returning rebuild_id, projections`;
  if (!row) return null;
  const { rebuild_id: rebuildId, projections } = row;
  let total = 0;
  let done = 0;
  let beganAt = performance.now();
  let writtenAt = 0;

  const beat = async (): Promise<void> => {
    for (;;) {
      writtenAt = performance.now();
      const perSecond = Math.round(done / Math.max(0.001, (writtenAt - beganAt) / 1_000));
      const eta = perSecond > 0 ? Math.ceil(Math.max(0, total - done) / perSecond) : null;
      const [flags] = await sql<{ paused: boolean; cancel_requested: boolean }[]>`
        update read.rebuilds set heartbeat_at = clock_timestamp(), events_done = ${done}, events_total = ${total},
          events_per_second = ${perSecond}, eta_seconds = ${eta}
        where rebuild_id = ${rebuildId} and holder = ${holder} returning paused, cancel_requested`;
      if (!flags) throw new RebuildStopped('taken over');
      if (flags.cancel_requested) throw new RebuildStopped('canceled');
      if (signal.aborted) throw new RebuildStopped('process ends');
      if (!flags.paused) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
      beganAt += performance.now() - writtenAt;
    }
  };
  const end = (state: RebuildState, error: string | null, counts: readonly TableCount[] | null) => sql`
    update read.rebuilds set state = ${state}, finished_at = clock_timestamp(), error = ${error}, eta_seconds = null,
      events_done = ${done}, counts = ${counts === null ? null : JSON.stringify(counts)}::text::jsonb
    where rebuild_id = ${rebuildId}`;

  return {
    rebuildId,
    projections,
    begin: async (eventsTotal) => {
      total = eventsTotal;
      beganAt = performance.now();
      await beat();
    },
    scanned: async (events) => {
      done += events;
      if (signal.aborted || performance.now() - writtenAt >= writeEveryMs) await beat();
    },
    state: async (state) => {
      await sql`update read.rebuilds set state = ${state} where rebuild_id = ${rebuildId}`;
    },
    check: async () => {
      if (signal.aborted || performance.now() - writtenAt >= writeEveryMs) await beat();
    },
    done: async (counts) => {
      await end('done', null, counts);
    },
    stopped: async ({ why }) => {
      if (why === 'canceled') await end('canceled', null, null);
      // Another worker takes it up, from the beginning.
      else if (why !== 'taken over')
        await sql`
          update read.rebuilds set state = 'requested', holder = null where rebuild_id = ${rebuildId} and holder = ${holder}`;
    },
    failed: async (error) => {
      await end('failed', error instanceof Error ? error.message : String(error), null);
    },
  };
};
