import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { closeSql, type Database, openSql } from '#db/clients.ts';
import * as registry from '#domain/events/registry.ts';
import { comparePositions } from '#domain/shared/store-position.ts';
import { type Codec, createCodec } from '#server/event-store/codec.ts';
import { createSubjectKeys } from '#server/event-store/subject-keys.ts';
import { projections } from '#server/projections/registry.ts';
import { openingStock, orderLife, type TimedEvent } from '#server/projections/testing/histories.ts';
import { createCheckpointNotifier, readCheckpoints } from '#server/runtime/checkpoints.ts';
import { createConsumerCalls } from '#server/runtime/consumer-calls.ts';
import { createFeeder } from '#server/runtime/feeder.ts';
import { createProjectionRunner } from '#server/runtime/projection-runner.ts';
import { createRebuilder } from '#server/runtime/rebuild.ts';
import { listRebuilds, requestRebuild } from '#server/runtime/rebuild-requests.ts';
import { caughtUp, insertEvents } from '#server/runtime/testing/worker-rig.ts';
import { eventsChannel, listen } from '#server/runtime/wake-up.ts';
import type { BenchContext, Figures } from './context.ts';
import type { LagProbe } from './lag-thread.ts';
import { percentile } from './measure.ts';

export const name = 'projections';
export const about =
  'events/s that six projections follow live and are rebuilt at, and how far they lag at 100 orders/s';

const orderCount = Number(process.env.BENCH_ORDERS ?? 10_000);
const lagSeconds = 15;
const ordersPerSecond = 100;
const log = { info: () => undefined, warn: () => undefined, error: (details: object) => console.error(details) };

const fill = async (sql: Database): Promise<number> => {
  await insertEvents(sql, openingStock());
  for (let from = 0; from < orderCount; from += 500) {
    const lives = Array.from({ length: 500 }, (_, nth) => orderLife({ seed: from + nth }));
    // Neighbours in time are neighbours in the store, as in life.
    const longest = Math.max(...lives.map((life) => life.length));
    const mixed: TimedEvent[] = [];
    for (let nth = 0; nth < longest; nth += 1) mixed.push(...lives.flatMap((life) => life[nth] ?? []));
    await insertEvents(sql, mixed);
  }
  const [row] = await sql<{ count: number }[]>`select count(*) as count from es.events`;
  return Number(row?.count);
};

const startReadSide = async (sql: Database, codec: Codec) => {
  const feeder = createFeeder({ sql, codec });
  const notifier = createCheckpointNotifier(sql);
  const calls = createConsumerCalls(sql);
  const stopping = new AbortController();
  const parts = projections.map((projection) =>
    createProjectionRunner({ sql, codec, feeder, projection, holder: 'bench', notifier, calls, log }).run(
      stopping.signal,
    ),
  );
  parts.push(feeder.run(stopping.signal));
  parts.push(createRebuilder({ sql, codec, feeder, holder: 'bench', notifier, log, pollMs: 10 }).run(stopping.signal));
  const listener = await listen({ sql, channel: eventsChannel, onWake: () => feeder.wake() });
  return async () => {
    stopping.abort();
    await Promise.all(parts);
    await listener.close();
    await notifier.close();
  };
};

/** Events per second of a rebuild, from its request until it is live. */
const rebuildRate = async (sql: Database, names: readonly string[], say: (line: string) => void): Promise<number> => {
  const began = performance.now();
  await requestRebuild(sql, names, 'bench');
  for (;;) {
    const [rebuild] = await listRebuilds(sql, 1);
    if (rebuild?.state === 'done') {
      say(`rebuild of ${names.length}: ${rebuild.eventsTotal} events, scan at ${rebuild.eventsPerSecond}/s`);
      return Math.round((rebuild.eventsTotal * 1_000) / (performance.now() - began));
    }
    if (rebuild?.error) throw new Error(rebuild.error);
    await pause(20);
  }
};

/** From the answer of an append until all six projections have passed it, in ms: as the web process sees it. */
const measureLag = async (probe: LagProbe): Promise<readonly number[]> => {
  const thread = new Worker(new URL('lag-thread.ts', import.meta.url), { workerData: probe });
  const [lags] = (await once(thread, 'message')) as [readonly number[]];
  await once(thread, 'exit');
  return lags;
};

export const run = async ({ env, say }: BenchContext): Promise<Figures> => {
  const owner = openSql(env.DATABASE_URL, { max: 2, applicationName: 'bench', transactionTimeoutMs: 0 });
  const lazy = new URL(env.WORKER_DATABASE_URL);
  lazy.searchParams.set('synchronous_commit', 'off');
  const sql = openSql(lazy.href, { max: 10, applicationName: 'bench-worker' });
  const keys = createSubjectKeys({ sql, masterKey: Buffer.from(env.WAYBILL_MASTER_KEY, 'base64') });
  const codec = createCodec(registry, keys);
  try {
    let began = performance.now();
    const count = await fill(owner);
    say(`${count} events of ${orderCount} orders in ${Math.round(performance.now() - began)} ms`);
    await owner`vacuum analyze es.events`;
    began = performance.now();
    const stop = await startReadSide(sql, codec);
    await caughtUp(sql, projections, 600_000);
    const livePerSecond = Math.round((count * 1_000) / (performance.now() - began));
    const checkpoints = await readCheckpoints(sql);
    const [first] = checkpoints;
    if (checkpoints.some(({ at }) => first && comparePositions(at, first.at) !== 0))
      throw new Error('Not all caught up');
    say(`live: ${livePerSecond}/s`);
    const rebuildOnePerSecond = await rebuildRate(sql, ['order_status'], say);
    const rebuildAllPerSecond = await rebuildRate(
      sql,
      projections.map((projection) => projection.name),
      say,
    );
    say(`${lagSeconds} s at ${ordersPerSecond} orders/s …`);
    const lags = await measureLag({
      url: env.APP_DATABASE_URL,
      masterKey: env.WAYBILL_MASTER_KEY,
      ordersPerSecond,
      seconds: lagSeconds,
    });
    await stop();
    const round = (ms: number) => Math.round(ms * 10) / 10;
    return {
      livePerSecond,
      rebuildOnePerSecond,
      rebuildAllPerSecond,
      lagP50Ms: round(percentile(lags, 0.5)),
      lagP99Ms: round(percentile(lags, 0.99)),
    };
  } finally {
    await Promise.all([closeSql(owner), closeSql(sql)]);
  }
};
