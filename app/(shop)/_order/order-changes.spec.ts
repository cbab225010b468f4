import { expect, test } from 'vitest';
import type { WaybillEvent } from '#domain/events/registry.ts';
import { candles } from '#domain/fulfillment/fulfillment.builders.ts';
import { fold } from '#domain/shared/decider.ts';
import {
  amended,
  amendmentAsked,
  cancelLines,
  declineAmendment,
  followedBy,
} from '#domain/waybill/amendment.builders.ts';
import { blankWaybill, evolve } from '#domain/waybill/state.ts';
import { readyToPick } from '#domain/waybill/waybill.builders.ts';
import { changesOf } from './order-changes.ts';

const told = (events: readonly WaybillEvent[]) => {
  const { order } = fold(evolve, blankWaybill, events);
  if (order.status === 'absent') throw new Error('There is no order');
  const entries = events.map((event) => ({ event, occurredAt: '2026-11-14T09:00:00.000Z' })).toReversed();
  return changesOf(order, entries);
};

test('a change is pending until stock and bank have answered, and then done', () => {
  expect(told(amendmentAsked).map(({ state }) => state)).toEqual(['pending']);
  const [done] = told(amended);
  expect(done).toMatchObject({ state: 'done', why: null });
  expect(done?.what).toContain(`${candles.name}, now 1`);
  expect(done?.what).toContain('Shipping: Express');
});

test('a change that came to nothing says why', () => {
  expect(told(followedBy(amendmentAsked, declineAmendment()))).toMatchObject([
    { state: 'declined', why: 'Your bank declined the additional amount, so nothing more was charged.' },
  ]);
});

test('items that were called off are named', () => {
  const events = followedBy(readyToPick, cancelLines({ lineId: candles.lineId, quantity: 1 }));
  expect(told(events)).toMatchObject([{ state: 'done', what: [`1 × ${candles.name} canceled`] }]);
});
