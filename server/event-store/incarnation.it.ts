import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeToken } from './consistency-token.ts';
import { rebase } from './incarnation.ts';
import { openTestStore, type TestStore } from './testing/test-store.ts';
import { inventoryStream, newSku, receiving } from './testing/units.ts';

let at: TestStore;
beforeAll(async () => {
  at = await openTestStore();
});
afterAll(() => at.close());

// As if this database's files had been put onto another cluster: what is stored is not what the server says.
const moveToAnotherCluster = () => at.client('owner', 1)`update es.store_identity set timeline_id = timeline_id + 1`;

test('after a restore nothing is written until a rebase; reads go on; older tokens are reset', async () => {
  const sku = newSku();
  const [before] = await at.store.append([receiving(sku, 0)]);
  if (before?.status !== 'appended') throw new Error('not appended');
  const token = encodeToken(before.commands[0]?.token ?? { incarnation: 0, transactionId: 0, position: 0 });
  expect(await at.store.readTokenStatus(token)).toMatchObject({ status: 'usable' });
  await moveToAnotherCluster();

  const { store } = at.another(); // a process that starts after the restore
  await expect(store.append([receiving(sku, 1)])).rejects.toMatchObject({ code: 'IdentityMismatch' });
  await expect(store.appendGrouped(receiving(sku, 1))).rejects.toMatchObject({ code: 'IdentityMismatch' });
  expect(await store.readStream(inventoryStream(sku))).toHaveLength(1);
  expect((await store.readAll({ incarnation: 0, transactionId: 0, position: 0 }, 10)).events).toHaveLength(1);

  const owner = at.client('owner', 1);
  expect(await rebase(owner)).toEqual({ status: 'rebased', incarnation: 2 });
  expect(await rebase(owner)).toEqual({ status: 'unchanged', incarnation: 2 });

  const [after] = await store.append([receiving(sku, 1)]); // without a restart
  if (after?.status !== 'appended') throw new Error('not appended');
  expect(after.commands[0]?.token.incarnation).toBe(2);
  const events = await store.readStream(inventoryStream(sku));
  expect(events.map(({ at: place }) => place.incarnation)).toEqual([1, 2]);
  expect(await store.readTokenStatus(token)).toEqual({ status: 'reset', reason: 'other-incarnation' });
});

test('tokens that are malformed or beyond the head are reset, never errors', async () => {
  const { incarnation } = await at.store.head();
  for (const text of ['', 'x', '1.2', '1.2.3.4', '-1.2.3', "1.2.3'; drop", '9'.repeat(400)]) {
    expect(await at.store.readTokenStatus(text)).toEqual({ status: 'reset', reason: 'malformed' });
  }
  expect(await at.store.readTokenStatus(`${incarnation}.9999999999999.1`)).toEqual({
    status: 'reset',
    reason: 'beyond-head',
  });
});

test('a rebase by force, after a dump was restored into the same cluster, waits for appends under way', async () => {
  const sku = newSku();
  const { store, sql } = at.another();
  await store.append([receiving(sku, 0)]);
  const owner = at.client('owner', 1);
  let rebased = false;
  let rebasing: Promise<unknown> = Promise.resolve();
  const holdingBack = await sql.reserve();
  await holdingBack`begin`;
  await holdingBack`select max(incarnation) from es.store_identity`; // what an append has done midway
  rebasing = rebase(owner, { force: true }).then((result) => {
    rebased = true;
    return result;
  });
  const observer = at.client('superuser', 1);
  const waits = async () => {
    const rows = await observer`
      select 1 from pg_locks where relation = 'es.store_identity'::regclass and mode = 'AccessExclusiveLock' and not granted`;
    return rows.length;
  };
  await expect.poll(waits, { interval: 5, timeout: 5_000 }).toBe(1);
  expect(rebased).toBe(false);
  await holdingBack`commit`;
  holdingBack.release();
  expect(await rebasing).toMatchObject({ status: 'rebased' });
  const [after] = await store.append([receiving(sku, 1)]);
  expect(after?.status).toBe('appended');
});

test('the app may not begin an incarnation', async () => {
  await expect(rebase(at.client('app', 1), { force: true })).rejects.toMatchObject({ code: '42501' });
});
