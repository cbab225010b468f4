import { expect, test } from 'vitest';
import { fromStripeAmount, toStripeAmount } from './amounts.ts';

test.each([
  ['EUR', 18_470, 18_470],
  ['USD', 1, 1],
  ['BRL', 12_999, 12_999],
  // ¥ 500 is 500: it has no smaller unit.
  ['JPY', 500, 500],
  ['KRW', 12_000, 12_000],
  ['CLP', 990, 990],
  // No smaller unit either, but Stripe counts them in hundredths.
  ['ISK', 500, 50_000],
  ['UGX', 1, 100],
  // ISO gives the ariary two digits, Stripe none.
  ['MGA', 1_200, 12],
  ['KWD', 5_120, 5_120],
])('%s: %i minor units are %i at Stripe, and back', (currency, minor, stripe) => {
  expect(toStripeAmount(minor, currency)).toBe(stripe);
  expect(fromStripeAmount(stripe, currency.toLowerCase())).toBe(minor);
});

test.each([
  ['KWD', 5_124],
  ['MGA', 1_250],
])('%s: %i minor units, which Stripe has no number for, are never rounded', (currency, minor) => {
  expect(toStripeAmount(minor, currency)).toBeNull();
});
