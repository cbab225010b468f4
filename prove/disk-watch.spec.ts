import { expect, test } from 'vitest';
import { createDiskWatch } from './disk-watch.ts';

/** Looks every 20 ms at a disk that says this. */
const watched = (looks: readonly (readonly [completed: number, waiting: number])[]) => {
  let nth = -1;
  const watch = createDiskWatch(() => {
    const [completed, waiting] = looks[nth] ?? [0, 0];
    return { completed, waiting };
  });
  for (nth = 0; nth < looks.length; nth += 1) watch.look(nth * 20);
  return watch;
};

test('a disk stands still while requests wait and none is completed', () => {
  const watch = watched([
    [1, 0],
    [2, 3],
    [2, 3],
    [2, 4],
    [2, 7],
    [2, 7],
    [3, 6],
    [9, 0],
  ]);
  expect(watch.longestMs()).toBe(80);
  expect(watch.stoodStillMs(0, 1_000)).toBe(80);
  expect(watch.stoodStillMs(40, 60)).toBe(20);
  expect(watch.stoodStillMs(100, 1_000)).toBe(0);
});

test('it doesn’t where it has nothing to do, is busy, or is slow for a moment only', () => {
  const idle = Array.from({ length: 9 }, () => [5, 0] as const);
  const busy = Array.from({ length: 9 }, (_, nth) => [nth, 30] as const);
  const slow = [
    [1, 2],
    [1, 2],
    [1, 2],
    [2, 2],
    [2, 2],
    [2, 2],
    [3, 0],
  ] as const;
  for (const looks of [idle, busy, slow]) expect(watched(looks).stoodStillMs(0, 1_000)).toBe(0);
});

test('where nobody tells, nothing is held against a disk', () => {
  const watch = createDiskWatch(() => null);
  watch.look(0);
  watch.look(500);
  expect(watch.stoodStillMs(0, 1_000)).toBe(0);
});
