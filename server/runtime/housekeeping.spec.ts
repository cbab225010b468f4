import { expect, test } from 'vitest';
import { pruneAll } from './housekeeping.ts';

const never = new AbortController().signal;

test('prunes batch after batch until one is not full', async () => {
  const left = [1_000, 1_000, 7];
  expect(await pruneAll(async () => left.shift() ?? 0, never)).toBe(2_007);
  expect(left).toEqual([]);
});

test('stops between two batches when the worker stops', async () => {
  const stopping = new AbortController();
  const pruned = pruneAll(async (limit) => {
    stopping.abort();
    return limit;
  }, stopping.signal);
  expect(await pruned).toBe(1_000);
});
