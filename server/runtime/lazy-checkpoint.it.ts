import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#db/clients.ts';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import type { Projection, RowFold } from '#server/projections/define-projection.ts';
import { fulfillmentQueue } from '#server/projections/fulfillment-queue.ts';
import { inventoryView } from '#server/projections/inventory-view.ts';
import { openingStock, orderLife } from '#server/projections/testing/histories.ts';
import { type Checkpoint, readCheckpoints } from './checkpoints.ts';
import { createCheckpointMover, createLazyCheckpoint, type MoveCheckpoint } from './lazy-checkpoint.ts';
import { acquireLease, type Lease } from './leases.ts';
import { liveTarget } from './projection-target.ts';
import { createProjectionWriter } from './projection-writer.ts';
import { readAllSafely } from './read-safely.ts';
import { appendLife } from './testing/worker-rig.ts';
import { LeaseLost } from './write-batch.ts';

let store: TestStore;
let sql: Database;
let move: MoveCheckpoint;
beforeAll(async () => {
  store = await openTestStore();
  sql = store.another({}, 'worker').sql;
  move = createCheckpointMover(sql);
});
afterAll(() => store.close());

const beginning = { incarnation: 0, transactionId: 0, position: 0 };
const place = (position: number) => ({ incarnation: 1, transactionId: 5, position });

const leaseOf = async (consumer: string, version = 1): Promise<Lease> => {
  const acquired = await acquireLease(sql, { consumer, version, holder: 'one', ttlMs: 60_000 });
  if (!acquired) throw new Error('No lease');
  return acquired.lease;
};
const checkpointOf = async (consumer: string): Promise<Checkpoint | undefined> =>
  (await readCheckpoints(sql)).find((each) => each.consumer === consumer);

test('many consumers move at once, each where it stands and with its own lease', async () => {
  const [sound, lost, elsewhere] = await Promise.all(['sound', 'lost', 'elsewhere'].map((name) => leaseOf(name)));
  if (!sound || !lost || !elsewhere) throw new Error('No leases');
  await sql`update read.checkpoints set lease_token = lease_token + 1 where consumer = 'lost'`;
  const moved = await Promise.all([
    move({ lease: sound, from: beginning, to: place(7), events: 7 }),
    move({ lease: lost, from: beginning, to: place(7), events: 7 }),
    move({ lease: elsewhere, from: place(3), to: place(7), events: 7 }),
  ]);
  expect(moved).toEqual([true, false, false]);
  expect(await checkpointOf('sound')).toMatchObject({ at: place(7), events: 7 });
  expect(await checkpointOf('lost')).toMatchObject({ at: beginning, events: 0 });
  expect(await checkpointOf('elsewhere')).toMatchObject({ at: beginning, events: 0 });
});

test('what is owed is due within a moment, and no longer once a write has moved past it', async () => {
  const checkpoint = createLazyCheckpoint({ move, lease: await leaseOf('owing'), at: beginning, everyMs: 1_000 });
  expect(checkpoint.dueInMs()).toBe(Number.POSITIVE_INFINITY);
  checkpoint.pass(place(2), 2);
  checkpoint.pass(place(5), 3);
  expect(checkpoint.dueInMs()).toBeLessThanOrEqual(1_500);
  expect([checkpoint.stored(), checkpoint.owed()]).toEqual([beginning, 5]);
  expect(await checkpoint.flush()).toBe(true);
  expect([checkpoint.stored(), checkpoint.owed()]).toEqual([place(5), 0]);
  expect(await checkpointOf('owing')).toMatchObject({ at: place(5), events: 5 });
  checkpoint.pass(place(6), 1);
  checkpoint.written(place(8));
  expect([checkpoint.stored(), checkpoint.owed(), checkpoint.dueInMs()]).toEqual([
    place(8),
    0,
    Number.POSITIVE_INFINITY,
  ]);
});

/** A writer of a projection with a lease of its own; `again` stands for one that begins anew, after a crash. */
const writerOf = async (projection: Projection) => {
  const lease = await leaseOf(projection.name, projection.version);
  const at = (await checkpointOf(projection.name))?.at ?? beginning;
  const { codec } = store;
  const writer = await createProjectionWriter({ sql, codec, target: liveTarget(projection), lease, at, move });
  const feed = async () => writer.apply(await readAllSafely(sql, codec, writer.at(), 1_000));
  return { writer, feed, lease };
};

test('what changes nothing is passed without a write; its checkpoint follows, and counts it', async () => {
  const { writer, feed, lease } = await writerOf(fulfillmentQueue);
  await appendLife(store, openingStock());
  await feed();
  const stock = openingStock().length;
  expect(writer.at().position).toBeGreaterThanOrEqual(stock);
  expect(await checkpointOf('fulfillment_queue')).toMatchObject({ at: beginning, events: 0 });
  await writer.flush();
  expect(await checkpointOf('fulfillment_queue')).toMatchObject({ at: writer.at(), events: stock });
  // A write takes along what is owed.
  await appendLife(store, openingStock());
  await feed();
  const life = orderLife({ seed: 1 });
  await appendLife(store, life);
  await feed();
  expect(await checkpointOf('fulfillment_queue')).toMatchObject({ at: writer.at(), events: 2 * stock + life.length });
  // Who has lost the lease finds out when he flushes.
  await appendLife(store, openingStock());
  await feed();
  await sql`update read.checkpoints set lease_token = lease_token + 1 where consumer = ${lease.consumer}`;
  await expect(writer.flush()).rejects.toBeInstanceOf(LeaseLost);
});

/** The inventory view, adding up what it sees; it fails until told to work. */
const adding = (works: () => boolean): Projection => ({
  ...inventoryView,
  folds: inventoryView.folds.map((fold) => {
    if (fold.form === 'log') return fold;
    const evolve: RowFold['evolve'] = (row, event) => {
      if (!works()) throw new Error('Not yet');
      return fold.evolve(row, event);
    };
    return { ...fold, evolve } as typeof fold;
  }),
});

test('a row that waited is folded once, though its worker dies right after it was freed', async () => {
  let works = false;
  const projection = adding(() => works);
  const [first, second] = openingStock();
  if (!first || !second || !('sku' in first.event)) throw new Error('No stock');
  const { sku } = first.event;
  const ofSku = openingStock().filter(({ event }) => 'sku' in event && event.sku === sku);
  const one = await writerOf(projection);
  await appendLife(store, ofSku);
  await one.feed();
  expect(one.writer.parkedCount()).toBeGreaterThan(0);
  // Behind what is parked nothing changes: passed, and owed.
  await appendLife(store, ofSku);
  await one.feed();
  works = true;
  await one.writer.refold(`inventory-${sku}`, []);
  const folded = async () => (await sql`select * from read.inventory_view_v1 where sku = ${sku}`)[0];
  const before = await folded();
  const next = await writerOf(projection);
  await next.feed();
  await next.writer.flush();
  expect(await folded()).toEqual(before);
});
