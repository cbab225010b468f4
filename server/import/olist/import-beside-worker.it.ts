import { createSecretKey } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '#db/clients.ts';
import { silentCarrier } from '#server/adapters/carrier.ts';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { allProcesses } from '#server/processes/registry.ts';
import { projections } from '#server/projections/registry.ts';
import { acquireLease } from '#server/runtime/leases.ts';
import { createProcessRunner, processConsumer } from '#server/runtime/process-runner.ts';
import { type ReadSide, startReadSide } from '#server/runtime/testing/worker-rig.ts';
import { areProjectionsDriven, untilNear, untilProjected } from '../follow-projections.ts';
import { importOlist } from './import-olist.ts';
import type { ImportReport } from './report.ts';
import { fixtureFolder, olistId } from './testing/fixture.ts';

let at: TestStore;
let readSide: ReadSide;
let report: ImportReport;
let before: Readonly<Record<string, string>>;

/** A checksum of every row of every table in these schemas. */
const checksums = async (sql: Database, schemas: readonly string[]): Promise<Record<string, string>> => {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = any(${schemas as string[]}) order by 1`;
  const sums: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await sql.unsafe<{ sum: string }[]>(
      `select count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${name} as t`,
    );
    sums[name] = row?.sum ?? '';
  }
  return sums;
};

const untouchable = ['shop', 'gateway', 'mail', 'proc', 'auth'];

/** Lets every process react to all that is in the store, as the worker does. */
const runProcesses = async (): Promise<number> => {
  const { sql, store } = at.another({}, 'worker');
  const runner = createProcessRunner({
    sql,
    runtime: { store, commandHmacKey: createSecretKey(Buffer.alloc(32, 9)) },
    processes: allProcesses(silentCarrier),
    log: { warn: () => undefined, error: () => undefined },
  });
  const held = await acquireLease(sql, { ...processConsumer, holder: 'worker-1', ttlMs: 60_000 });
  if (!held) throw new Error('Nobody else runs processes here');
  let from = held.at;
  let handled = 0;
  for (;;) {
    const { events, readTo, more } = await store.readAll(from, 100);
    expect(await runner.handle({ events, readTo }, held.lease)).toBe('nothing');
    handled += events.length;
    from = readTo;
    if (!more) return handled;
  }
};

beforeAll(async () => {
  at = await openTestStore();
  before = await checksums(at.client('owner'), untouchable);
  readSide = await startReadSide(at);
  report = await importOlist({
    sql: at.sql,
    store: at.store,
    folder: fixtureFolder,
    untilProjected: () => untilProjected(at.sql),
  });
}, 60_000);
afterAll(async () => {
  await readSide.stop();
  await at.close();
});

test('stock, gateway, mailbox and process tables stay untouched, although the processes saw every event', async () => {
  const [row] = await at.sql<{ events: number }[]>`select count(*) as events from es.events`;
  expect(await runProcesses()).toBe(row?.events);
  expect(Object.keys(before).length).toBeGreaterThan(10);
  expect(await checksums(at.client('owner'), untouchable)).toEqual(before);
  const stock = await at.sql<{ rows: number }[]>`
    select count(*) as rows from es.events where stream_type = 'inventory'
    union all select count(*) from read.inventory_view_v1`;
  expect(stock.map(({ rows }) => rows)).toEqual([0, 0]);
});

test('the import waits until the projections have folded it, and says so', async () => {
  expect(await areProjectionsDriven(at.sql)).toBe(true);
  expect(report.projections).toMatchObject({ areCaughtUp: true, behind: [] });
  expect(report.run.eventsProjectedPerSecond).toBeGreaterThan(0);
});

test('where nobody drives the projections, it says which are behind rather than wait for ever', async () => {
  const alone = await openTestStore();
  await importOlist({ sql: alone.sql, store: alone.store, folder: fixtureFolder });
  expect(await areProjectionsDriven(alone.sql)).toBe(false);
  const followed = await untilProjected(alone.sql, 50);
  await alone.close();
  expect(followed.areCaughtUp).toBe(false);
  expect(followed.behind.map(({ projection }) => projection)).toContain('order_search');
});

describe('an import gives way to a worker that is behind', () => {
  let alone: TestStore;
  beforeEach(async () => {
    alone = await openTestStore();
    await importOlist({ sql: alone.sql, store: alone.store, folder: fixtureFolder });
  });
  afterEach(() => alone.close());

  /** A worker has all projections, and stands at the beginning. */
  const lead = (): Promise<unknown> =>
    Promise.all(
      projections.map(({ name, version }) =>
        acquireLease(alone.client('worker'), { consumer: name, version, holder: 'worker-1', ttlMs: 60_000 }),
      ),
    );
  /** All but one are done; that one has so many events before it. */
  const moveTo = async (eventsBehind: number): Promise<void> => {
    await alone.client('worker')`
      update read.checkpoints as checkpoint set
        incarnation = last.incarnation, transaction_id = last.transaction_id::text::bigint,
        position = last.position - case when consumer = 'order_search' then ${eventsBehind}::int else 0 end
      from (select incarnation, transaction_id, position from es.events order by position desc limit 1) as last`;
  };

  test('it waits until the slowest projection is near', async () => {
    await lead();
    let looks = 0;
    const pause = async (): Promise<void> => {
      looks += 1;
      await moveTo(looks < 3 ? 101 : 100);
    };
    await untilNear(alone.sql, { eventsMost: 100, pause });
    expect(looks).toBe(3);
  });

  test('it doesn’t wait where nobody works, nor for ever where nobody gets on', async () => {
    let looks = 0;
    const pause = async (): Promise<void> => {
      looks += 1;
    };
    await untilNear(alone.sql, { eventsMost: 0, pause });
    expect(looks).toBe(0);
    await lead();
    await untilNear(alone.sql, { eventsMost: 0, patienceMs: 30, pause });
    expect(looks).toBeGreaterThan(0);
  });
});

test('an import asks before every further batch whether it is welcome', async () => {
  const alone = await openTestStore();
  let asked = 0;
  const untilWelcome = async (): Promise<void> => {
    asked += 1;
    if (asked === 3) throw new Error('not now');
  };
  const importing = importOlist({
    sql: alone.sql,
    store: alone.store,
    folder: fixtureFolder,
    batchOrdersMax: 5,
    inFlightMax: 1,
    untilWelcome,
  });
  await expect(importing).rejects.toThrow('not now');
  const [row] = await alone.sql<{ orders: number }[]>`select count(distinct order_key) as orders from es.events`;
  await alone.close();
  // 50 are there to be had: what had begun is in, and nothing after it.
  expect(row?.orders).toBeLessThanOrEqual(15);
});

test('every projection folds every imported order, and parks none', async () => {
  expect(readSide.errors).toEqual([]);
  const counts = await at.client('worker')<{ rows: number }[]>`
    select count(*) as rows from read.parked
    union all select count(*) from read.order_status_v2`;
  expect(counts.map(({ rows }) => rows)).toEqual([0, 50]);
});

test('an imported order is found by its number in the source', async () => {
  const rows = await at.sql<{ order_number: string; order_status: string }[]>`
    select order_number, order_status from read.order_status_v2 where external_reference = ${olistId(12)}`;
  expect(rows).toEqual([{ order_number: 'BR-000012', order_status: 'canceled' }]);
});
