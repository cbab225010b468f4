import { expect, test } from 'vitest';
import { within } from './flushes.ts';

test.each([
  ['before and after', { from: 100, to: 200 }, 0],
  ['at its begin and its end', { from: 40, to: 320 }, 10 + 20],
  ['in the midst of one', { from: 10, to: 30 }, 20],
  ['around both', { from: 0, to: 1_000 }, 50 + 100],
])('%s', (_, span, ms) => {
  const slow = [
    { from: 0, to: 50 },
    { from: 300, to: 400 },
  ];
  expect(within(span, slow)).toBe(ms);
});
