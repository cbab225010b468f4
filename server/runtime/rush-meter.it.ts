import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#db/clients.ts';
import { createOrderNumbers } from '#server/event-store/order-numbers.ts';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { createRushMeter } from './rush-meter.ts';

let store: TestStore;
let sql: Database;
beforeAll(async () => {
  store = await openTestStore();
  sql = store.another({}, 'worker').sql;
});
afterAll(() => store.close());

const place = async (count: number): Promise<void> => {
  const numbers = createOrderNumbers(sql);
  for (let nth = 0; nth < count; nth += 1) await numbers.next();
};

const meterFrom = async (perSecond: number) => {
  const clock = { ms: 10_000 };
  const meter = createRushMeter(sql, perSecond, () => clock.ms);
  await meter.look();
  /** `orders` placed over the next so many ms. */
  const over = async (ms: number, orders: number): Promise<boolean> => {
    await place(orders);
    clock.ms += ms;
    await meter.look();
    return meter.isRush();
  };
  return { over, halfSecond: (orders: number) => over(500, orders) };
};

test('so many orders a second are a rush, until fewer are placed', async () => {
  const { halfSecond } = await meterFrom(600);
  expect(await halfSecond(200)).toBe(false);
  expect(await halfSecond(400)).toBe(true);
  expect(await halfSecond(500)).toBe(true);
  expect(await halfSecond(50)).toBe(false);
  expect(await halfSecond(0)).toBe(false);
});

test('far more than that are one at once, a block of numbers or two are not', async () => {
  const { over } = await meterFrom(600);
  expect(await over(150, 50)).toBe(false);
  expect(await over(150, 50)).toBe(false);
  expect(await over(150, 300)).toBe(true);
});

test('where there are processors enough, nothing is a rush', async () => {
  const { halfSecond } = await meterFrom(Number.POSITIVE_INFINITY);
  expect(await halfSecond(1_000)).toBe(false);
});
