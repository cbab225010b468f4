import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOwedRows, type OwedRows } from './owed-rows.ts';

let reads: { readonly orderIds: readonly string[]; readonly answer: (isCurrent: boolean) => void }[];
let rows: OwedRows;
beforeEach(() => {
  vi.useFakeTimers();
  reads = [];
  rows = createOwedRows((orderIds) => new Promise<boolean>((resolve) => reads.push({ orderIds, answer: resolve })));
});
afterEach(() => {
  rows.stop();
  vi.useRealTimers();
});

const askedFor = () => reads.map(({ orderIds }) => orderIds);
const answer = async (isCurrent: boolean) => {
  reads.at(-1)?.answer(isCurrent);
  await vi.runAllTimersAsync();
};

test('what is behind is asked for again until it is not', async () => {
  rows.owe(['a', 'b']);
  await vi.runAllTimersAsync();
  await answer(false);
  await answer(false);
  await answer(true);
  expect(askedFor()).toEqual([
    ['a', 'b'],
    ['a', 'b'],
    ['a', 'b'],
  ]);
});

test('what changes while it is read is read once more, after that', async () => {
  rows.owe(['a']);
  await vi.runAllTimersAsync();
  rows.owe(['a', 'b']);
  await vi.runAllTimersAsync();
  expect(askedFor()).toEqual([['a']]);
  await answer(true);
  expect(askedFor()).toEqual([['a'], ['a', 'b']]);
});

test('200 are read at once, the others next', async () => {
  rows.owe(Array.from({ length: 201 }, (_, nth) => String(nth)));
  await vi.runAllTimersAsync();
  await answer(true);
  expect(askedFor().map(({ length }) => length)).toEqual([200, 1]);
});

test('a list that is gone asks no more', async () => {
  rows.owe(['a']);
  await vi.runAllTimersAsync();
  rows.stop();
  await answer(false);
  expect(askedFor()).toEqual([['a']]);
});
