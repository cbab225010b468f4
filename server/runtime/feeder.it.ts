import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StorePosition } from '#domain/shared/store-position.ts';
import { createOrderNumbers } from '#server/event-store/order-numbers.ts';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { interleaved, orderLife } from '#server/projections/testing/histories.ts';
import { createFeeder, type FeedConsumer } from './feeder.ts';
import { readAllSafely } from './read-safely.ts';
import { insertEvents } from './testing/worker-rig.ts';

let store: TestStore;
let count = 0;

beforeAll(async () => {
  store = await openTestStore();
  const life = interleaved(Array.from({ length: 8 }, (_, seed) => orderLife({ seed, prefix: 'feeder' })));
  await insertEvents(store.sql, life);
  count = life.length;
});
afterAll(() => store.close());

const beginning = { incarnation: 0, transactionId: 0, position: 0 };

/** Reads all there is, a few at a time, each few taking `workMs`. Returns when it had them, in ms. */
const readAll = async (feed: FeedConsumer, workMs: number): Promise<number> => {
  const begun = performance.now();
  let [at, seen] = [beginning, 0];
  while (seen < count) {
    const page = await feed.read(at, 10);
    at = page.readTo;
    seen += page.events.length;
    if (page.events.length === 0) await feed.waitBeyond(at, 50);
    else if (workMs > 0) await pause(workMs);
  }
  return performance.now() - begun;
};

/** A fast consumer beside slow ones, with a window far smaller than what there is. */
const race = async (isFastUrgent: boolean, slowCount = 1) => {
  let decoded = 0;
  const { sql, codec } = store.another({}, 'worker');
  const counting: typeof codec = {
    ...codec,
    decode: (rows) => {
      decoded += rows.length;
      return codec.decode(rows);
    },
  };
  const feeder = createFeeder({ sql, codec: counting, windowMax: 20, pageSize: 10, pollMs: 50 });
  const stopping = new AbortController();
  // Both have said where they begin before it runs: the window starts there.
  const fast = feeder.attach({ isUrgent: isFastUrgent });
  const slow = Array.from({ length: slowCount }, () => feeder.attach());
  await Promise.all([fast, ...slow].map((feed) => feed.waitBeyond(beginning, 0)));
  const running = feeder.run(stopping.signal);
  const looking = eventuallyFull(feeder.windowSize);
  await looking;
  // Each step takes longer than a full window waits for somebody who is urgent.
  const [fastMs = 0, ...slowMs] = await Promise.all([readAll(fast, 0), ...slow.map((feed) => readAll(feed, 260))]);
  stopping.abort();
  await running;
  return { decoded, fastMs, slowMs: Math.min(...slowMs) };
};

const eventuallyFull = async (size: () => number): Promise<void> => {
  while (size() < 20) await new Promise((resolve) => setImmediate(resolve));
};

test('a full window waits for who is slow: each event is read and decrypted once', async () => {
  expect(count).toBeGreaterThan(60);
  expect((await race(false)).decoded).toBe(count);
});

test('who is urgent is not kept by who is slow; those that are behind read together', async () => {
  const { decoded, fastMs, slowMs } = await race(true, 3);
  expect(decoded).toBeGreaterThan(count);
  expect(decoded).toBeLessThanOrEqual(2 * count);
  expect(fastMs).toBeLessThan(slowMs);
});

/** Where the consumers stand, and whether they are to give way, once all there is was read into the window. */
const standing = async (options: { readonly windowMax?: number; readonly urgentAt: StorePosition }) => {
  const { sql, codec } = store.another({}, 'worker');
  const feeder = createFeeder({
    sql,
    codec,
    pageSize: 10,
    pollMs: 50,
    backlogFrom: count - 10,
    ...(options.windowMax ? { windowMax: options.windowMax } : {}),
  });
  const stopping = new AbortController();
  const [urgent, other] = [feeder.attach({ isUrgent: true }), feeder.attach()];
  await Promise.all([urgent, other].map((feed) => feed.waitBeyond(options.urgentAt, 0)));
  expect(other.isToGiveWay()).toBe(false);
  const running = feeder.run(stopping.signal);
  const { events } = await readAllSafely(sql, codec, options.urgentAt, count);
  while (feeder.windowSize() < events.length) await new Promise((resolve) => setImmediate(resolve));
  const stop = async (): Promise<void> => {
    stopping.abort();
    await running;
  };
  return { urgent, other, stop };
};

const positionOf = async (nth: number): Promise<StorePosition> =>
  (await readAllSafely(store.sql, store.codec, beginning, nth)).readTo;

test('a consumer is to give way while somebody urgent has much of the window to read', async () => {
  const { urgent, other, stop } = await standing({ urgentAt: beginning });
  expect(other.isToGiveWay()).toBe(true);
  const { readTo } = await urgent.read(beginning, 11);
  await urgent.read(readTo, 1);
  expect(other.isToGiveWay()).toBe(false);
  urgent.detach();
  await other.read(beginning, 1);
  expect(other.isToGiveWay()).toBe(false);
  await stop();
});

test('who is far behind gives way to nobody before it falls out of the window; who has fallen out does', async () => {
  const { other, stop } = await standing({ windowMax: 2 * count, urgentAt: await positionOf(5) });
  const far = await positionOf(5);
  const near = await positionOf(Math.ceil(count / 2));
  await other.waitBeyond(far, 0);
  expect(other.isToGiveWay()).toBe(false);
  await other.waitBeyond(near, 0);
  expect(other.isToGiveWay()).toBe(true);
  await other.waitBeyond(beginning, 0);
  expect(other.isToGiveWay()).toBe(true);
  await stop();
});

// Last, since it adds to what there is.
test('consumers work at once, and one after another in a rush', async () => {
  const { sql, codec } = store.another({}, 'worker');
  const feeder = createFeeder({ sql, codec, pollMs: 50, rushFrom: 1 });
  const stopping = new AbortController();
  const [first, second] = [feeder.attach(), feeder.attach()];
  await Promise.all([first, second].map((feed) => feed.waitBeyond(beginning, 0)));
  const running = feeder.run(stopping.signal);
  /** What has been said while the first is still at work. */
  const saidMeanwhile = async (): Promise<string[]> => {
    const said: string[] = [];
    const { promise: isDone, resolve: finish } = Promise.withResolvers<void>();
    const work = [
      first.inTurn(async () => {
        said.push('first');
        await isDone;
      }),
      second.inTurn(async () => {
        said.push('second');
      }),
    ];
    await new Promise((resolve) => setImmediate(resolve));
    const meanwhile = [...said];
    finish();
    await Promise.all(work);
    expect(said).toEqual(['first', 'second']);
    return meanwhile;
  };
  expect(await saidMeanwhile()).toEqual(['first', 'second']);
  const numbers = createOrderNumbers(sql);
  for (let seed = 100; !first.isRush(); seed += 1) {
    for (let nth = 0; nth < 60; nth += 1) await numbers.next();
    await insertEvents(store.sql, orderLife({ seed, prefix: 'rush' }));
    feeder.wake();
  }
  expect(await saidMeanwhile()).toEqual(['first']);
  stopping.abort();
  await running;
});
