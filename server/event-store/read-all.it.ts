import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '#db/testing/test-database.ts';
import { beginning, comparePositions, type StorePosition } from '#domain/shared/store-position.ts';
import { createContiguityCheck } from './contiguity.ts';
import { readHorizon } from './horizon.ts';
import { openTestStore, type TestStore } from './testing/test-store.ts';
import {
  command,
  inventoryStream,
  newSku,
  orderConfirmed,
  orderStream,
  paymentVoided,
  receiving,
  stockReceived,
  unit,
} from './testing/units.ts';

let at: TestStore;
beforeAll(async () => {
  at = await openTestStore();
});
afterAll(() => at.close());

const readEverything = async (after: StorePosition = beginning, limit = 300) => {
  const all = [];
  let position = after;
  for (;;) {
    const { events, readTo, more } = await at.store.readAll(position, limit);
    all.push(...events);
    position = readTo;
    if (!more) return { events: all, readTo: position };
  }
};

// Transactions of other test files share the cluster, and hold the horizon back for moments.
const readableAfter = (after: StorePosition, count: number) =>
  expect
    .poll(async () => (await at.store.readAll(after, 10_000)).events.length, { interval: 10, timeout: 10_000 })
    .toBe(count);

describe('the horizon', () => {
  test.each(['the same', 'another'])(
    'a write transaction left open in %s database holds back what comes after it, and is named',
    async (which) => {
      const start = await at.store.head();
      const other = which === 'another' ? await createTestDatabase() : null;
      const open = postgres(other?.appUrl ?? at.database.appUrl, {
        max: 1,
        connection: { application_name: `left-open-${which.length}` },
      });
      let finish = (): void => undefined;
      const finished = new Promise<void>((resolve) => {
        finish = resolve;
      });
      let opened = (_: { pid: number; xid: number }): void => undefined;
      const begun = new Promise<{ pid: number; xid: number }>((resolve) => {
        opened = resolve;
      });
      const transaction = open.begin(async (tx) => {
        const [row] = await tx<{ pid: number; xid: string }[]>`
        select pg_backend_pid() as pid, pg_current_xact_id()::text as xid`;
        opened({ pid: row?.pid ?? 0, xid: Number(row?.xid) });
        await finished;
      });
      const { pid, xid } = await begun;

      const sku = newSku();
      const [outcome] = await at.store.append([receiving(sku, 0)]);
      expect(outcome?.status).toBe('appended');
      const held = await at.store.readAll(start, 100);
      expect(held.events).toEqual([]);
      expect(held.readTo.transactionId).toBeLessThanOrEqual(xid);
      expect((await at.store.head()).transactionId).toBeLessThanOrEqual(xid);

      const report = await readHorizon(at.sql);
      expect(report.blockers.find((blocker) => blocker.pid === pid)).toMatchObject({
        kind: 'session',
        database: other?.name ?? at.database.name,
        name: `left-open-${which.length}`,
        state: 'idle in transaction',
      });
      expect(report.ageMs).toBeGreaterThan(0);

      finish();
      await transaction;
      await readableAfter(held.readTo, 1);
      await open.end({ timeout: 1 });
      await other?.drop();
    },
  );

  test('a reader that starts from now sees what was above the horizon when it started', async () => {
    const open = at.client('app', 1);
    let late: StorePosition | undefined;
    await open.begin(async (tx) => {
      await tx`select pg_current_xact_id()`;
      await at.store.append([receiving(newSku(), 0)]);
      late = await at.store.head();
    });
    if (!late) throw new Error('no head');
    await readableAfter(late, 1);
  });

  test('an aborted append leaves nothing behind, and readers go past its place', async () => {
    const start = await at.store.head();
    const sku = newSku();
    const trigger = at.client('owner', 1);
    await trigger.unsafe(`
      create function es.explode() returns trigger language plpgsql as
        $$ begin if new.stream_id = '${inventoryStream(sku)}' then raise exception 'boom'; end if; return new; end $$;
      create trigger explode after insert on es.events for each row execute function es.explode();`);
    await expect(at.store.append([receiving(sku, 0)])).rejects.toThrow('boom');
    await trigger.unsafe('drop trigger explode on es.events; drop function es.explode()');
    await at.store.append([receiving(sku, 0)]);
    await readableAfter(start, 1);
    expect(await at.store.readStream(inventoryStream(sku))).toHaveLength(1);
  });

  test('an idle store is read up to its last event, however many transactions come after it', async () => {
    const [outcome] = await at.store.append([receiving(newSku(), 0)]);
    if (outcome?.status !== 'appended') throw new Error('not appended');
    const token = outcome.commands[0]?.token ?? beginning;
    await expect.poll(async () => (await readEverything()).readTo, { interval: 10, timeout: 10_000 }).toEqual(token);
    await at.sql`select pg_current_xact_id()`;
    expect((await readEverything()).readTo).toEqual(token);
    expect((await at.store.readAll(token, 10)).readTo).toEqual(token);
  });
});

test('5,000 events of interleaved writers reach a following reader once each, in order, none skipped', async () => {
  const fresh = await openTestStore();
  const total = 5_000;
  const writers = [fresh.store, fresh.another().store, fresh.another({}, 'worker').store];
  const skus = Array.from({ length: 40 }, newSku);
  let written = 0;
  const answered: string[] = [];
  const write = async (nth: number) => {
    const store = writers[nth % writers.length] ?? fresh.store;
    for (let round = 0; written < total; round += 1) {
      const some = [skus[(nth * 7 + round) % skus.length], skus[(nth + round * 3) % skus.length]] as string[];
      written += 10;
      const sent = unit([], [command(some.flatMap((sku) => Array.from({ length: 5 }, () => stockReceived(sku))))]);
      const outcome = round % 2 === 0 ? (await store.append([sent]))[0] : await store.appendGrouped(sent);
      if (outcome?.status !== 'appended') throw new Error(`not appended: ${outcome?.status}`);
      answered.push(...outcome.commands.flatMap(({ events }) => events.map(({ eventId }) => eventId)));
    }
  };
  const writing = Promise.all(Array.from({ length: 12 }, (_, nth) => write(nth)));

  const check = createContiguityCheck(fresh.sql, 10); // smaller than the number of streams: look-ups take part
  const seen: string[] = [];
  let position = beginning;
  let last: StorePosition = beginning;
  let inverted = 0;
  while (seen.length < total) {
    const { events, readTo } = await fresh.store.readAll(position, 137);
    await check.check(events);
    for (const event of events) {
      if (comparePositions(last, event.at) >= 0) inverted += 1;
      last = event.at;
      seen.push(event.eventId);
    }
    expect(comparePositions(readTo, position)).toBeGreaterThanOrEqual(0);
    position = readTo;
  }
  await writing;
  expect({ inverted, doubled: seen.length - new Set(seen).size }).toEqual({ inverted: 0, doubled: 0 });
  expect([...seen].sort()).toEqual([...answered].sort());
  await fresh.close();
});

test('older incarnations are read wholly, even above the horizon, and stand before the current one', async () => {
  const fresh = await openTestStore();
  const owner = fresh.client('owner', 1);
  const [older] = await fresh.store.append([receiving(newSku(), 0)]);
  await owner`
    insert into es.store_identity (incarnation, system_identifier, timeline_id)
    select 2, system_identifier, timeline_id from es.store_identity`;
  // As after a dump that came from a cluster whose transaction ids had gone further.
  await owner`
    insert into es.events (incarnation, transaction_id, version, event_id, occurred_at, recorded_at, schema_version,
      stream_id, stream_type, order_key, type, origin, data, metadata)
    select 1, '999999999', 2, gen_random_uuid(), occurred_at, recorded_at, schema_version, stream_id, stream_type,
      order_key, type, origin, data, metadata from es.events`;
  const [newer] = await fresh.store.append([receiving(newSku(), 0)]);
  if (older?.status !== 'appended' || newer?.status !== 'appended') throw new Error('not appended');
  const read = async () => (await fresh.store.readAll(beginning, 100)).events.map(({ at: place }) => place.incarnation);
  await expect.poll(read, { interval: 10, timeout: 10_000 }).toEqual([1, 1, 2]);
  expect(newer.commands[0]?.token.incarnation).toBe(2);
  await fresh.close();
});

test('an order is read in store order over all its streams', async () => {
  const orderId = randomUUID();
  const paymentId = randomUUID();
  for (const event of [orderConfirmed(orderId), paymentVoided(orderId, paymentId), orderConfirmed(orderId)]) {
    await at.store.append([unit([], [command([event])])]);
  }
  const events = await at.store.readOrder(orderId);
  expect(events.map(({ streamId, version }) => [streamId, version])).toEqual([
    [orderStream(orderId), 1],
    [`payment-${paymentId}`, 1],
    [orderStream(orderId), 2],
  ]);
  expect(events.map(({ orderKey }) => orderKey)).toEqual([orderId, orderId, orderId]);
});

test('a stream is read from a version on', async () => {
  const sku = newSku();
  await at.store.append([unit([], [command([1, 2, 3, 4].map((quantity) => stockReceived(sku, quantity)))])]);
  const events = await at.store.readStream(inventoryStream(sku), 3);
  expect(events.map(({ version, event }) => [version, event])).toEqual([
    [3, stockReceived(sku, 3)],
    [4, stockReceived(sku, 4)],
  ]);
});

test('reading on scans one index between both bounds, without a sort', async () => {
  const plan = await at.sql.unsafe<{ 'QUERY PLAN': string }[]>(`
    explain (generic_plan)
    select * from (
      select max(incarnation) as incarnation, pg_snapshot_xmin(pg_current_snapshot()) as transaction_id
      from es.store_identity
    ) as edge
    left join lateral (
      select * from es.events as event
      where (event.incarnation, event.transaction_id, event.position) > ($1::int, $2::xid8, $3::bigint)
        and (event.incarnation, event.transaction_id) < (edge.incarnation, edge.transaction_id)
      order by event.incarnation, event.transaction_id, event.position
      limit $4
    ) as event on true`);
  const text = plan.map((row) => row['QUERY PLAN']).join('\n');
  expect(text).toMatch(/Index Scan using events_in_order/);
  expect(text).toMatch(
    /Index Cond: .*ROW\(incarnation, transaction_id, "position"\).*ROW\(incarnation, transaction_id\)/,
  );
  expect(text).not.toMatch(/Sort/);
});
