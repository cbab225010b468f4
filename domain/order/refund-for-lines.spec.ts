import { expect, test } from 'vitest';
import { lineIdOf } from '../shared/ids.builders.ts';
import { refundForLines } from './refund-for-lines.ts';

const lines = [
  { lineId: lineIdOf(1), quantity: 3, totalMinor: 1_000 },
  { lineId: lineIdOf(2), quantity: 1, totalMinor: 6_490 },
];

test('some units are their share of what was paid for the line', () => {
  expect(refundForLines(lines, { [lineIdOf(1)]: 1 })).toBe(333);
  expect(refundForLines(lines, { [lineIdOf(1)]: 2, [lineIdOf(2)]: 1 })).toBe(667 + 6_490);
});

test('all units are the line’s total, and never more', () => {
  expect(refundForLines(lines, { [lineIdOf(1)]: 3 })).toBe(1_000);
  expect(refundForLines(lines, { [lineIdOf(1)]: 9 })).toBe(1_000);
});

test('nothing chosen is nothing', () => {
  expect(refundForLines(lines, {})).toBe(0);
});
