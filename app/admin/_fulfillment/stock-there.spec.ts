import { expect, test } from 'vitest';
import { stockThereWords } from './stock-there.ts';

const wants = (sku: string, quantity: number) => ({ sku, quantity });
const has = (sku: string, onHand: number | null, unavailable = 0) => ({ sku, onHand, unavailable });

test('one SKU says how many lie there', () => {
  expect(stockThereWords([wants('A', 2)], [has('A', 98)])).toEqual({ state: 'there', words: '98 on hand' });
});

test('lines of the same SKU are wanted together, and damaged goods do not count', () => {
  expect(stockThereWords([wants('A', 2), wants('A', 2)], [has('A', 4, 1)])).toEqual({
    state: 'short',
    words: '3 of 4 there',
  });
});

test('of several SKUs says how many are short', () => {
  expect(stockThereWords([wants('A', 1), wants('B', 3)], [has('A', 5), has('B', 2)])).toEqual({
    state: 'short',
    words: '1 of 2 short',
  });
});

test('a SKU whose stock was never kept is not called short', () => {
  expect(stockThereWords([wants('A', 1)], [has('A', null)])).toEqual({ state: 'unknown', words: 'Stock not kept' });
});
