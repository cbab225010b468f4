import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { giveWay } from './give-way.ts';

let at: TestStore;
beforeAll(async () => {
  at = await openTestStore();
});
afterAll(() => at.close());

const autogroups = await readFile('/proc/sys/kernel/sched_autogroup_enabled', 'utf8').catch(() => '0');
const isHere = autogroups.trim() === '1';
if (!isHere) console.warn('skipped: this machine does not share its processors out among sessions (autogroups)');

const groupOf = async (pid: number): Promise<string> =>
  (await readFile(`/proc/${pid}/autogroup`, 'utf8')).trim().replace(/^\S+ /, '');

test.skipIf(!isHere)('a worker’s connections give way, those that come later too, and nobody else’s', async () => {
  const [own, others] = [at.client('worker', 2), at.client('app', 1)];
  const pidOf = async (sql: typeof own): Promise<number> => {
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    return row?.pid ?? 0;
  };
  const [first, other] = [await pidOf(own), await pidOf(others)];
  const stopping = new AbortController();
  const giving = giveWay(
    { sql: own, applicationNames: ['test-worker'], pids: [], log: console, settleMs: 0, lookEveryMs: 50 },
    stopping.signal,
  );
  await vi.waitFor(async () => expect(await groupOf(first)).toBe('nice 10'), 10_000);
  const later = await pidOf(at.client('worker', 1));
  await vi.waitFor(async () => expect(await groupOf(later)).toBe('nice 10'), 10_000);
  expect(await groupOf(other)).toBe('nice 0');
  stopping.abort();
  await giving;
});
