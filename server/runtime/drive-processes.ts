import type { Database } from '#db/clients.ts';
import type { StorePosition } from '#domain/shared/store-position.ts';
import type { CheckpointNotifier } from './checkpoints.ts';
import { type ConsumerCalls, idleMsUntilTick } from './consumer-calls.ts';
import type { Feeder } from './feeder.ts';
import { createGathering } from './gathering.ts';
import { createLazyCheckpoint } from './lazy-checkpoint.ts';
import { acquireLease, type Lease, releaseLease } from './leases.ts';
import { pause } from './pause.ts';
import { type ProcessRunner, processConsumer } from './process-runner.ts';
import type { RunnerLog } from './projection-runner.ts';

export type DriveProcessesOptions = {
  readonly sql: Database;
  readonly feeder: Feeder;
  readonly runner: ProcessRunner;
  readonly holder: string;
  readonly notifier: CheckpointNotifier;
  readonly calls: ConsumerCalls;
  readonly log: RunnerLog;
  readonly leaseTtlMs?: number;
  readonly batchMax?: number;
  /** As for projections: what comes within it is decided together. Default 8. */
  readonly lingerMs?: number;
};

/** In a rush an order takes two such steps: to the bank, and from there to the warehouse. */
const lingerMsMost = 50;

/** In a rush: placing comes first, then that orders are seen, and what follows from them last. */
const timesAsLongInRush = 4;
/** How long at once: leases are renewed between, and the rush may be over. */
const restMs = 50;

class ProcessLeaseLost extends Error {}

const leaseIsLost = 'The lease of the processes is lost';

/** Gives the processes their events, under one lease: one worker at a time decides what follows. Ends with the signal. */
export const driveProcesses = async (options: DriveProcessesOptions, signal: AbortSignal): Promise<void> => {
  const { sql, feeder, runner, holder, notifier, calls, log } = options;
  const { leaseTtlMs = 5_000, batchMax = 2_000, lingerMs = 8 } = options;
  const { consumer, version } = processConsumer;

  const lead = async (lease: Lease, from: StorePosition): Promise<void> => {
    const feed = feeder.attach({ isUrgent: true });
    const checkpoint = createLazyCheckpoint({ move: calls.move, lease, at: from });
    const gathering = createGathering({ leastMs: lingerMs, mostMs: lingerMsMost });
    let at = from;
    let signOfLifeAt = performance.now();
    let retriedAt = 0;
    let restsUntil = 0;
    const stayAlive = async (): Promise<void> => {
      if (performance.now() - signOfLifeAt <= leaseTtlMs / 3) return;
      if (!(await calls.renew(lease))) throw new ProcessLeaseLost(leaseIsLost);
      signOfLifeAt = performance.now();
    };
    try {
      while (!signal.aborted) {
        const now = performance.now();
        if (now - retriedAt > 1_000) {
          retriedAt = now;
          await runner.retryParked(lease).catch((error: unknown) => {
            log.error({ consumer, err: error }, 'parked orders could not be tried again');
          });
        }
        if (checkpoint.dueInMs() === 0 && !(await checkpoint.flush())) throw new ProcessLeaseLost(leaseIsLost);
        if (feed.isRush() && performance.now() < restsUntil) {
          await stayAlive();
          await pause(restMs, signal);
          continue;
        }
        const page = await feed.read(at, batchMax);
        if (page.events.length > 0) {
          const handled = await runner.handle(page, lease, checkpoint.owed());
          if (handled === 'lost') throw new ProcessLeaseLost(leaseIsLost);
          if (handled === 'written') checkpoint.written(page.readTo);
          else checkpoint.pass(page.readTo, page.events.length);
          signOfLifeAt = performance.now();
          at = page.readTo;
          notifier.moved(consumer, version, at);
          const tookMs = performance.now() - now;
          restsUntil = signOfLifeAt + tookMs * timesAsLongInRush;
          const gathersMs = gathering.afterBatch(page.events.length, now);
          if (!page.more && !feed.isCatchingUp()) await pause(gathersMs - tookMs, signal);
          continue;
        }
        at = page.readTo;
        await stayAlive();
        const idleMs = Math.min(idleMsUntilTick(), leaseTtlMs / 3, checkpoint.dueInMs());
        if (!page.more) await feed.waitBeyond(at, idleMs, signal);
      }
      await checkpoint.flush();
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
