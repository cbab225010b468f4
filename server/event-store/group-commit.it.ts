import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAppender } from './append.ts';
import { createIdentityGuard } from './incarnation.ts';
import { openTestStore, type TestStore } from './testing/test-store.ts';
import { command, inventoryStream, newSku, receiving, stockReceived, unit } from './testing/units.ts';

let at: TestStore;
beforeAll(async () => {
  at = await openTestStore();
});
afterAll(() => at.close());

const holdKey = async (key: string) => {
  const holder = await at.another().sql.reserve();
  await holder`begin`;
  await holder`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
  return async () => {
    await holder`commit`;
    holder.release();
  };
};

test('while another process holds one key, hundreds of appends on other keys go through', async () => {
  const { store } = at.another({ group: { busyTriesMax: 3 } });
  const hot = newSku();
  const letGo = await holdKey(inventoryStream(hot));
  let hotDone = false;
  const waiting = [0, 1, 2].map((version) =>
    store.appendGrouped(receiving(hot, version)).then((outcome) => {
      hotDone = true;
      return outcome.status;
    }),
  );
  const others = await Promise.all(Array.from({ length: 300 }, () => store.appendGrouped(receiving(newSku(), 0))));
  expect(new Set(others.map(({ status }) => status))).toEqual(new Set(['appended']));
  expect(hotDone).toBe(false);
  await letGo();
  expect(await Promise.all(waiting)).toEqual(['appended', 'appended', 'appended']);
});

test('many at once share few transactions, and each hears its own outcome', async () => {
  const { store } = at.another();
  const moved = newSku();
  await store.append([receiving(moved, 0)]);
  const repeated = command([stockReceived(newSku())]);
  await store.append([unit([], [repeated])]);
  const outcomes = await Promise.all([
    ...Array.from({ length: 200 }, () => store.appendGrouped(receiving(newSku(), 0))),
    store.appendGrouped(receiving(moved, 0)),
    store.appendGrouped(unit([], [repeated])),
  ]);
  expect(outcomes.slice(200)).toMatchObject([
    { status: 'conflict', streamId: inventoryStream(moved), expected: 0, actual: 1 },
    { status: 'duplicate', commands: [{ commandId: repeated.commandId, sameRequest: true }] },
  ]);
  const transactions = new Set(
    outcomes
      .slice(0, 200)
      .map((outcome) => (outcome.status === 'appended' ? outcome.commands[0]?.token.transactionId : 0)),
  );
  expect(transactions.has(0)).toBe(false);
  expect(transactions.size).toBeLessThan(50);
});

test('two processes that group onto the same keys lose nothing and double nothing', async () => {
  const skus = Array.from({ length: 3 }, newSku);
  const stores = [at.another().store, at.another().store];
  const count = 300;
  await Promise.all(
    Array.from({ length: count }, (_, nth) => stores[nth % 2]?.appendGrouped(receiving(skus[nth % 3] ?? '', 'any'))),
  );
  for (const sku of skus) {
    const versions = (await at.store.readStream(inventoryStream(sku))).map(({ version }) => version);
    expect(versions).toEqual(Array.from({ length: count / 3 }, (_, nth) => nth + 1));
  }
});

test('the same command id at once in one process has one effect, though its keys differ', async () => {
  const { store } = at.another();
  const commandId = randomUUID();
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () => store.appendGrouped(receiving(newSku(), 0, { commandId }))),
  );
  expect(outcomes.filter(({ status }) => status === 'appended')).toHaveLength(1);
  expect(outcomes.filter(({ status }) => status === 'duplicate')).toHaveLength(19);
});

test('in the database, too, a busy unit and a unit that shares a key come back busy, untouched', async () => {
  const { sql, codec } = at.another();
  const appender = createAppender({ sql, codec, identity: createIdentityGuard(sql) });
  const [hot, free, twice] = [newSku(), newSku(), newSku()];
  const letGo = await holdKey(inventoryStream(hot));
  const units = await appender.prepare([
    receiving(hot, 0),
    receiving(free, 0),
    receiving(twice, 0),
    unit([{ streamId: inventoryStream(twice), version: 'any' }], [command([stockReceived(newSku())])]),
    unit([{ streamId: inventoryStream(hot), version: 0 }], [command([stockReceived(newSku())])]),
  ]);
  const results = await appender.appendOnce(units, { wait: false });
  expect(results.map(({ status }) => status)).toEqual(['busy', 'appended', 'appended', 'busy', 'busy']);
  const [alone] = await appender.prepare([receiving(hot, 0)]);
  if (!alone) throw new Error('not prepared');
  expect(await appender.appendOnce([alone], { wait: false })).toEqual([{ status: 'busy' }]);
  await letGo();
  expect(await at.store.readStream(inventoryStream(hot))).toEqual([]);
  const later = await appender.prepare([receiving(twice, 1), receiving(twice, 1)]);
  expect((await appender.appendOnce(later, { wait: true })).map(({ status }) => status)).toEqual(['appended', 'busy']);
});
