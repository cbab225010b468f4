import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, type TestStore } from './testing/test-store.ts';
import { inventoryStream, newSku } from './testing/units.ts';

let at: TestStore;
beforeAll(async () => {
  at = await openTestStore();
});
afterAll(() => at.close());

const tag = { foldVersion: 1, registryVersion: '12' };

test('a snapshot comes back for the fold and the registry that made it, and for no other', async () => {
  const streamId = inventoryStream(newSku());
  await at.store.writeSnapshot(streamId, tag, { version: 200, state: { onHand: 3, lines: ['é'] } });
  expect(await at.store.readSnapshot(streamId, tag)).toEqual({ version: 200, state: { onHand: 3, lines: ['é'] } });
  expect(await at.store.readSnapshot(streamId, { ...tag, foldVersion: 2 })).toBeNull();
  expect(await at.store.readSnapshot(streamId, { ...tag, registryVersion: '13' })).toBeNull();
});

test('the newest is kept: one that comes late is dropped', async () => {
  const streamId = inventoryStream(newSku());
  for (const version of [200, 400, 300]) await at.store.writeSnapshot(streamId, tag, { version, state: version });
  expect(await at.store.readSnapshot(streamId, tag)).toEqual({ version: 400, state: 400 });
});

test('two releases that run side by side keep their own', async () => {
  const streamId = inventoryStream(newSku());
  const newer = { ...tag, foldVersion: 2 };
  await at.store.writeSnapshot(streamId, tag, { version: 400, state: 'old fold' });
  await at.store.writeSnapshot(streamId, newer, { version: 200, state: 'new fold' });
  expect(await at.store.readSnapshot(streamId, tag)).toEqual({ version: 400, state: 'old fold' });
  expect(await at.store.readSnapshot(streamId, newer)).toEqual({ version: 200, state: 'new fold' });
});
