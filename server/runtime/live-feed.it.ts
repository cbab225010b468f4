import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatPosition, parsePosition, type StorePosition } from '#domain/shared/store-position.ts';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { interleaved, orderLife, seeded } from '#server/projections/testing/histories.ts';
import { createLiveFeed, type LiveFeed, LiveFeedClosed, type LiveUpdate } from './live-feed.ts';
import { appendLife } from './testing/worker-rig.ts';
import { createNotifier, eventsChannel, listen } from './wake-up.ts';

let store: TestStore;
let wake: ReturnType<typeof createNotifier>;
let feed: LiveFeed;

beforeAll(async () => {
  store = await openTestStore({ onAppended: () => wake.notify() });
  wake = createNotifier({ sql: store.sql, channel: eventsChannel });
  feed = await createLiveFeed({
    sql: store.sql,
    listen: (channel, onWake) => listen({ sql: store.sql, channel, onWake }),
    pageSize: 7,
  });
});
afterAll(async () => {
  await feed.close();
  await wake.close();
  await store.close();
});

const beginning: StorePosition = { incarnation: 0, transactionId: 0, position: 0 };
const life = (seed: number, prefix: string) => orderLife({ seed, prefix });
const orderKeyOf = (seed: number, prefix: string): string => {
  const event = life(seed, prefix)[0]?.event;
  return event && 'orderId' in event ? event.orderId : '';
};
const storedPositions = async (): Promise<string[]> => {
  const rows = await store.sql<{ at: string }[]>`
    select incarnation || '.' || transaction_id || '.' || position as at from es.events
    order by incarnation, transaction_id, position`;
  return rows.map(({ at }) => at);
};

test('a subscriber that is cut at random points and resumes misses nothing and gets nothing twice', async () => {
  const random = seeded(42);
  await appendLife(store, interleaved([life(1, 'cut'), life(2, 'cut')]));
  let writing = true;
  const writers = [3, 4, 5].map((seed) => appendLife(store, life(seed, 'cut')));
  const allWritten = Promise.all(writers).then(() => {
    writing = false;
  });
  const seen: string[] = [];
  let after = beginning;
  let cuts = 0;
  const isDone = async () => !writing && seen.length >= (await storedPositions()).length;
  while (!(await isDone())) {
    const cut = new AbortController();
    let left = 1 + random.int(9);
    const limit = setTimeout(() => cut.abort(), 300);
    for await (const update of feed.subscribe('all', after, cut.signal)) {
      seen.push(update.position);
      after = update.at;
      left -= 1;
      if (left === 0) break;
    }
    clearTimeout(limit);
    cuts += 1;
  }
  await allWritten;
  expect(seen).toEqual(await storedPositions());
  expect(cuts).toBeGreaterThan(5);
  expect(feed.subscriberCount()).toBe(0);
});

test('many subscribers with filters of their own get theirs alone, missed and live alike', async () => {
  const first = await appendLife(store, life(10, 'own'));
  const keys = [10, 11, 12].map((seed) => orderKeyOf(seed, 'own'));
  const stop = new AbortController();
  const collected = keys.map(async (orderKey) => {
    const updates: LiveUpdate[] = [];
    for await (const update of feed.subscribe({ orderKey }, beginning, stop.signal)) updates.push(update);
    return updates;
  });
  const mugs = (async () => {
    const updates: LiveUpdate[] = [];
    for await (const update of feed.subscribe({ sku: 'MUG-2' }, beginning, stop.signal)) updates.push(update);
    return updates;
  })();
  await appendLife(store, interleaved([life(11, 'own'), life(12, 'own')], 3));
  const last = await appendLife(store, life(13, 'own').slice(0, 1));
  // Whoever has this has all before it.
  for await (const update of feed.subscribe('all', first, stop.signal))
    if (update.position === formatPosition(last)) break;
  await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  const rows = await store.sql<{ order_key: string | null; stream_id: string; at: string }[]>`
    select order_key, stream_id, incarnation || '.' || transaction_id || '.' || position as at from es.events
    order by incarnation, transaction_id, position`;
  const expected = keys.map((key) => rows.filter(({ order_key }) => order_key === key).map(({ at }) => at));
  expect((await Promise.all(collected)).map((updates) => updates.map(({ position }) => position))).toEqual(expected);
  expect((await mugs).map(({ position }) => position)).toEqual(
    rows.filter(({ stream_id }) => stream_id === 'inventory-MUG-2').map(({ at }) => at),
  );
});

test('without a position a subscriber starts now: what was before is not sent', async () => {
  await appendLife(store, life(20, 'now').slice(0, 2));
  const stop = new AbortController();
  const updates = feed.subscribe('all', null, stop.signal)[Symbol.asyncIterator]();
  const next = updates.next();
  // It has joined once the tail knows of it.
  while (feed.subscriberCount() === 0) await new Promise((resolve) => setImmediate(resolve));
  const token = await appendLife(store, life(21, 'now').slice(0, 1));
  expect((await next).value?.position).toBe(formatPosition(token));
  stop.abort();
  await updates.return?.();
});

test('a slow subscriber is closed with a retry hint, and resumes where it stopped', async () => {
  const narrow = await createLiveFeed({
    sql: store.sql,
    listen: (channel, onWake) => listen({ sql: store.sql, channel, onWake }),
    bufferMax: 3,
  });
  const from = await appendLife(store, life(30, 'slow').slice(0, 1));
  const updates = narrow.subscribe('all', from)[Symbol.asyncIterator]();
  const first = updates.next();
  while (narrow.subscriberCount() === 0) await new Promise((resolve) => setImmediate(resolve));
  const last = await appendLife(store, life(31, 'slow'));
  const seen = [(await first).value?.position];
  let closed: unknown;
  try {
    // Asleep for as long as it took to write all that.
    for (let result = await updates.next(); !result.done; result = await updates.next())
      seen.push(result.value.position);
  } catch (error) {
    closed = error;
  }
  expect(closed).toBeInstanceOf(LiveFeedClosed);
  expect((closed as LiveFeedClosed).retryMs).toBeGreaterThan(0);
  const resumeAt = parsePosition(seen.at(-1) ?? '');
  for await (const update of narrow.subscribe('all', resumeAt)) {
    seen.push(update.position);
    if (update.position === formatPosition(last)) break;
  }
  await narrow.close();
  const all = await storedPositions();
  expect(seen).toEqual(all.slice(all.indexOf(formatPosition(from)) + 1));
});

test('an open transaction elsewhere holds events back, and none is skipped when it ends', async () => {
  const stop = new AbortController();
  const owner = store.client('owner', 1);
  const from = await appendLife(store, life(40, 'held').slice(0, 1));
  const seen: string[] = [];
  const reader = (async () => {
    for await (const update of feed.subscribe('all', from, stop.signal)) {
      seen.push(update.position);
      if (seen.length === 2) break;
    }
  })();
  await owner.begin(async (transaction) => {
    await transaction`select pg_current_xact_id()`;
    await appendLife(store, life(41, 'held').slice(0, 2));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(seen).toEqual([]);
  });
  await reader;
  expect(seen).toEqual((await storedPositions()).slice(-2));
});
