import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBatchWindow } from './batch-window.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Names of those that have passed, in order. */
const visit = () => {
  const passed: string[] = [];
  const window = createBatchWindow({ everyMs: 15, most: 4, arrivals: 3, overMs: 100 });
  const come = (name: string) => void window().then(() => passed.push(name));
  return { passed, come };
};

test('who comes alone passes at once, however many come in all', async () => {
  const { passed, come } = visit();
  for (const name of ['a', 'b', 'c', 'd']) {
    come(name);
    await vi.advanceTimersByTimeAsync(0);
    expect(passed.at(-1)).toBe(name);
    await vi.advanceTimersByTimeAsync(60);
  }
});

test('in a rush, those of one moment pass together', async () => {
  const { passed, come } = visit();
  come('a');
  come('b');
  come('c');
  await vi.advanceTimersByTimeAsync(10);
  come('d');
  await vi.advanceTimersByTimeAsync(4);
  expect(passed).toEqual(['a', 'b']);
  await vi.advanceTimersByTimeAsync(1);
  expect(passed).toEqual(['a', 'b', 'c', 'd']);
});

test('after the rush nobody waits', async () => {
  const { passed, come } = visit();
  for (const name of ['a', 'b', 'c', 'd']) come(name);
  await vi.advanceTimersByTimeAsync(200);
  come('e');
  await vi.advanceTimersByTimeAsync(0);
  expect(passed).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('when enough wait, they pass without waiting for more', async () => {
  const { passed, come } = visit();
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) come(name);
  await vi.advanceTimersByTimeAsync(0);
  expect(passed).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  await vi.advanceTimersByTimeAsync(15);
  expect(passed.at(-1)).toBe('g');
});
