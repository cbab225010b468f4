import { expect, test } from 'vitest';
import { amountText, minorOf } from './amount.ts';

test('an amount is read with a point or a comma, to the last cent', () => {
  expect(['19.90', '19,9', '20', ' 0.29 '].map(minorOf)).toEqual([1990, 1990, 2000, 29]);
});

test('what is no amount is none', () => {
  expect(['', '-5', '1.234', 'ten', '1,000.00'].map(minorOf)).toEqual([null, null, null, null, null]);
});

test('an amount reads back as it was written', () => {
  expect([1990, 5, 100_000].map((minor) => minorOf(amountText(minor)))).toEqual([1990, 5, 100_000]);
});
