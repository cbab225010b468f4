import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatPosition } from '#domain/shared/store-position.ts';
import { rebase } from '#server/event-store/incarnation.ts';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { orderLife } from '#server/projections/testing/histories.ts';
import { type AwaitedNotifier, createAwaitedNotifier } from './awaited.ts';
import { appendLife, type ReadSide, startReadSide } from './testing/worker-rig.ts';
import { createWaitFor, type WaitFor } from './wait-for.ts';
import { createNotifier, eventsChannel, listen } from './wake-up.ts';

let store: TestStore;
let side: ReadSide;
let wake: ReturnType<typeof createNotifier>;
let hurry: AwaitedNotifier;
let ignoring = false;
let waitFor: WaitFor;

beforeAll(async () => {
  store = await openTestStore({ onAppended: () => wake.notify() });
  wake = createNotifier({ sql: store.sql, channel: eventsChannel });
  side = await startReadSide(store, { withNotifications: true });
  hurry = createAwaitedNotifier(store.sql, (error) => side.errors.push(error));
  waitFor = await createWaitFor({
    sql: store.sql,
    listen: (channel, onWake) => listen({ sql: store.sql, channel, onWake }),
    onAwaited: (names) => hurry.awaited(names),
    ignoreTokens: () => ignoring,
  });
});
afterAll(async () => {
  await waitFor.close();
  await hurry.close();
  await side.stop();
  await wake.close();
  await store.close();
});

/** Readers side by side, and the reads of each: a fast machine's writers make a rush, where each read waits. */
const readers = ['a', 'b', 'c', 'd'];
const rounds = 50;
const reads = readers.length * rounds;

/** Writes orders and reads each one's row right after, over and over, while others write. Counts the reads that miss it. */
const writeAndRead = async (prefix: string) => {
  let writing = true;
  const writers = [1, 2].map(async (writer) => {
    for (let seed = 0; writing; seed += 1)
      await appendLife(store, orderLife({ seed, prefix: `${prefix}-other${writer}` }));
  });
  let missed = 0;
  const answers = new Map<string, number>();
  const read = async (reader: string) => {
    for (let seed = 0; seed < rounds; seed += 1) {
      const placed = orderLife({ seed, prefix: `${prefix}-${reader}` }).slice(0, 1);
      const token = formatPosition(await appendLife(store, placed));
      const freshness = await waitFor(['order_status', 'order_search'], token, 5_000);
      answers.set(freshness, (answers.get(freshness) ?? 0) + 1);
      const event = placed[0]?.event;
      const orderKey = event && 'orderId' in event ? event.orderId : '';
      const rows = await store.sql`
        select 1 from read.order_status_v2 join read.order_search_v2 using (order_key) where order_key = ${orderKey}`;
      if (rows.length === 0) missed += 1;
    }
  };
  await Promise.all(readers.map(read));
  writing = false;
  await Promise.all(writers);
  return { missed, answers: Object.fromEntries(answers) };
};

test('200 reads right after writing, while others write: with the token none is stale', {
  timeout: 60_000,
}, async () => {
  expect(await writeAndRead('with')).toEqual({ missed: 0, answers: { current: reads } });
});

test('with tokens switched off, some of the same reads are stale', { timeout: 60_000 }, async () => {
  ignoring = true;
  const { missed } = await writeAndRead('without');
  ignoring = false;
  expect(missed).toBeGreaterThan(0);
});

test('a token that says nothing here is reset at once, without waiting', async () => {
  const [identity] = await store.sql<{ incarnation: number; next: number }[]>`
    select max(incarnation) as incarnation, pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next
    from es.store_identity`;
  const tokens = ['', 'nonsense', '1.2', '99.1.1', `${identity?.incarnation}.${Number(identity?.next) + 1_000}.1`];
  const began = performance.now();
  for (const token of tokens) expect(await waitFor(['analytics'], token, 5_000)).toBe('tokenReset');
  expect(performance.now() - began).toBeLessThan(1_000);
});

test('without a token nothing is waited for; a token on the horizon needs no event to stand on', async () => {
  expect(await waitFor(['order_history'], null)).toBe('current');
  const at = await store.store.head();
  expect(await waitFor(['order_history'], formatPosition(at), 5_000)).toBe('current');
});

test('a projection that stands still answers stale after the bound, and holds no connection meanwhile', async () => {
  await side.stop();
  const token = formatPosition(await appendLife(store, orderLife({ seed: 9_999, prefix: 'late' }).slice(0, 1)));
  const began = performance.now();
  // More waiters than the pool has connections.
  const waiting = Promise.all(Array.from({ length: 50 }, () => waitFor(['order_status'], token, 400)));
  const [one] = await store.sql`select 1 as one`;
  expect(one?.one).toBe(1);
  expect(performance.now() - began).toBeLessThan(350);
  expect(new Set(await waiting)).toEqual(new Set(['stale']));
  expect(performance.now() - began).toBeLessThan(1_500);
  side = await startReadSide(store, { withNotifications: true });
  expect(await waitFor(['order_status'], token, 10_000)).toBe('current');
});

test('after a restore, tokens of before it are reset at once, also when the projections have gone on since', async () => {
  const before = formatPosition(await appendLife(store, orderLife({ seed: 1, prefix: 'before' }).slice(0, 1)));
  expect(await waitFor(['order_status'], before, 10_000)).toBe('current');
  await rebase(store.client('owner', 1), { force: true });
  const after = formatPosition(await appendLife(store, orderLife({ seed: 1, prefix: 'after' }).slice(0, 1)));
  expect(await waitFor(['order_status'], after, 10_000)).toBe('current');
  expect(await waitFor(['order_status'], before, 10_000)).toBe('tokenReset');
  expect(await waitFor(['order_status'], '0.0.0', 10_000)).toBe('current');
});

test('a server that crashed may have forgotten what was announced: it is waited for anew', async () => {
  const token = formatPosition(await appendLife(store, orderLife({ seed: 2, prefix: 'crash' }).slice(0, 1)));
  expect(await waitFor(['analytics'], token, 10_000)).toBe('current');
  await side.stop();
  const superuser = store.client('superuser', 1);
  await superuser`update read.checkpoints set transaction_id = 0, position = 0 where consumer = 'analytics'`;
  expect(await waitFor(['analytics'], token, 10_000)).toBe('current');
  await superuser`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen %' and pid <> pg_backend_pid()`;
  await expect.poll(() => waitFor(['analytics'], token, 20), { interval: 5, timeout: 10_000 }).toBe('stale');
  side = await startReadSide(store, { withNotifications: true });
  expect(await waitFor(['analytics'], token, 10_000)).toBe('current');
});
