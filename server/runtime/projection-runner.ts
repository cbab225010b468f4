import type { Database } from '#db/clients.ts';
import type { StorePosition } from '#domain/shared/store-position.ts';
import type { Codec } from '#server/event-store/codec.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { createAlarm } from './alarm.ts';
import { createBatching } from './batch-size.ts';
import type { CheckpointNotifier } from './checkpoints.ts';
import { type ConsumerCalls, idleMsUntilTick, tickMsLeast } from './consumer-calls.ts';
import type { FeedConsumer, Feeder } from './feeder.ts';
import { createGathering } from './gathering.ts';
import { acquireLease, type Lease, releaseLease } from './leases.ts';
import { pause } from './pause.ts';
import { liveTarget, type ProjectionTarget } from './projection-target.ts';
import { createProjectionWriter, type ProjectionWriter } from './projection-writer.ts';
import { LeaseLost } from './write-batch.ts';

export type RunnerLog = {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};

export type ProjectionRunner = {
  readonly projection: string;
  /** Drives the projection while it has the lease, and waits for the lease while it has not. Ends with the signal. */
  run(signal: AbortSignal): Promise<void>;
  /** Somebody waits for its rows: what is being gathered goes out sooner. */
  hurry(): void;
  readonly status: () => RunnerStatus;
};

export type RunnerStatus = {
  readonly projection: string;
  readonly leads: boolean;
  readonly at: StorePosition | null;
  readonly parked: number;
  /** How long the last batch took to be folded and written, in ms (in a rush with the wait for its turn), and how many events it had. */
  readonly lastBatchMs: number;
  readonly lastBatchEvents: number;
};

export type ProjectionRunnerOptions = {
  readonly sql: Database;
  readonly codec: Codec;
  readonly feeder: Feeder;
  readonly projection: Projection;
  /** Names this worker; another process must have another. */
  readonly holder: string;
  readonly notifier: CheckpointNotifier;
  /** One for all runners of a worker. */
  readonly calls: ConsumerCalls;
  readonly log: RunnerLog;
  /** How long a lease lasts without a sign of life, in ms. Default 5,000. */
  readonly leaseTtlMs?: number;
  /** The most events of a batch. Default 5,000; fewer while a write takes longer than `batchMsMax`. */
  readonly batchMax?: number;
  /** The longest that one of our transactions may take, in ms, with room to the 250 that the horizon allows. Default 150. */
  readonly batchMsMax?: number;
  /** The shortest time from batch to batch when there is no backlog: several events share one write. Default 12 ms. */
  readonly lingerMs?: number;
  /** The longest, in a rush where nobody waits for the rows. Default 1,000 ms. */
  readonly lingerMsMost?: number;
};

/**
 * Data that the tables refuse: an event's fault, not the connection's. 21 is two events of a batch that want one row;
 * 22, 23 and 54 are what a row itself may not hold.
 */
export const isDataError = (error: unknown): boolean => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return /^(21|22|23|54)/.test(code);
};

/** The longest where somebody waits for the rows of a moment ago. */
const awaitedMsMost = 150;

/** How long a projection rests after a batch, in times of what that took. */
const restsAsLong = {
  /** Less than the processes: who has placed an order wants to see it. */
  inRush: 3,
  /** While processes have a backlog. With 3, read tables fell behind by far more than was gained. */
  givingWay: 1,
} as const;
/** Leases are renewed between rests. */
const restMsMost = 1_000;

/** Requests to fold rows again (erasure, retry) that the projection has come far enough for. */
const dueRefolds = async (sql: Database, target: ProjectionTarget, at: StorePosition) => {
  const rows = await sql<{ refold_ids: number[]; source_key: string }[]>`
    select source_key, array_agg(refold_id order by refold_id) as refold_ids from read.refolds
    where projection = ${target.consumer} and version = ${target.projection.version}
      and (incarnation, transaction_id, position) <= (${at.incarnation}::int, ${at.transactionId}::bigint, ${at.position}::bigint)
    group by source_key order by min(refold_id) limit 50`;
  return rows.map(({ source_key, refold_ids }) => ({ sourceKey: source_key, refoldIds: refold_ids }));
};

/** Does the refolds that are due. True when there may be more. */
export const doRefolds = async (
  sql: Database,
  target: ProjectionTarget,
  writer: ProjectionWriter,
): Promise<boolean> => {
  const due = await dueRefolds(sql, target, writer.at());
  for (const { sourceKey, refoldIds } of due) await writer.refold(sourceKey, refoldIds);
  return due.length > 0;
};

/** Drives one projection: pull, fold, write, move on. */
export const createProjectionRunner = (options: ProjectionRunnerOptions): ProjectionRunner => {
  const { sql, codec, feeder, projection, holder, notifier, calls, log } = options;
  const { leaseTtlMs = 5_000, batchMax = 5_000, batchMsMax = 150, lingerMs = 12, lingerMsMost = 1_000 } = options;
  const target = liveTarget(projection);
  const { consumer } = target;
  const { version } = projection;
  const awaited = createAlarm();
  let writer: ProjectionWriter | null = null;
  let lastBatchMs = 0;
  let lastBatchEvents = 0;

  const drive = async (lease: Lease, at: StorePosition, feed: FeedConsumer, signal: AbortSignal): Promise<void> => {
    const batching = createBatching(projection, batchMax, batchMsMax);
    const gathering = createGathering({ leastMs: lingerMs, mostMs: lingerMsMost });
    let oneByOne = 0;
    let signOfLifeAt = performance.now();
    let refoldsLookedAt = 0;
    writer = await createProjectionWriter({ sql, codec, target, lease, at, move: calls.move });
    notifier.moved(consumer, version, at);
    while (!signal.aborted) {
      const began = performance.now();
      if (writer.flushDueInMs() === 0) await writer.flush();
      if (began - refoldsLookedAt > tickMsLeast) {
        const isMore = (await calls.awaitsRefold(target)) && (await doRefolds(sql, target, writer));
        if (!isMore) refoldsLookedAt = began;
      }
      const batch = batching.cut(await feed.read(writer.at(), oneByOne > 0 ? 1 : batching.eventsNow()));
      const { page } = batch;
      if (page.events.length === 0) {
        await writer.apply(page);
        if (page.more) continue;
        if (performance.now() - signOfLifeAt > leaseTtlMs / 3) {
          if (!(await calls.renew(lease))) throw new LeaseLost(lease, writer.at());
          signOfLifeAt = performance.now();
        }
        const idleMs = Math.min(idleMsUntilTick(), leaseTtlMs / 3, writer.flushDueInMs());
        await feed.waitBeyond(page.readTo, idleMs, signal);
        continue;
      }
      const { apply } = writer;
      try {
        await feed.inTurn(() => apply(page));
      } catch (error) {
        if (!isDataError(error)) throw error;
        if (page.events.length > 1) {
          // One of them is refused by a table: they go one by one until it is found.
          oneByOne = page.events.length;
          continue;
        }
        const message = error instanceof Error ? error.message : String(error);
        await writer.park(page, message);
      }
      signOfLifeAt = performance.now();
      oneByOne = Math.max(0, oneByOne - page.events.length);
      lastBatchMs = signOfLifeAt - began;
      lastBatchEvents = page.events.length;
      if (oneByOne === 0) batching.took(writer.lastWriteMs(), batch);
      notifier.moved(consumer, version, writer.at());
      const gathersMs = gathering.afterBatch(page.events.length, began);
      // Also while the feeder catches up: it reads on, and what is there then is written once an order.
      const lingersMs = page.more ? 0 : gathersMs - lastBatchMs;
      const timesAsLong = feed.isRush() ? restsAsLong.inRush : feed.isToGiveWay() ? restsAsLong.givingWay : 0;
      const restsMs = Math.min(lastBatchMs * timesAsLong, restMsMost);
      const leastMs = Math.max(restsMs, Math.min(lingersMs, awaitedMsMost - lastBatchMs));
      if (leastMs > 0) await pause(leastMs, signal);
      if (lingersMs > leastMs) await awaited.sleep(lingersMs - leastMs, signal);
    }
    await writer.flush();
  };

  const lead = async (lease: Lease, at: StorePosition, signal: AbortSignal): Promise<void> => {
    const feed = feeder.attach();
    try {
      await drive(lease, at, feed, signal);
    } finally {
      feed.detach();
      writer = null;
    }
  };

  const run: ProjectionRunner['run'] = async (signal) => {
    while (!signal.aborted) {
      try {
        const acquired = await acquireLease(sql, { consumer, version, holder, ttlMs: leaseTtlMs });
        if (!acquired) {
          await pause(leaseTtlMs / 3, signal);
          continue;
        }
        log.info({ projection: consumer, token: acquired.lease.token }, 'leads a projection');
        await lead(acquired.lease, acquired.at, signal);
        await releaseLease(sql, acquired.lease);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof LeaseLost) log.warn({ projection: consumer }, error.message);
        else log.error({ projection: consumer, err: error }, 'a projection stumbled; it goes on from its checkpoint');
        await pause(error instanceof LeaseLost ? 20 : 500, signal);
      }
    }
  };

  return {
    projection: projection.name,
    run,
    hurry: () => awaited.ring(),
    status: () => ({
      projection: projection.name,
      leads: writer !== null,
      at: writer?.at() ?? null,
      parked: writer?.parkedCount() ?? 0,
      lastBatchMs,
      lastBatchEvents,
    }),
  };
};
