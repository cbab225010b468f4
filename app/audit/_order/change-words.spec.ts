import { expect, test } from 'vitest';
import { erased } from '#domain/shared/personal.ts';
import { changeWords, pathWords } from './change-words.ts';

const paymentId = '01932b5e-0000-7000-8000-00000042cafe';

test('a path reads from the outside in, and an id by its end', () => {
  expect(pathWords(['payments', paymentId, 'status'])).toBe('Payment 42cafe, status');
});

test('what belongs to the order says just what it is', () => {
  expect(pathWords(['order', 'totals', 'grandTotalMinor'])).toBe('Totals, grand total');
});

test('the order itself may be what changed', () => {
  expect(pathWords(['order'])).toBe('Order');
});

test('an amount is money, in the order’s currency', () => {
  const words = changeWords({ path: ['payments', paymentId, 'authorizedMinor'], before: 0, after: 18_470 }, 'EUR');
  expect(words).toMatchObject({ before: '€\u00a00.00', after: '€\u00a0184.70' });
});

test('what was not there before has no before, and what is gone no after', () => {
  expect(changeWords({ path: ['order', 'status'], before: undefined, after: 'placed' }, 'EUR').before).toBeNull();
  expect(
    changeWords({ path: ['order', 'holds', 'h1'], before: 'Address check', after: undefined }, 'EUR').after,
  ).toBeNull();
});

test('an erased person is erased here too', () => {
  expect(changeWords({ path: ['order', 'contact'], before: undefined, after: erased }, 'EUR').after).toBe('erased');
});

test('an instant is exact', () => {
  const change = { path: ['order', 'promise', 'shipBy'], before: undefined, after: '2026-11-14T09:00:00.000Z' };
  expect(changeWords(change, 'EUR').after).toBe('14 Nov 2026 09:00:00 UTC');
});

test('a whole part that came is told with all that is in it', () => {
  const change = {
    path: ['payments', paymentId, 'captures', 'c1'],
    before: undefined,
    after: { amountMinor: 990, status: 'pending' },
  };
  expect(changeWords(change, 'EUR').after).toBe('amount €\u00a09.90, status pending');
});
