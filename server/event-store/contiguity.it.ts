import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import { createContiguityCheck } from './contiguity.ts';
import { openTestStore, type TestStore } from './testing/test-store.ts';
import { command, inventoryStream, newSku, stockReceived, unit } from './testing/units.ts';

let at: TestStore;
beforeAll(async () => {
  at = await openTestStore();
});
afterAll(() => at.close());

const stored = async (count: number): Promise<RecordedEvent[]> => {
  const sku = newSku();
  for (let nth = 0; nth < count; nth += 1) await at.store.append([unit([], [command([stockReceived(sku)])])]);
  return at.store.readStream(inventoryStream(sku));
};

const pick = (events: readonly RecordedEvent[], ...versions: number[]) =>
  versions.flatMap((version) => events.filter((event) => event.version === version));

test('versions one by one pass, over several reads', async () => {
  const events = await stored(4);
  const check = createContiguityCheck(at.sql);
  await check.check(pick(events, 1, 2));
  await check.check(pick(events, 3));
  await check.check(pick(events, 4));
});

test('a reader that starts midway looks up the version before', async () => {
  const events = await stored(3);
  await createContiguityCheck(at.sql).check(pick(events, 3));
});

test.each([
  ['skipped', [1, 3]],
  ['doubled', [1, 1]],
  ['turned around', [2, 1]],
])('a version that is %s stops the reader', async (_, versions) => {
  const events = await stored(3);
  await expect(createContiguityCheck(at.sql).check(pick(events, ...versions))).rejects.toMatchObject({ code: 'Gap' });
});

test('a version that was skipped between two reads stops the reader, also where the cache has forgotten the stream', async () => {
  const [events, others] = [await stored(4), await stored(1)];
  const remembering = createContiguityCheck(at.sql);
  await remembering.check(pick(events, 1));
  await expect(remembering.check(pick(events, 3))).rejects.toMatchObject({ code: 'Gap' });

  const gone = pick(events, 4).map((event) => ({ ...event, version: 9 })); // version 8 was never stored
  const forgetful = createContiguityCheck(at.sql, 1);
  await forgetful.check(pick(events, 1));
  await forgetful.check(others);
  await expect(forgetful.check(gone)).rejects.toMatchObject({ code: 'Gap' });
});

test('events of one stream that stand inverted in the store’s order stop the reader, also on a miss of the cache', async () => {
  const [first, second] = await stored(2);
  if (!first || !second) throw new Error('not stored');
  const early = { ...second, at: { ...second.at, transactionId: first.at.transactionId - 1 } };
  await expect(createContiguityCheck(at.sql).check([early])).rejects.toMatchObject({ code: 'Gap' });
});

test('a read of more streams than the cache holds passes', async () => {
  const all = (await Promise.all([stored(2), stored(2), stored(2)])).flat();
  const check = createContiguityCheck(at.sql, 1);
  await check.check(all.toSorted((a, b) => a.version - b.version));
});
