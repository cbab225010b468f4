import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { newSku, receiving } from '#server/event-store/testing/units.ts';
import { createNotifier, eventsChannel, listen } from './wake-up.ts';

let at: TestStore;
beforeAll(async () => {
  at = await openTestStore();
});
afterAll(() => at.close());

const settled = (reason: () => unknown) => expect.poll(reason, { interval: 2, timeout: 5_000 });

test('an append wakes a listener of another process after its commit', async () => {
  const woken: (string | null)[] = [];
  const listener = await listen({
    sql: at.client('worker', 1),
    channel: eventsChannel,
    onWake: (payload) => woken.push(payload),
    pollMs: 60_000,
  });
  expect(woken).toEqual([null]); // once LISTEN took effect: what came before is lost
  const notifier = createNotifier({ sql: at.sql, channel: eventsChannel });
  const { store } = at.another({ onAppended: notifier.notify });
  await store.append([receiving(newSku(), 0)]);
  await settled(() => woken.length).toBe(2);
  await notifier.close();
  await listener.close();
});

test('a rush of appends sends few notifications, the last one after the last append', async () => {
  let woken = 0;
  const listener = await listen({
    sql: at.client('worker', 1),
    channel: 'test_rush',
    onWake: () => {
      woken += 1;
    },
    pollMs: 60_000,
  });
  const notifier = createNotifier({ sql: at.sql, channel: 'test_rush', everyMs: 20 });
  for (let nth = 0; nth < 1_000; nth += 1) notifier.notify();
  await settled(() => woken).toBeGreaterThanOrEqual(2);
  const before = woken;
  expect(before).toBeLessThan(10);
  notifier.notify();
  await settled(() => woken).toBeGreaterThan(before);
  await notifier.close();
  await listener.close();
});

test('an append sends no NOTIFY in its own transaction', async () => {
  const woken: (string | null)[] = [];
  const listener = await listen({
    sql: at.client('worker', 1),
    channel: eventsChannel,
    onWake: (payload) => woken.push(payload),
    pollMs: 60_000,
  });
  await at.store.append([receiving(newSku(), 0)]); // this store has no notifier
  const probe = createNotifier({ sql: at.sql, channel: eventsChannel, payload: () => 'probe' });
  probe.notify();
  await settled(() => woken.at(-1)).toBe('probe');
  expect(woken).toEqual([null, 'probe']);
  await probe.close();
  await listener.close();
});

test('where notifications are lost, polling wakes the reader', async () => {
  let woken = 0;
  const listener = await listen({
    sql: at.client('worker', 1),
    channel: 'test_silence',
    onWake: () => {
      woken += 1;
    },
    pollMs: 20,
  });
  await settled(() => woken).toBeGreaterThan(3);
  await listener.close();
});

test('a notifier goes on after an error', async () => {
  const errors: unknown[] = [];
  let payload = 'x'.repeat(9_000); // beyond what NOTIFY takes
  const woken: (string | null)[] = [];
  const listener = await listen({
    sql: at.client('worker', 1),
    channel: 'test_error',
    onWake: (text) => woken.push(text),
    pollMs: 60_000,
  });
  const notifier = createNotifier({
    sql: at.sql,
    channel: 'test_error',
    payload: () => payload,
    onError: (error) => errors.push(error),
  });
  notifier.notify();
  await settled(() => errors.length).toBe(1);
  payload = 'fine';
  notifier.notify();
  await settled(() => woken.at(-1)).toBe('fine');
  await notifier.close();
  await listener.close();
});
