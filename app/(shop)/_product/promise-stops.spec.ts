import { expect, test } from 'vitest';
import { promiseStops } from './promise-stops.ts';

const from = { code: 'OPO', city: 'Porto', country: 'PT', timeZone: 'Europe/Lisbon', cutoff: '16:00' };
const words = (promise: { shipBy: string; deliverBy: string }, now: string) =>
  promiseStops({ promise, from }, Date.parse(now)).map(({ label, detail }) => `${label}: ${detail}`);

test('before the cutoff, an order leaves today', () => {
  const promise = { shipBy: '2026-11-20T16:00:00.000Z', deliverBy: '2026-11-24T20:00:00.000Z' };
  expect(words(promise, '2026-11-20T09:00:00.000Z')).toEqual([
    'Order today: before 16:00',
    'Picked: today, Porto',
    'Shipped: today',
    'With you: Tue 24 Nov',
  ]);
});

test('on a weekend, it says the day on which the order leaves', () => {
  const promise = { shipBy: '2026-11-23T16:00:00.000Z', deliverBy: '2026-11-24T20:00:00.000Z' };
  expect(words(promise, '2026-11-21T09:00:00.000Z')).toEqual([
    'Order now: before Mon 16:00',
    'Picked: Mon, Porto',
    'Shipped: Mon 23 Nov',
    'With you: Tue 24 Nov',
  ]);
});

test('it names no city where the product does not lie in the nearest one', () => {
  const promise = { shipBy: '2026-11-20T16:00:00.000Z', deliverBy: '2026-11-24T20:00:00.000Z' };
  const [, picked] = promiseStops({ promise, from }, Date.parse('2026-11-20T09:00:00.000Z'), false);
  expect(picked?.detail).toBe('today');
});

test('hours are those of the warehouse', () => {
  const promise = { shipBy: '2026-07-20T15:00:00.000Z', deliverBy: '2026-07-21T19:00:00.000Z' };
  expect(words(promise, '2026-07-20T09:00:00.000Z')[0]).toBe('Order today: before 16:00');
});
