import type { Database } from '#db/clients.ts';
import type { StorePosition } from '#domain/shared/store-position.ts';
import type { CheckpointNotifier } from './checkpoints.ts';
import type { Feeder } from './feeder.ts';
import { acquireLease, type Lease, releaseLease, renewLease } from './leases.ts';
import { pause } from './pause.ts';
import { type ProcessRunner, processConsumer } from './process-runner.ts';
import { lingerAfter, type RunnerLog } from './projection-runner.ts';
import type { FedEvent } from './read-safely.ts';

export type DriveProcessesOptions = {
  readonly sql: Database;
  readonly feeder: Feeder;
  readonly runner: ProcessRunner;
  readonly holder: string;
  readonly notifier: CheckpointNotifier;
  readonly log: RunnerLog;
  readonly leaseTtlMs?: number;
  readonly batchMax?: number;
  /** As for projections: what comes within it is decided together. Default 5. */
  readonly lingerMs?: number;
};

class ProcessLeaseLost extends Error {}

/** An order of which one event can't be read is parked first, so that this event and all later ones wait behind it. */
const parkUnreadable = async (sql: Database, events: readonly FedEvent[]): Promise<void> => {
  const rows = events.flatMap(({ unreadable, orderKey, origin, event }) =>
    unreadable !== undefined && orderKey !== null && origin === 'live'
      ? [{ k: orderKey, e: `${event.type} can't be read: ${unreadable}` }]
      : [],
  );
  if (rows.length === 0) return;
  await sql`
    insert into proc.parked (order_key, error)
    select distinct on (k) k, e from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as unreadable (k text, e text)
    on conflict (order_key) do nothing`;
};

/** Gives the processes their events, under one lease: one worker at a time decides what follows. Ends with the signal. */
export const driveProcesses = async (options: DriveProcessesOptions, signal: AbortSignal): Promise<void> => {
  const { sql, feeder, runner, holder, notifier, log, leaseTtlMs = 5_000, batchMax = 2_000, lingerMs = 5 } = options;
  const { consumer, version } = processConsumer;

  const lead = async (lease: Lease, from: StorePosition): Promise<void> => {
    const feed = feeder.attach(consumer);
    let at = from;
    let signOfLifeAt = performance.now();
    let retriedAt = 0;
    try {
      while (!signal.aborted) {
        const now = performance.now();
        if (now - retriedAt > 1_000) {
          retriedAt = now;
          await runner.retryParked(lease).catch((error: unknown) => {
            log.error({ consumer, err: error }, 'parked orders could not be tried again');
          });
        }
        const page = await feed.read(at, batchMax);
        if (page.events.length > 0) {
          await parkUnreadable(sql, page.events);
          if (!(await runner.handle(page, lease))) throw new ProcessLeaseLost('The lease of the processes is lost');
          signOfLifeAt = performance.now();
          at = page.readTo;
          notifier.moved(consumer, version, at);
          if (!page.more) await pause(lingerAfter(page.events.length, lingerMs) - (performance.now() - now), signal);
          continue;
        }
        at = page.readTo;
        if (performance.now() - signOfLifeAt > leaseTtlMs / 3) {
          if (!(await renewLease(sql, lease))) throw new ProcessLeaseLost('The lease of the processes is lost');
          signOfLifeAt = performance.now();
        }
        if (!page.more) await feed.waitBeyond(at, Math.min(1_000, leaseTtlMs / 3), signal);
      }
    } finally {
      feed.detach();
    }
  };

  while (!signal.aborted) {
    try {
      const acquired = await acquireLease(sql, { consumer, version, holder, ttlMs: leaseTtlMs });
      if (!acquired) {
        await pause(leaseTtlMs / 3, signal);
        continue;
      }
      log.info({ consumer, token: acquired.lease.token }, 'leads the processes');
      await lead(acquired.lease, acquired.at);
      await releaseLease(sql, acquired.lease);
    } catch (error) {
      if (signal.aborted) return;
      log.error({ consumer, err: error }, 'the processes stumbled; they go on from their checkpoint');
      await pause(error instanceof ProcessLeaseLost ? 20 : 500, signal);
    }
  }
};
