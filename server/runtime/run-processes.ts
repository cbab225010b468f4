import type { Logger } from 'pino';
import type { Database } from '#db/clients.ts';
import type { StorePosition } from '#domain/shared/store-position.ts';
import { createAlarm } from './alarm.ts';
import type { FeedConsumer } from './feeder.ts';
import { acquireLease, type Lease, releaseLease, renewLease } from './leases.ts';
import { type ProcessRunner, processConsumer } from './process-runner.ts';

export type RunProcessesOptions = {
  readonly sql: Database;
  readonly feed: FeedConsumer;
  readonly runner: ProcessRunner;
  /** Names this worker in the lease. */
  readonly holder: string;
  readonly log: Pick<Logger, 'info' | 'error'>;
  readonly ttlMs?: number;
  readonly batchMax?: number;
};

const parkedEveryMs = 5_000;

/** Feeds the processes while this worker holds their lease. Returns when the lease is lost or the signal aborts. */
const drive = async (options: RunProcessesOptions, lease: Lease, from: StorePosition, signal: AbortSignal) => {
  const { sql, feed, runner, batchMax = 1_000 } = options;
  let at = from;
  let renewedAt = Date.now();
  let parkedAt = 0;
  while (!signal.aborted) {
    if (Date.now() - parkedAt >= parkedEveryMs) {
      await runner.retryParked(lease);
      parkedAt = Date.now();
    }
    const page = await feed.read(at, batchMax);
    if (page.events.length > 0) {
      if (!(await runner.handle(page, lease))) return;
      renewedAt = Date.now();
    } else if (Date.now() - renewedAt >= lease.ttlMs / 3) {
      if (!(await renewLease(sql, lease))) return;
      renewedAt = Date.now();
    }
    at = page.readTo;
    if (!page.more && page.events.length === 0) await feed.waitBeyond(at, Math.min(1_000, lease.ttlMs / 3), signal);
  }
};

/** Drives the process managers until the signal aborts; stands by while another worker does. */
export const runProcesses = async (options: RunProcessesOptions, signal: AbortSignal): Promise<void> => {
  const { sql, holder, log, ttlMs = 10_000 } = options;
  const alarm = createAlarm();
  let failures = 0;
  while (!signal.aborted) {
    let lease: Lease | null = null;
    try {
      const acquired = await acquireLease(sql, { ...processConsumer, holder, ttlMs });
      if (acquired) {
        lease = acquired.lease;
        log.info({ holder, at: acquired.at }, 'this worker drives the processes');
        const startedAt = Date.now();
        await drive(options, acquired.lease, acquired.at, signal);
        if (Date.now() - startedAt > ttlMs) failures = 0;
      } else await alarm.sleep(ttlMs / 4, signal);
    } catch (error) {
      failures += 1;
      const pauseMs = Math.min(10_000, 100 * 2 ** Math.min(failures, 10)) * (0.5 + Math.random() / 2);
      log.error({ err: error, failures, pauseMs }, 'the processes stopped, and go on from their checkpoint');
      await alarm.sleep(pauseMs, signal);
    } finally {
      if (lease) await releaseLease(sql, lease).catch(() => undefined);
    }
  }
  options.feed.detach();
};
