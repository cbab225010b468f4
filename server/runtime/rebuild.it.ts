import { afterEach, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { projections } from '#server/projections/registry.ts';
import { interleaved, openingStock, orderLife } from '#server/projections/testing/histories.ts';
import { createCheckpointNotifier, readCheckpoints } from './checkpoints.ts';
import { tablesOf } from './projection-target.ts';
import { createRebuilder, type RebuilderOptions } from './rebuild.ts';
import { cancelRebuild, listRebuilds, pauseRebuild, requestRebuild } from './rebuild-requests.ts';
import { caughtUp, contents, eventually, insertEvents, type ReadSide, startReadSide } from './testing/worker-rig.ts';

let store: TestStore;
let side: ReadSide;
let stopRebuilder: () => Promise<void> = async () => undefined;

const open = async (count: number) => {
  store = await openTestStore();
  const lives = Array.from({ length: count }, (_, seed) => orderLife({ seed }));
  await insertEvents(store.sql, [...openingStock(), ...interleaved(lives)]);
  side = await startReadSide(store);
  await caughtUp(store.sql);
};

const startRebuilder = (options: Partial<RebuilderOptions> = {}) => {
  const { sql, codec } = store.another({}, 'worker');
  const stopping = new AbortController();
  const notifier = createCheckpointNotifier(sql);
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const rebuilder = createRebuilder({
    sql,
    codec,
    feeder: side.feeder,
    holder: 'rebuilder',
    notifier,
    log,
    pollMs: 20,
    ...options,
  });
  const running = rebuilder.run(stopping.signal);
  stopRebuilder = async () => {
    stopping.abort();
    await running;
    await notifier.close();
  };
};

const latest = async () => {
  const [rebuild] = await listRebuilds(store.sql, 1);
  if (!rebuild) throw new Error('No rebuild');
  return rebuild;
};
const ended = async () => {
  try {
    await eventually(async () => /done|failed|canceled/.test((await latest()).state), 20_000);
  } catch {
    throw new Error(`Not ended: ${JSON.stringify(await latest())}`);
  }
};
const allContents = async () =>
  Object.assign({}, ...(await Promise.all(projections.map((projection) => contents(side.sql, projection)))));

afterEach(async () => {
  await stopRebuilder();
  stopRebuilder = async () => undefined;
  await side.stop();
  await store.close();
});

/** What indexes the live tables have, apart from their names. */
const indexesOfAll = () => store.sql`
  select relname as table_name, regexp_replace(pg_get_indexdef(indexrelid), 'INDEX \\S+', 'INDEX') as definition,
    indisprimary, indisvalid
  from pg_index join pg_class on pg_class.oid = indrelid
  where relnamespace = 'read'::regnamespace and relname like any (
    ${projections.flatMap((projection) => tablesOf(projection).map((name) => `${name}_v${projection.version}`))})
  order by 1, 2`;

test('a rebuild of all six gives, row by row, what the live fold gave', async () => {
  await open(150);
  const [live, indexes] = [await allContents(), await indexesOfAll()];
  startRebuilder();
  const names = projections.map(({ name }) => name);
  const rebuildId = await requestRebuild(store.sql, names, 'admin-1');
  await ended();
  const rebuild = await latest();
  expect(rebuild).toMatchObject({ rebuildId, state: 'done', error: null, projections: names });
  expect(rebuild.eventsDone).toBe(rebuild.eventsTotal);
  expect(rebuild.counts?.find(({ table }) => table === 'order_status_v2')).toEqual({
    table: 'order_status_v2',
    live: 150,
    rebuilt: 150,
  });
  expect(await allContents()).toEqual(live);
  expect(await indexesOfAll()).toEqual(indexes);
  expect(side.errors).toEqual([]);
});

test('the live tables are the rebuilt ones: what was wrong in them is mended, and later events follow', async () => {
  await open(20);
  const right = await contents(side.sql, projections[0]);
  await side.sql`update read.order_status_v2 set order_status = 'nonsense', waybill = '{}'`;
  await side.sql`alter table read.order_status_v2 alter column waybill set statistics 0`;
  startRebuilder();
  await requestRebuild(store.sql, ['order_status'], 'admin-1');
  await ended();
  expect(await contents(side.sql, projections[0])).toEqual(right);
  await insertEvents(store.sql, orderLife({ seed: 500 }));
  await caughtUp(store.sql);
  const [count] = await side.sql`select count(*)::int as count from read.order_status_v2`;
  expect(count?.count).toBe(21);
  // Storage parameters, what ANALYZE looks at, and grants come along: the app still reads, updates stay HOT.
  const [options] = await store.sql`
    select reloptions, attstattarget from pg_class join pg_attribute on attrelid = pg_class.oid and attname = 'waybill'
    where pg_class.oid = 'read.order_status_v2'::regclass`;
  expect(options?.reloptions).toContain('fillfactor=75');
  expect(options?.attstattarget).toBe(0);
});

test('a rebuild while others write misses nothing and doubles nothing', async () => {
  await open(60);
  startRebuilder();
  let writing = true;
  const writers = (async () => {
    for (let seed = 1_000; writing; seed += 1) await insertEvents(store.sql, orderLife({ seed }));
  })();
  await requestRebuild(store.sql, ['order_status', 'analytics', 'order_history', 'inventory_view'], 'admin-1');
  await ended();
  writing = false;
  await writers;
  expect((await latest()).error).toBeNull();
  await caughtUp(store.sql);
  const live = await allContents();
  await requestRebuild(
    store.sql,
    projections.map(({ name }) => name),
    'admin-1',
  );
  await ended();
  expect((await latest()).error).toBeNull();
  expect(await allContents()).toEqual(live);
});

test('a rebuild that would lose rows does not go live', async () => {
  await open(10);
  startRebuilder();
  // A row that no event accounts for.
  await side.sql`
    insert into read.inventory_view_v1 (sku, on_hand, reserved, allocated, unavailable, available, safety_stock, levels,
      version, updated_at)
    values ('GHOST', 1, 0, 0, 0, 1, 0, '{}', 1, now())`;
  await requestRebuild(store.sql, ['inventory_view'], 'admin-1');
  await ended();
  const rebuild = await latest();
  expect(rebuild.state).toBe('failed');
  expect(rebuild.error).toBe('inventory_view_v1: 7 rows were rebuilt where 8 are live. The live tables stay.');
  expect(await side.sql`select 1 from read.inventory_view_v1 where sku = 'GHOST'`).toHaveLength(1);
  const left = await side.sql`select tablename from pg_tables where schemaname = 'read' and tablename like '%rebuild'`;
  expect(left).toHaveLength(0);
});

test('a rebuild can be paused, goes on, and can be canceled without a trace', async () => {
  await open(30);
  const before = await allContents();
  const rebuildId = await requestRebuild(store.sql, ['order_history'], 'admin-1');
  await pauseRebuild(store.sql, rebuildId, true);
  startRebuilder();
  await eventually(async () => (await latest()).startedAt !== null);
  const names = async () => (await readCheckpoints(store.sql)).map(({ consumer }) => consumer);
  await eventually(async () => (await names()).includes('order_history (rebuild)'));
  expect((await latest()).state).toBe('scanning');
  await cancelRebuild(store.sql, rebuildId);
  await ended();
  expect((await latest()).state).toBe('canceled');
  expect(await names()).not.toContain('order_history (rebuild)');
  expect(await allContents()).toEqual(before);

  const again = await requestRebuild(store.sql, ['order_history'], 'admin-1');
  await pauseRebuild(store.sql, again, true);
  await eventually(async () => (await latest()).state === 'scanning');
  await pauseRebuild(store.sql, again, false);
  await ended();
  expect((await latest()).state).toBe('done');
});

test('readers of the live tables never see an error or an empty table while they are swapped', async () => {
  await open(40);
  startRebuilder();
  let reading = true;
  const counts = new Set<number>();
  const app = store.client('app', 2);
  const reader = (async () => {
    while (reading) {
      const [row] = await app<{ count: number }[]>`select count(*) as count from read.order_status_v2`;
      counts.add(Number(row?.count));
    }
  })();
  for (let round = 0; round < 3; round += 1) {
    await requestRebuild(store.sql, ['order_status'], 'admin-1');
    await ended();
    expect((await latest()).error).toBeNull();
  }
  reading = false;
  await reader;
  expect([...counts]).toEqual([40]);
});
