import type { Database } from '#db/clients.ts';
import type { StorePosition } from '#domain/shared/store-position.ts';
import type { Codec } from '#server/event-store/codec.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { projectionNamed } from '#server/projections/registry.ts';
import { createBatchSize } from './batch-size.ts';
import type { CheckpointNotifier } from './checkpoints.ts';
import type { Feeder } from './feeder.ts';
import type { Poison } from './fold-batch.ts';
import { createShadowScan } from './fold-into-shadow.ts';
import { indexShadow, shadowsBySize } from './index-shadows.ts';
import { acquireLease, type Lease, renewLease, renewLeases } from './leases.ts';
import { pause } from './pause.ts';
import { doRefolds, type RunnerLog } from './projection-runner.ts';
import { liveTarget, shadowTarget } from './projection-target.ts';
import { createProjectionWriter } from './projection-writer.ts';
import { createRebuildProgress, type RebuildProgress, RebuildStopped } from './rebuild-progress.ts';
import { countEvents, lastReadable, scanByKey } from './scan-by-key.ts';
import { compareCounts, createShadows, dropShadows, swapShadows, type TableCount } from './shadow-tables.ts';
import { LeaseLost } from './write-batch.ts';

export type Rebuilder = {
  /** Takes up requested rebuilds, one at a time, until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
};

export type RebuilderOptions = {
  readonly sql: Database;
  readonly codec: Codec;
  readonly feeder: Feeder;
  readonly holder: string;
  readonly notifier: CheckpointNotifier;
  readonly log: RunnerLog;
  readonly leaseTtlMs?: number;
  /** The longest that one chunk may take to be written, in ms. Default 30: with others on the machine it takes longer. */
  readonly chunkMsMax?: number;
  /** How often requests are looked for, in ms. Default 1,000. */
  readonly pollMs?: number;
  readonly projectionOf?: (name: string) => Projection;
};

/** Under constant writing live table and shadow seldom stand at the same event: then the counts are only shown. */
const comparisonsMost = 10;

/** Tables that are indexed at the same time: each takes a connection of the worker's ten. */
const indexersMost = 2;

/** A rebuild that must not go live. */
class RebuildDiffers extends Error {}

const readsOf = (projections: readonly Projection[]): Projection['reads'] => {
  const [first] = projections;
  return first && projections.every(({ reads }) => reads === first.reads) ? first.reads : 'all';
};

/** Rebuilds projections beside the live ones: scan by key into shadows, catch up, compare, swap (design, section 7). */
export const createRebuilder = (options: RebuilderOptions): Rebuilder => {
  const { sql, codec, feeder, holder, notifier, log, leaseTtlMs = 5_000, chunkMsMax = 30, pollMs = 1_000 } = options;
  const { projectionOf = projectionNamed } = options;

  const skippedOf = async (projection: Projection): Promise<Map<string, Set<string>>> => {
    const rows = await sql<{ fold: string; event_id: string }[]>`
      select fold, event_id from read.skipped where projection = ${projection.name}`;
    const skipped = new Map<string, Set<string>>();
    for (const { fold, event_id } of rows) skipped.set(fold, (skipped.get(fold) ?? new Set()).add(event_id));
    return skipped;
  };

  const park = async (projection: Projection, poison: readonly Poison[]): Promise<void> => {
    const { consumer } = shadowTarget(projection);
    for (const { fold, sourceKey, event, error } of poison) {
      const { incarnation, transactionId, position } = event.at;
      await sql`
        insert into read.parked (projection, version, fold, source_key, event_id, event_type, incarnation, transaction_id,
          position, error)
        values (${consumer}, ${projection.version}, ${fold}, ${sourceKey}, ${event.eventId}, ${event.event.type},
          ${incarnation}, ${transactionId}, ${position}, ${error})
        on conflict do nothing`;
    }
  };

  const lease = async (projection: Projection): Promise<Lease> => {
    const acquired = await acquireLease(sql, {
      consumer: shadowTarget(projection).consumer,
      version: projection.version,
      holder,
      ttlMs: leaseTtlMs,
    });
    // Another rebuild of the same projection goes first.
    if (!acquired) throw new RebuildStopped('busy');
    return acquired.lease;
  };

  const scan = async (
    projections: readonly Projection[],
    leases: readonly Lease[],
    upTo: StorePosition,
    progress: RebuildProgress,
  ) => {
    await Promise.all(projections.map((projection) => createShadows(sql, projection)));
    const scans = await Promise.all(
      projections.map(async (projection) =>
        createShadowScan(sql, shadowTarget(projection), await skippedOf(projection), chunkMsMax),
      ),
    );
    const reads = readsOf(projections);
    await progress.begin(await countEvents(sql, reads, upTo));
    let renewedAt = performance.now();
    const keepLeases = async (): Promise<void> => {
      if (performance.now() - renewedAt <= leaseTtlMs / 3) return;
      await renewLeases(sql, leases);
      renewedAt = performance.now();
    };
    for await (const events of scanByKey(sql, codec, reads, upTo)) {
      for (const one of scans) await one.page(events);
      await keepLeases();
      await progress.scanned(events.length);
    }
    for (const [nth, one] of scans.entries()) {
      const projection = projections[nth];
      if (projection) await park(projection, await one.end());
    }
    const unindexed = await shadowsBySize(sql, projections);
    const indexOneByOne = async (): Promise<void> => {
      try {
        for (let table = unindexed.shift(); table; table = unindexed.shift())
          await indexShadow(sql, table, async () => {
            await keepLeases();
            await progress.check();
          });
      } finally {
        unindexed.length = 0;
      }
    };
    // All have ended before the tables may be dropped.
    const ends = await Promise.allSettled(Array.from({ length: indexersMost }, indexOneByOne));
    const failure = ends.find((end) => end.status === 'rejected');
    if (failure) throw failure.reason;
  };

  /** The shadow now stands where the scan ended. */
  const placeCheckpoint = async ({ consumer, version, token }: Lease, at: StorePosition): Promise<void> => {
    const rows = await sql`
      update read.checkpoints set incarnation = ${at.incarnation}, transaction_id = ${at.transactionId},
        position = ${at.position}
      where consumer = ${consumer} and version = ${version} and lease_token = ${token} returning 1`;
    if (rows.length === 0) throw new Error(`The lease of ${consumer} is lost`);
  };

  const compare = async (projection: Projection): Promise<{ counts: readonly TableCount[]; isExact: boolean }> => {
    const compared = await compareCounts(sql, projection);
    const fewer = compared.counts.find(({ live, rebuilt }) => rebuilt < live);
    if (compared.isExact && fewer)
      throw new RebuildDiffers(
        `${fewer.table}: ${fewer.rebuilt} rows were rebuilt where ${fewer.live} are live. The live tables stay.`,
      );
    return compared;
  };

  /** Follows the live events until the shadow can take over. Returns the counts at the comparison. */
  const catchUpAndSwap = async (
    projection: Projection,
    held: Lease,
    from: StorePosition,
    progress: RebuildProgress,
    signal: AbortSignal,
  ): Promise<readonly TableCount[]> => {
    const target = shadowTarget(projection);
    const feed = feeder.attach();
    const batchSize = createBatchSize(2_000, chunkMsMax);
    try {
      const writer = await createProjectionWriter({ sql, codec, target, lease: held, at: from });
      let compared: { counts: readonly TableCount[]; isExact: boolean } | null = null;
      for (let attempts = 0; ; ) {
        await progress.check();
        const page = await feed.read(writer.at(), batchSize.now());
        await writer.apply(page);
        // Only what is written holds the horizon back.
        if (page.events.length > 0) batchSize.took(writer.lastWriteMs(), page.events.length);
        if (page.more) continue;
        if (await doRefolds(sql, target, writer)) continue;
        if (!compared?.isExact && attempts < comparisonsMost) compared = await compare(projection);
        attempts += 1;
        if (compared?.isExact || attempts >= comparisonsMost) {
          await progress.state('swapping');
          if (await swapShadows(sql, projection)) return compared?.counts ?? [];
          await progress.state('catching_up');
        }
        if (!(await renewLease(sql, held))) throw new LeaseLost(held, writer.at());
        await feed.waitBeyond(writer.at(), 20, signal);
      }
    } finally {
      feed.detach();
    }
  };

  const rebuild = async (
    projections: readonly Projection[],
    leases: Lease[],
    progress: RebuildProgress,
    signal: AbortSignal,
  ) => {
    for (const projection of projections) leases.push(await lease(projection));
    const upTo = await lastReadable(sql);
    await scan(projections, leases, upTo, progress);
    await progress.state('catching_up');
    const counts: TableCount[] = [];
    for (const [nth, projection] of projections.entries()) {
      const held = leases[nth];
      if (!held) continue;
      await placeCheckpoint(held, upTo);
      counts.push(...(await catchUpAndSwap(projection, held, upTo, progress, signal)));
      notifier.moved(liveTarget(projection).consumer, projection.version, upTo);
    }
    await progress.done(counts);
  };

  const takeUp = async (signal: AbortSignal): Promise<boolean> => {
    const progress = await createRebuildProgress(sql, holder, signal);
    if (!progress) return false;
    const leases: Lease[] = [];
    const projections = progress.projections.map(projectionOf);
    log.info({ rebuildId: progress.rebuildId, projections: progress.projections }, 'a rebuild begins');
    try {
      await rebuild(projections, leases, progress, signal);
      log.info({ rebuildId: progress.rebuildId }, 'a rebuild is live');
    } catch (error) {
      // What another worker holds is not ours to drop.
      for (const projection of projections.slice(0, leases.length)) await dropShadows(sql, projection);
      if (error instanceof RebuildStopped) {
        await progress.stopped(error);
        return error.why !== 'busy';
      } else {
        log.error({ rebuildId: progress.rebuildId, err: error }, 'a rebuild failed; the live tables stay');
        await progress.failed(error);
      }
    }
    return true;
  };

  return {
    run: async (signal) => {
      while (!signal.aborted) {
        try {
          if (await takeUp(signal)) continue;
        } catch (error) {
          log.error({ err: error }, 'rebuilds could not be taken up');
        }
        await pause(pollMs, signal);
      }
    },
  };
};
