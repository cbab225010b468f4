import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { importOlist } from './import-olist.ts';
import { writeLargeSource } from './testing/large-source.ts';
import { readAllEvents } from './testing/read-all-events.ts';

const orders = 1_200;
const script = fileURLToPath(new URL('testing/import-process.ts', import.meta.url));

let killed: TestStore;
let whole: TestStore;
let folder: string;
beforeAll(async () => {
  [killed, whole, folder] = await Promise.all([openTestStore(), openTestStore(), writeLargeSource(orders)]);
});
afterAll(async () => {
  await Promise.all([killed.close(), whole.close(), rm(folder, { recursive: true })]);
});

const placedIn = async ({ sql }: TestStore): Promise<number> => {
  const [row] = await sql<{ placed: number }[]>`select count(*) as placed from es.events where type = 'OrderPlaced'`;
  return row?.placed ?? 0;
};

/** Runs the import as a process, and kills it with SIGKILL once so many more orders are in. */
const importAndKill = async (afterOrders: number): Promise<number> => {
  const before = await placedIn(killed);
  const child = spawn(process.execPath, [script, killed.database.appUrl, folder], { stdio: 'ignore' });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  while ((await placedIn(killed)) < before + afterOrders && child.exitCode === null);
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
  return placedIn(killed);
};

/** What must be the same however often it was interrupted: all but positions and the clock. */
const historyOf = async ({ store }: TestStore) =>
  (await readAllEvents(store))
    .map(({ at: _at, recordedAt: _recordedAt, ...rest }) => rest)
    .toSorted((a, b) => (a.streamId === b.streamId ? a.version - b.version : a.streamId < b.streamId ? -1 : 1));

test('killed twice and started again, an import ends with the same events as one that was not', async () => {
  const once = await importAndKill(100);
  const twice = await importAndKill(100);
  expect(once).toBeGreaterThanOrEqual(100);
  expect(twice).toBeGreaterThanOrEqual(once + 100);
  expect(twice).toBeLessThan(orders);

  const resumed = await importOlist({ sql: killed.sql, store: killed.store, folder });
  const straight = await importOlist({ sql: whole.sql, store: whole.store, folder });
  expect(resumed.isComplete).toBe(true);
  expect(resumed.run.ordersSkipped).toBeGreaterThan(0);
  expect(resumed.run.eventsAppended).toBeLessThan(straight.run.eventsAppended);
  expect(resumed.eventsByType).toEqual(straight.eventsByType);
  expect(await historyOf(killed)).toEqual(await historyOf(whole));
}, 60_000);
