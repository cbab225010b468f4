import { expect, test } from 'vitest';
import {
  countOf,
  emptyCart,
  givenBack,
  restOf,
  setAsideFor,
  settled,
  withLineBack,
  withMore,
  without,
  withQuantity,
} from './cart.ts';

const teapot = 'TEA-POT-08';
const candle = 'BEE-CAN-01';
const filled = withMore(withMore(emptyCart, teapot, 2), candle, 1);

test('the same product twice is one line', () => {
  expect(withMore(filled, teapot, 3).lines).toEqual([
    { sku: teapot, quantity: 5 },
    { sku: candle, quantity: 1 },
  ]);
});

test('a quantity stays between 1 and 99', () => {
  expect(withQuantity(filled, teapot, 0).lines[0]?.quantity).toBe(1);
  expect(withMore(filled, teapot, 500).lines[0]?.quantity).toBe(99);
  expect(countOf(without(filled, teapot))).toBe(1);
});

test('a removed line comes back where it was, and with what was added meanwhile', () => {
  const removed = without(filled, teapot);
  const line = { sku: teapot, quantity: 2 };
  expect(withLineBack(removed, line, 0)).toEqual(filled);
  expect(withLineBack(withMore(removed, teapot, 1), line, 0).lines).toEqual([
    { sku: candle, quantity: 1 },
    { sku: teapot, quantity: 3 },
  ]);
});

test('what was ordered comes back when the order is refused, beside what was added since', () => {
  const ordered = setAsideFor(filled, 'order-1', filled.lines);
  expect(ordered.lines).toEqual([]);
  const added = withMore(ordered, candle, 1);
  expect(givenBack(added, 'order-1')).toEqual({
    ...emptyCart,
    lines: [
      { sku: candle, quantity: 2 },
      { sku: teapot, quantity: 2 },
    ],
  });
});

test('what was bought does not come back, and giving back twice changes nothing', () => {
  const bought = settled(setAsideFor(filled, 'order-1', filled.lines), 'order-1');
  expect(givenBack(bought, 'order-1')).toEqual(emptyCart);
  const back = givenBack(setAsideFor(filled, 'order-2', filled.lines), 'order-2');
  expect(givenBack(back, 'order-2')).toBe(back);
});

test('the rest of a sold-out order keeps what can still be had', () => {
  const lines = [
    { sku: teapot, quantity: 3 },
    { sku: candle, quantity: 2 },
    { sku: 'HON-JAR-01', quantity: 1 },
  ];
  const soldOut = [
    { sku: teapot, available: 1 },
    { sku: candle, available: 0 },
  ];
  expect(restOf(lines, soldOut)).toEqual([
    { sku: teapot, quantity: 1 },
    { sku: 'HON-JAR-01', quantity: 1 },
  ]);
});
