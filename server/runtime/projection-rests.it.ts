import { setTimeout as work } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { inventoryView } from '#server/projections/inventory-view.ts';
import { orderHistory } from '#server/projections/order-history.ts';
import { orderLife } from '#server/projections/testing/histories.ts';
import type { FeedConsumer } from './feeder.ts';
import { readAllSafely } from './read-safely.ts';
import { insertEvents, startReadSide } from './testing/worker-rig.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const workedMs = 60;

/** From the end of a batch to the beginning of the next, in ms, for a projection that has more to read. */
const restAfterBatch = async (load: Pick<FeedConsumer, 'isRush' | 'isToGiveWay'>): Promise<number> => {
  const { events } = await readAllSafely(
    store.sql,
    store.codec,
    { incarnation: 0, transactionId: 0, position: 0 },
    100,
  );
  const reads: number[] = [];
  let firstBatchMs = 0;
  const { promise: isRead, resolve } = Promise.withResolvers<void>();
  const feed: FeedConsumer = {
    read: async (after) => {
      firstBatchMs ||= side.runners[0]?.status().lastBatchMs ?? 0;
      if (reads.push(performance.now()) === 2) resolve();
      await work(workedMs);
      const [event] = events.slice(reads.length - 1);
      return event ? { events: [event], readTo: event.at, more: true } : { events: [], readTo: after, more: false };
    },
    waitBeyond: async () => work(workedMs),
    isCatchingUp: () => true,
    inTurn: (work) => work(),
    detach: () => undefined,
    ...load,
  };
  const feeder = { attach: () => feed, wake: () => undefined, run: async () => undefined, windowSize: () => 0 };
  const side = await startReadSide(store, { feeder, projections: [orderHistory], holder: crypto.randomUUID() });
  await isRead;
  await side.stop();
  expect(side.errors).toEqual([]);
  const [first = 0, second = 0] = reads;
  return second - first - firstBatchMs;
};

test('a projection rests three times as long as it worked in a rush, and as long while processes have a backlog', async () => {
  await insertEvents(store.sql, orderLife({ seed: 1 }));
  const [calm, rush, behind] = [
    await restAfterBatch({ isRush: () => false, isToGiveWay: () => false }),
    await restAfterBatch({ isRush: () => true, isToGiveWay: () => false }),
    await restAfterBatch({ isRush: () => false, isToGiveWay: () => true }),
  ];
  expect(rush).toBeGreaterThan(2.9 * workedMs);
  expect(behind).toBeGreaterThan(0.9 * workedMs);
  expect(calm).toBeLessThan(behind);
});

test('what comes fast is gathered, also while the feeder catches up: it reads on meanwhile', async () => {
  await insertEvents(store.sql, orderLife({ seed: 2 }));
  const page = await readAllSafely(store.sql, store.codec, { incarnation: 0, transactionId: 0, position: 0 }, 1);
  const [event] = page.events;
  if (!event) throw new Error('Nothing was inserted');
  // Of an order: the projection of stock passes them, and takes no time over it.
  const events = Array.from({ length: 3_000 }, () => event);
  const reads: number[] = [];
  const { promise: isRead, resolve } = Promise.withResolvers<void>();
  const feed: FeedConsumer = {
    read: async () => {
      if (reads.push(performance.now()) === 3) resolve();
      return { events, readTo: event.at, more: false };
    },
    waitBeyond: async () => undefined,
    isCatchingUp: () => true,
    isRush: () => false,
    isToGiveWay: () => false,
    inTurn: (work) => work(),
    detach: () => undefined,
  };
  const feeder = { attach: () => feed, wake: () => undefined, run: async () => undefined, windowSize: () => 0 };
  const side = await startReadSide(store, { feeder, projections: [inventoryView], holder: crypto.randomUUID() });
  await isRead;
  await side.stop();
  const [, second = 0, third = 0] = reads;
  expect(third - second).toBeGreaterThan(500);
});
