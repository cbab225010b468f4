import { afterAll, beforeAll, expect, test } from 'vitest';
import { batchOf, placeOne, startRunner } from './testing/process-rig.ts';
import { type House, openHouse } from './testing/whole-house.ts';
import { createWaybillMemory } from './waybill-memory.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

test('with each batch orders out of use are let go, by how far behind the processes are', async () => {
  const batch = await batchOf(house, await placeOne(house, 'LET-GO'));
  const toldMs: number[] = [];
  const waybills = { ...createWaybillMemory(), letGo: (behindMs: number) => void toldMs.push(behindMs) };
  const { runner, lease } = await startRunner({ ...house, runtime: { ...house.runtime, waybills } }, []);
  const recordedAt = Date.parse(batch.events.at(-1)?.recordedAt ?? '');
  const leastMs = Date.now() - recordedAt;
  await runner.handle(batch, lease);
  const mostMs = Date.now() - recordedAt;
  expect(toldMs).toHaveLength(1);
  expect(toldMs[0]).toBeGreaterThanOrEqual(leastMs);
  expect(toldMs[0]).toBeLessThanOrEqual(mostMs);
});
