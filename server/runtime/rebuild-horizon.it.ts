import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeSql, type Database, openSql } from '#db/clients.ts';
import { startTestCluster, type TestCluster } from '#db/testing/cluster.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import * as registry from '#domain/events/registry.ts';
import { createCodec } from '#server/event-store/codec.ts';
import { createSubjectKeys } from '#server/event-store/subject-keys.ts';
import { testMasterKey } from '#server/event-store/testing/test-store.ts';
import { orderLife } from '#server/projections/testing/histories.ts';
import { createCheckpointNotifier } from './checkpoints.ts';
import { createFeeder } from './feeder.ts';
import { createRebuilder } from './rebuild.ts';
import { listRebuilds, requestRebuild } from './rebuild-requests.ts';
import { multiplyOrders } from './testing/many-events.ts';
import { eventually, insertEvents } from './testing/worker-rig.ts';

/** 500,000 unless told otherwise; fewer make the test quicker, and say less. */
const eventsWanted = Number(process.env.WAYBILL_REBUILD_EVENTS ?? 500_000);

// A cluster of its own: the horizon is the whole cluster's, and other tests hold it back on purpose.
let cluster: TestCluster;
let database: TestDatabase;
let clients: Database[] = [];
const open = (url: string, max: number): Database => {
  const sql = openSql(url, { max, applicationName: 'rebuild-test', transactionTimeoutMs: 0 });
  clients.push(sql);
  return sql;
};

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await createTestDatabase(cluster.port);
  const owner = open(database.ownerUrl, 1);
  const orders = Array.from({ length: 300 }, (_, seed) =>
    orderLife({ seed }).filter(({ event }) => registry.streamOf(event).orderKey !== null),
  );
  await insertEvents(owner, orders.flat());
  await multiplyOrders(owner, eventsWanted);
}, 240_000);
afterAll(async () => {
  await Promise.all(clients.map((sql) => closeSql(sql, 1)));
  clients = [];
  await cluster.stop();
});

/** From a commit until the horizon has passed it, over and over: what a new event waits before it can be read. */
const watchHorizon = async (sql: Database, signal: AbortSignal): Promise<number[]> => {
  const ages: number[] = [];
  while (!signal.aborted) {
    const [mine] = await sql<{ xid: string }[]>`select pg_current_xact_id()::text as xid`;
    const committed = performance.now();
    for (;;) {
      const [row] = await sql<{ passed: boolean }[]>`
        select pg_snapshot_xmin(pg_current_snapshot()) > ${mine?.xid ?? ''}::xid8 as passed`;
      if (row?.passed) break;
    }
    ages.push(performance.now() - committed);
    await pause(5);
  }
  return ages;
};

test('while a projection is rebuilt over half a million events, the age of the horizon stays under 500 ms', {
  timeout: 300_000,
}, async () => {
  const sql = open(database.workerUrl, 8);
  const app = open(database.appUrl, 2);
  const codec = createCodec(registry, createSubjectKeys({ sql, masterKey: testMasterKey }));
  const stopping = new AbortController();
  const feeder = createFeeder({ sql, codec });
  const notifier = createCheckpointNotifier(sql);
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const rebuilder = createRebuilder({ sql, codec, feeder, holder: 'rebuilder', notifier, log, pollMs: 20 });
  const running = Promise.all([feeder.run(stopping.signal), rebuilder.run(stopping.signal)]);
  const watching = new AbortController();
  const watch = watchHorizon(open(database.superuserUrl, 1), watching.signal);

  // The one with the costliest indexes.
  await requestRebuild(app, ['order_search'], 'admin-1');
  await eventually(async () => /done|failed|canceled/.test((await listRebuilds(app, 1))[0]?.state ?? ''), 280_000);
  watching.abort();
  const ages = await watch;
  stopping.abort();
  await running;
  await notifier.close();

  const [rebuild] = await listRebuilds(app, 1);
  expect(rebuild).toMatchObject({ state: 'done', error: null });
  expect(rebuild?.eventsTotal).toBeGreaterThanOrEqual(eventsWanted);
  expect(ages.length).toBeGreaterThan(100);
  expect(Math.max(...ages)).toBeLessThan(500);
});
