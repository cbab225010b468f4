import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatPosition } from '#domain/shared/store-position.ts';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { orderLife } from '#server/projections/testing/histories.ts';
import { type AwaitedNotifier, createAwaitedNotifier } from './awaited.ts';
import { appendLife, type ReadSide, startReadSide } from './testing/worker-rig.ts';
import { createWaitFor, type WaitFor } from './wait-for.ts';
import { listen } from './wake-up.ts';

let store: TestStore;
let side: ReadSide;
let awaited: AwaitedNotifier;
let waitFor: WaitFor;

beforeAll(async () => {
  store = await openTestStore();
  // As in a rush, and longer than anybody waits.
  side = await startReadSide(store, { withNotifications: true, lingerMs: 60_000, lingerMsMost: 60_000 });
  awaited = createAwaitedNotifier(store.sql, (error) => side.errors.push(error));
  waitFor = await createWaitFor({
    sql: store.sql,
    listen: (channel, onWake) => listen({ sql: store.sql, channel, onWake }),
    onAwaited: awaited.awaited,
  });
});
afterAll(async () => {
  await waitFor.close();
  await awaited.close();
  await side.stop();
  await store.close();
});

const place = async (prefix: string): Promise<string> =>
  formatPosition(await appendLife(store, orderLife({ seed: 1, prefix }).slice(0, 1)));

test('a projection that gathers events goes on once somebody waits for its rows', async () => {
  expect(await waitFor(['order_status'], await place('first'), 10_000)).toBe('current');
  expect(await waitFor(['order_status'], await place('second'), 10_000)).toBe('current');
  expect(side.errors).toEqual([]);
}, 25_000);
