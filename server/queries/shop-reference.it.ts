import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type Database, type DrizzleClient, openDrizzle, openSql } from '#db/clients.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { shopReference } from './shop-reference.ts';

let database: TestDatabase;
let owner: Database;
let client: DrizzleClient;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = openSql(database.ownerUrl, { max: 1, applicationName: 'test' });
});
afterAll(async () => {
  await owner.end({ timeout: 1 });
  await database.drop();
});

// Each test is a process of its own, which knows nothing yet.
const begin = (): void => {
  client = openDrizzle(database.appUrl, { max: 2, applicationName: 'test' });
  vi.useFakeTimers({ toFake: ['performance'] });
};
afterEach(async () => {
  vi.useRealTimers();
  await client.sql.end({ timeout: 1 });
});

const changeRate = (basisPoints: number) =>
  owner`update shop.tax_rates set basis_points = ${basisPoints} where country = 'PT'`;
const portugal = async (): Promise<number | undefined> =>
  (await shopReference(client.db)).rates.find(({ country }) => country === 'PT')?.basisPoints;

test('for four seconds it is read once', async () => {
  begin();
  await changeRate(2_300);
  expect(await Promise.all([portugal(), portugal()])).toEqual([2_300, 2_300]);
  await changeRate(2_301);
  vi.advanceTimersByTime(3_999);
  expect(await portugal()).toBe(2_300);
});

test('then it is read anew while those that are known still answer', async () => {
  begin();
  await changeRate(2_300);
  await portugal();
  await changeRate(2_302);
  vi.advanceTimersByTime(4_000);
  const lock = await owner.reserve();
  await lock`begin`;
  await lock`lock table shop.tax_rates`;
  const select = vi.spyOn(client.db, 'select');
  expect(await Promise.all([portugal(), portugal()])).toEqual([2_300, 2_300]);
  expect(select).toHaveBeenCalledTimes(3);
  await lock`commit`;
  lock.release();
  // `expect.poll` would put the clock on.
  while ((await portugal()) !== 2_302) await new Promise((resolve) => setImmediate(resolve));
});

test('what is five seconds old is waited for, also where it was being read already', async () => {
  begin();
  await changeRate(2_300);
  await portugal();
  await changeRate(2_303);
  vi.advanceTimersByTime(4_500);
  expect(await portugal()).toBe(2_300);
  vi.advanceTimersByTime(500);
  expect(await portugal()).toBe(2_303);
});

test('a failure is told only to those that would get what is too old, and not kept', async () => {
  begin();
  await changeRate(2_300);
  await portugal();
  await owner`revoke select on shop.tax_rates from waybill_app`;
  try {
    vi.advanceTimersByTime(4_000);
    expect(await portugal()).toBe(2_300);
    vi.advanceTimersByTime(1_000);
    await expect(portugal()).rejects.toThrow();
  } finally {
    await owner`grant select on shop.tax_rates to waybill_app`;
  }
  expect(await portugal()).toBe(2_300);
});
