import { afterEach, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import type { Projection, ReadEvent } from '#server/projections/define-projection.ts';
import { fulfillmentQueue } from '#server/projections/fulfillment-queue.ts';
import { inventoryView } from '#server/projections/inventory-view.ts';
import { orderHistory } from '#server/projections/order-history.ts';
import { orderSearch } from '#server/projections/order-search.ts';
import { orderStatus, orderStatusFold } from '#server/projections/order-status.ts';
import { projections } from '#server/projections/registry.ts';
import { idOf, interleaved, openingStock, orderLife, type TimedEvent } from '#server/projections/testing/histories.ts';
import { rowOf } from '#server/projections/testing/row-after.ts';
import { createCheckpointNotifier, readCheckpoints } from './checkpoints.ts';
import { acquireLease, releaseLease } from './leases.ts';
import { listParked, parkedOf, retryParked, skipParked } from './parked.ts';
import { liveTarget } from './projection-target.ts';
import { createProjectionWriter } from './projection-writer.ts';
import { readAllSafely } from './read-safely.ts';
import { appendLife, caughtUp, eventually, insertEvents, type ReadSide, startReadSide } from './testing/worker-rig.ts';
import { LeaseLost } from './write-batch.ts';

let store: TestStore;
let sides: ReadSide[] = [];

const open = async (): Promise<TestStore> => {
  store = await openTestStore();
  return store;
};
const start = async (...options: Parameters<typeof startReadSide> extends [unknown, ...infer Rest] ? Rest : never) => {
  const side = await startReadSide(store, ...options);
  sides.push(side);
  return side;
};
afterEach(async () => {
  await Promise.all(sides.map((side) => side.stop()));
  sides = [];
  await store.close();
});

const orderIdOf = (seed: number) => idOf(`order ${seed}`);
const lives = (count: number, from = 0) => Array.from({ length: count }, (_, nth) => orderLife({ seed: from + nth }));
const beginning = { incarnation: 0, transactionId: 0, position: 0 };

test('folds a batch of mixed orders to the rows that a fold of each one alone gives', async () => {
  const { sql, codec } = await open();
  await insertEvents(sql, [...openingStock(), ...interleaved(lives(30), 7)]);
  const side = await start();
  await caughtUp(sql);
  expect(side.errors).toEqual([]);
  const { events } = await readAllSafely(sql, codec, beginning, 10_000);
  for (const seed of [0, 3, 17, 29]) {
    const own = events.filter(({ orderKey }) => orderKey === orderIdOf(seed));
    const folded = rowOf(orderStatusFold, own);
    const [row] = await sql`
      select order_number, order_status, payment_status, fulfillment_status, position, waybill
      from read.order_status_v2 where order_key = ${orderIdOf(seed)}`;
    expect({ ...row }).toEqual({
      order_number: folded?.orderNumber,
      order_status: folded?.orderStatus,
      payment_status: folded?.paymentStatus,
      fulfillment_status: folded?.fulfillmentStatus,
      position: folded?.position,
      waybill: folded?.waybill,
    });
  }
  const [history] = await sql`select count(*)::int as count from read.order_history_v1`;
  expect(history?.count).toBe(events.length);
});

test('goes on where it stopped: events appended while no worker ran are folded once', async () => {
  const { sql } = await open();
  await appendLife(store, openingStock().slice(0, 3));
  const first = await start({ projections: [inventoryView] });
  await caughtUp(sql, [inventoryView]);
  await first.stop();
  sides = [];
  await appendLife(store, openingStock().slice(0, 3));
  await start({ projections: [inventoryView] });
  await caughtUp(sql, [inventoryView]);
  const [row] = await sql`select on_hand, version from read.inventory_view_v1 where sku = 'CANDLE-1'`;
  expect({ ...row }).toEqual({ on_hand: 600_000, version: 6 });
});

test('a row that an event leaves as it was is not written', async () => {
  const { sql } = await open();
  const life = orderLife({ seed: 4 });
  await appendLife(store, life);
  await start({ projections: [orderSearch, fulfillmentQueue] });
  await caughtUp(sql, [orderSearch, fulfillmentQueue]);
  const versions = () => sql`
    select (select xmin::text from read.order_search_v2) as search, (select xmin::text from read.order_search_words_v2) as text`;
  const [before] = await versions();
  const note = {
    type: 'NotificationSent',
    orderId: orderIdOf(4),
    notificationId: idOf('note'),
    template: 'order-confirmed',
  };
  await appendLife(store, [{ event: note as unknown as TimedEvent['event'], occurredAt: '2026-11-01T00:00:00.000Z' }]);
  await caughtUp(sql, [orderSearch, fulfillmentQueue]);
  expect((await versions())[0]).toEqual(before);
});

test('a change of status writes the filters and leaves the text table untouched', async () => {
  const { sql } = await open();
  const life = orderLife({ seed: 4 }).slice(0, 1);
  await appendLife(store, life);
  await start({ projections: [orderSearch] });
  await caughtUp(sql, [orderSearch]);
  const read = async () => {
    const [row] = await sql`
      select filters.order_status, filters.xmin::text as filters, text.xmin::text as text
      from read.order_search_v2 as filters join read.order_search_words_v2 as text using (order_key)`;
    return row;
  };
  const before = await read();
  const confirmed = { type: 'OrderConfirmed', orderId: orderIdOf(4) } as unknown as TimedEvent['event'];
  await appendLife(store, [{ event: confirmed, occurredAt: '2026-11-01T00:00:00.000Z' }]);
  await caughtUp(sql, [orderSearch]);
  const after = await read();
  expect(after).toMatchObject({ order_status: 'confirmed', text: before?.text });
  expect(after?.filters).not.toBe(before?.filters);
});

type AnyRow = Readonly<Record<string, unknown>> | undefined;

/** The inventory view with something done to each row that it folds. */
const tampered = (tamper: (after: AnyRow, event: ReadEvent) => AnyRow): Projection => ({
  ...inventoryView,
  folds: inventoryView.folds.map((fold) =>
    fold.form === 'log'
      ? fold
      : { ...fold, evolve: (row: AnyRow, event: ReadEvent) => tamper(fold.evolve(row, event), event) },
  ),
});

test('poison parks its own key, the others go on, and a retry heals it', async () => {
  const { sql } = await open();
  await appendLife(store, openingStock());
  let broken = true;
  const projection = tampered((after, { streamId, version }) => {
    if (broken && streamId === 'inventory-MUG-2' && version >= 2) throw new Error('a mug broke');
    return after;
  });
  const side = await start({ projections: [projection] });
  await caughtUp(sql, [projection]);
  const onHand = async () => {
    const rows = await sql<{ sku: string; on_hand: number }[]>`
      select sku, on_hand from read.inventory_view_v1 where sku in ('MUG-2', 'TEA-3') order by sku`;
    return rows.map(({ on_hand }) => on_hand);
  };
  expect(await onHand()).toEqual([100_000, 300_000]); // the mug stands at the event before the poison
  const [parked] = await listParked(sql);
  expect(parked).toMatchObject({
    sourceKey: 'inventory-MUG-2',
    error: 'a mug broke',
    attempts: 1,
    fold: 'inventory_view',
  });
  if (!parked) throw new Error('Nothing is parked');
  // A read of it can say so.
  expect(await parkedOf(store.sql, 'inventory-MUG-2')).toEqual([parked]);
  expect(await parkedOf(store.sql, 'inventory-TEA-3')).toEqual([]);

  // Later events of the key queue behind it; a retry of what is still broken changes nothing but the count.
  await appendLife(store, openingStock());
  await caughtUp(sql, [projection]);
  expect(await onHand()).toEqual([100_000, 600_000]);
  await retryParked(store.sql, parked);
  await eventually(async () => (await listParked(sql))[0]?.attempts === 2);
  expect(await onHand()).toEqual([100_000, 600_000]);

  broken = false;
  await retryParked(store.sql, parked);
  await eventually(async () => (await listParked(sql)).length === 0);
  expect(await onHand()).toEqual([600_000, 600_000]);
  await appendLife(store, openingStock());
  await caughtUp(sql, [projection]);
  expect(await onHand()).toEqual([900_000, 900_000]);
  expect(side.errors).toEqual([]);
});

test('a skipped event is left out, with its reason, and the key goes on', async () => {
  const { sql } = await open();
  await appendLife(store, openingStock());
  const second = await sql`select event_id from es.events where stream_id = 'inventory-MUG-2' and version = 2`;
  const poisonId = String(second[0]?.event_id);
  const projection = tampered((after, event) => {
    if (event.eventId === poisonId) throw new Error('unreadable by this release');
    return after;
  });
  await start({ projections: [projection] });
  await caughtUp(sql, [projection]);
  const [parked] = await listParked(sql);
  if (!parked) throw new Error('Nothing is parked');
  await skipParked(store.sql, parked, 'counted twice by the old till', 'admin-1');
  await eventually(async () => (await listParked(sql)).length === 0);
  const [row] = await sql`select on_hand from read.inventory_view_v1 where sku = 'MUG-2'`;
  expect(row?.on_hand).toBe(200_000);
  const [skipped] = await sql`select reason, skipped_by, event_id from read.skipped`;
  expect({ ...skipped }).toEqual({
    reason: 'counted twice by the old till',
    skipped_by: 'admin-1',
    event_id: poisonId,
  });
});

test('a row that its table refuses parks its key alone', async () => {
  const { sql } = await open();
  await appendLife(store, openingStock());
  const refusing = tampered((after, { streamId }) =>
    streamId === 'inventory-TEA-3' ? { ...after, onHand: 'not a number' } : after,
  );
  await start({ projections: [refusing] });
  await caughtUp(sql, [refusing]);
  expect((await listParked(sql)).map(({ sourceKey }) => sourceKey)).toEqual(['inventory-TEA-3']);
  const rows = await sql`select sku from read.inventory_view_v1`;
  expect(rows).toHaveLength(6);
});

test('an event that cannot be read parks its order, and no other', async () => {
  const { sql } = await open();
  await insertEvents(sql, interleaved(lives(4)));
  const order = orderIdOf(2);
  await sql`
    insert into es.events (incarnation, version, event_id, occurred_at, recorded_at, schema_version, stream_id,
      stream_type, order_key, type, origin, data, metadata)
    select 1, max(version) + 1, gen_random_uuid(), now(), now(), 99, stream_id, 'order', order_key, 'OrderConfirmed', 'live',
      ${sql.json({ orderId: order })}, (array_agg(metadata))[1]
    from es.events where stream_id = ${`order-${order}`} group by stream_id, order_key`;
  await insertEvents(sql, interleaved(lives(4, 4)));
  await start({ projections: [orderStatus, orderHistory] });
  await caughtUp(sql, [orderStatus, orderHistory]);
  const parked = await listParked(sql);
  expect(parked.map(({ projection, sourceKey }) => [projection, sourceKey])).toEqual(
    expect.arrayContaining([
      ['order_status', order],
      ['order_history', order],
    ]),
  );
  expect(parked).toHaveLength(2);
  const [count] = await sql`select count(*)::int as count from read.order_status_v2`;
  expect(count?.count).toBe(8);
});

test('the holder of an old lease cannot write: neither rows nor checkpoint', async () => {
  const { sql, codec } = await open();
  await appendLife(store, openingStock());
  const worker = store.another({}, 'worker').sql;
  const request = { consumer: 'inventory_view', version: 1, ttlMs: 60_000 };
  const old = await acquireLease(worker, { ...request, holder: 'one' });
  if (!old) throw new Error('No lease');
  const paused = await createProjectionWriter({
    sql: worker,
    codec,
    target: liveTarget(inventoryView),
    lease: old.lease,
    at: old.at,
  });
  expect(await acquireLease(worker, { ...request, holder: 'two' })).toBeNull();
  // The time of the first runs out while it is paused.
  await worker`update read.checkpoints set lease_expires_at = clock_timestamp() - interval '1 second'`;
  const fresh = await acquireLease(worker, { ...request, holder: 'two' });
  expect(fresh?.lease.token).toBe(old.lease.token + 1);
  const page = await readAllSafely(sql, codec, old.at, 100);
  await expect(paused.apply(page)).rejects.toBeInstanceOf(LeaseLost);
  expect(await sql`select sku from read.inventory_view_v1`).toHaveLength(0);
  expect((await readCheckpoints(sql))[0]).toMatchObject({ at: beginning, holder: 'two' });
});

test('a lease that was given back goes to the next at once', async () => {
  const { sql: _app } = await open();
  const worker = store.another({}, 'worker').sql;
  const request = { consumer: 'analytics', version: 1, ttlMs: 60_000 };
  const first = await acquireLease(worker, { ...request, holder: 'one' });
  if (!first) throw new Error('No lease');
  await releaseLease(worker, first.lease);
  expect(await acquireLease(worker, { ...request, holder: 'two' })).not.toBeNull();
});

test('rows and checkpoint are written together: a connection cut in between leaves neither', async () => {
  const { sql } = await open();
  await appendLife(store, openingStock());
  const owner = store.client('owner', 1);
  // Holds the write between checkpoint and rows, for ever, once.
  await owner.unsafe(`
    create table public.stall (on_duty boolean);
    insert into public.stall values (true);
    grant all on public.stall to waybill_worker;
    grant usage on schema public to waybill_worker;
    set role waybill_worker;
    create function read.stall() returns trigger language plpgsql as $$
    begin
      if exists (select from public.stall) then perform pg_sleep(600); end if;
      return new;
    end $$;
    create trigger stall before insert on read.inventory_view_v1 for each row execute function read.stall();
    reset role`);
  await start({ projections: [inventoryView] });
  const superuser = store.client('superuser', 1);
  const stalled = async () => {
    const rows = await superuser<{ pid: number }[]>`
      select pid from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;
    return rows[0]?.pid;
  };
  await eventually(async () => (await stalled()) !== undefined);
  await owner`delete from public.stall`;
  await superuser`select pg_terminate_backend(${(await stalled()) ?? 0})`;
  await caughtUp(sql, [inventoryView]);
  const rows = await sql`select on_hand from read.inventory_view_v1`;
  expect(rows.map((row) => row.on_hand)).toEqual(Array.from({ length: 7 }, () => 300_000));
  const [checkpoint] = await readCheckpoints(sql);
  expect(checkpoint?.events).toBe(28);
});

test('two workers share the leases, and one takes over what the other leaves', async () => {
  const { sql } = await open();
  const one = await start({ holder: 'worker-1', leaseTtlMs: 3_000 });
  await eventually(
    async () => (await readCheckpoints(sql)).filter(({ holder }) => holder).length === projections.length,
  );
  await start({ holder: 'worker-2', leaseTtlMs: 3_000 });
  await insertEvents(sql, [...openingStock(), ...interleaved(lives(10))]);
  await caughtUp(sql);
  expect(new Set((await readCheckpoints(sql)).map(({ holder }) => holder))).toEqual(new Set(['worker-1']));
  await one.stop();
  sides = sides.filter((side) => side !== one);
  await eventually(async () => (await readCheckpoints(sql)).every(({ holder }) => holder === 'worker-2'));
  await insertEvents(sql, interleaved(lives(10, 10)));
  await caughtUp(sql);
  const [history] = await sql`select count(*)::int as count from read.order_history_v1`;
  const [events] = await sql`select count(*)::int as count from es.events`;
  expect(history?.count).toBe(events?.count);
});

test('a log writes each event once, even when its worker starts anew in the middle', async () => {
  const { sql } = await open();
  await insertEvents(sql, [...openingStock(), ...interleaved(lives(40))]);
  const first = await start({ projections: [orderHistory], batchMax: 20 });
  await eventually(
    async () => Number((await sql`select count(*)::int as count from read.order_history_v1`)[0]?.count) > 50,
  );
  await first.stop();
  sides = [];
  await start({ projections: [orderHistory] });
  await caughtUp(sql, [orderHistory]);
  const [both] = await sql`
    select (select count(*)::int from read.order_history_v1) as history, (select count(*)::int from es.events) as events`;
  expect(both?.history).toBe(both?.events);
});

test('the notification of moved checkpoints names each consumer once, with its last position', async () => {
  const { sql } = await open();
  const heard: string[] = [];
  await sql.listen('waybill_checkpoints', (payload) => void heard.push(payload));
  const notifier = createCheckpointNotifier(sql);
  for (let position = 1; position <= 50; position += 1)
    notifier.moved('order_status', 1, { incarnation: 1, transactionId: 9, position });
  await eventually(async () => heard.some((payload) => payload.includes('1.9.50')));
  await notifier.close();
  expect(heard.length).toBeLessThanOrEqual(3);
  expect(JSON.parse(heard.at(-1) ?? '')).toEqual([['order_status', 1, '1.9.50']]);
});
