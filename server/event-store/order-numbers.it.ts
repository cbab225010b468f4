import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOrderNumbers } from './order-numbers.ts';
import { openTestStore, type TestStore } from './testing/test-store.ts';

let at: TestStore;
beforeAll(async () => {
  at = await openTestStore();
});
afterAll(() => at.close());

test('no two orders get the same number, whatever the number of processes; the first is WB-48213', async () => {
  const processes = [at.sql, at.client('app', 2), at.client('worker', 2)].map(createOrderNumbers);
  const numbers = await Promise.all(Array.from({ length: 600 }, (_, nth) => processes[nth % 3]?.next()));
  expect(new Set(numbers).size).toBe(600);
  expect(numbers).toContain('WB-48213');
});
