import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { BreakerStatus } from '#server/adapters/resilient-gateway.ts';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { createBreakerKeeper, readGatewayState } from './gateway-breakers.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const log = pino({ level: 'silent' });
const since = new Date('2026-03-01T10:00:00.000Z');
const retryAt = new Date('2026-03-01T10:00:08.000Z');
const open: BreakerStatus = { state: 'open', since, retryAt, reason: 'Stripe: 503' };
const closed: BreakerStatus = { state: 'closed', since, retryAt: null, reason: null };
const told = { state: 'open', since: since.toISOString(), retryAt: retryAt.toISOString(), reason: 'Stripe: 503' };

test('the worst that any worker says is shown, until its circuit closes or it is no longer heard of', async () => {
  const worker = store.client('worker');
  const read = () => readGatewayState(store.client('app', 1));
  expect((await read()).state).toBe('closed');
  const [one, two] = [createBreakerKeeper(worker, 'one', log), createBreakerKeeper(worker, 'two', log)];
  two.keep({ ...open, state: 'half-open', retryAt: null });
  one.keep(open);
  await vi.waitFor(async () => expect(await read()).toEqual(told));
  one.keep(closed);
  await vi.waitFor(async () => expect((await read()).state).toBe('half-open'));
  // Killed: it can't take its word back, and nobody believes it for long.
  await worker`update proc.gateway_breakers set renewed_at = renewed_at - interval '16 s' where holder = 'two'`;
  expect((await read()).state).toBe('closed');
});

test('a worker that stops takes its word back', async () => {
  const worker = store.client('worker');
  const keeper = createBreakerKeeper(worker, 'three', log);
  keeper.keep(open);
  const stopping = new AbortController();
  const running = keeper.run(stopping.signal);
  stopping.abort();
  await running;
  expect(await worker`select from proc.gateway_breakers where holder = 'three'`).toHaveLength(0);
});
