import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCluster, type TestCluster } from '#db/testing/cluster.ts';
import type { StorePosition } from '#domain/shared/store-position.ts';
import { createSubjectKeys } from './subject-keys.ts';
import { openTestStore, type TestStore, testMasterKey } from './testing/test-store.ts';
import { inventoryStream, newSku, receiving } from './testing/units.ts';

let cluster: TestCluster;
let at: TestStore;
beforeAll(async () => {
  cluster = await startTestCluster({ keepsRunning: true });
  at = await openTestStore({}, cluster.port);
  const admin = at.client('superuser', 1);
  // Test clusters don't wait for the disk.
  await admin.unsafe(`alter database ${at.database.name} set synchronous_commit = on`);
});
afterAll(() => cluster.stop());

const killServer = async (): Promise<void> => {
  const [postmaster] = (await readFile(join(cluster.dataFolder, 'postmaster.pid'), 'utf8')).split('\n');
  const backends = await at.client('superuser', 1)<{ pid: number }[]>`select pid from pg_stat_activity`;
  for (const pid of [Number(postmaster), ...backends.map((backend) => backend.pid)]) process.kill(pid, 'SIGKILL');
};

/** What nobody waits for stays in memory as long as this one doesn't write it. Ends with the server. */
const holdWalWriter = async (): Promise<void> => {
  const [writer] = await at.client('superuser', 1)<{ pid: number }[]>`
    select pid from pg_stat_activity where backend_type = 'walwriter'`;
  process.kill(writer?.pid ?? 0, 'SIGSTOP');
};

const append = async (sku: string): Promise<StorePosition> => {
  for (;;) {
    // The server may just be away.
    const [outcome] = await at.store.append([receiving(sku, 0)]).catch(() => []);
    const token = outcome?.status === 'appended' ? outcome.commands[0]?.token : undefined;
    if (token) return token;
  }
};

test('events that get the numbers of transactions that a crash forgot are read by whoever was ahead', async () => {
  await append(newSku());
  await holdWalWriter();
  // Rows of the read side: nobody waits until they are on disk.
  const forgetful = at.client('app', 1);
  await forgetful`set synchronous_commit = off`;
  for (let nth = 0; nth < 50; nth += 1) await forgetful`select pg_current_xact_id()`;
  const [row] = await forgetful<{ next: string }[]>`select pg_snapshot_xmax(pg_current_snapshot())::text as next`;
  const { readTo } = await at.store.readAll({ incarnation: 0, transactionId: 0, position: 0 }, 1_000);
  const head = await at.store.head();
  await killServer();
  const sku = newSku();
  const token = await append(sku);
  // What makes this a test: the number was given out before.
  expect(token.transactionId).toBeLessThan(Number(row?.next));
  for (const from of [readTo, head]) {
    const { events } = await at.store.readAll(from, 1_000);
    expect(events.map(({ streamId }) => streamId)).toEqual([inventoryStream(sku)]);
  }
}, 20_000);

test('a key that is given out for writing is there after a crash', async () => {
  await append(newSku());
  await holdWalWriter();
  const made = await at.keys.forWriting(['guest-of-a-crash']);
  await killServer();
  await append(newSku());
  const keyId = made.get('guest-of-a-crash')?.keyId ?? '';
  // Another process, with nothing in memory.
  const elsewhere = createSubjectKeys({ sql: at.client('app', 1), masterKey: testMasterKey });
  expect((await elsewhere.byId([keyId])).get(keyId)).toBeTruthy();
}, 20_000);
