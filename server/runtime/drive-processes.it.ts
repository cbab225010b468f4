import { setTimeout as work } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { createConsumerCalls } from './consumer-calls.ts';
import { driveProcesses } from './drive-processes.ts';
import type { FeedConsumer } from './feeder.ts';
import type { ProcessRunner } from './process-runner.ts';
import type { FedEvent } from './read-safely.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const workedMs = 120;
const leaseTtlMs = 300;

test('in a rush the processes rest four times as long as they worked, and keep their lease meanwhile', async () => {
  const { sql } = store.another({}, 'worker');
  const done = new AbortController();
  const batches: { readonly began: number; readonly ended: number; readonly isLeased: boolean }[] = [];
  const errors: unknown[] = [];
  let position = 0;
  const feed: FeedConsumer = {
    read: async () => {
      position += 1;
      const readTo = { incarnation: 1, transactionId: 1, position };
      return { events: [{} as FedEvent], readTo, more: true };
    },
    waitBeyond: async () => undefined,
    isCatchingUp: () => true,
    isRush: () => true,
    isToGiveWay: () => false,
    inTurn: (work) => work(),
    detach: () => undefined,
  };
  const runner: ProcessRunner = {
    handle: async (_batch, { consumer }) => {
      const began = performance.now();
      const [lease] = await sql<{ stands: boolean }[]>`
        select lease_expires_at > clock_timestamp() as stands from read.checkpoints where consumer = ${consumer}`;
      await work(workedMs);
      batches.push({ began, ended: performance.now(), isLeased: lease?.stands === true });
      if (batches.length === 2) done.abort();
      return 'nothing';
    },
    retryParked: async () => undefined,
  };
  await driveProcesses(
    {
      sql,
      feeder: { attach: () => feed, wake: () => undefined, run: async () => undefined, windowSize: () => 0 },
      runner,
      holder: 'a',
      notifier: { moved: () => undefined, close: async () => undefined },
      calls: { ...createConsumerCalls(sql), move: async () => true },
      log: { info: () => undefined, warn: () => undefined, error: (details) => void errors.push(details) },
      leaseTtlMs,
    },
    done.signal,
  );
  const [first, second] = batches;
  if (!first || !second) throw new Error('Not driven twice');
  expect(second.began - first.ended).toBeGreaterThan(workedMs * 3.5);
  expect(second.began - first.ended).toBeGreaterThan(leaseTtlMs);
  expect(second.isLeased).toBe(true);
  expect(errors).toEqual([]);
});
