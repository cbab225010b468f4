import { expect, test } from 'vitest';
import type { WaybillEvent } from '#domain/events/registry.ts';
import { fold } from '#domain/shared/decider.ts';
import {
  approveReturn,
  declineReturn,
  followedBy,
  receiveReturn,
  returnAsked,
  returnInspected,
} from '#domain/waybill/amendment.builders.ts';
import { returnsOf } from '#domain/waybill/returns.ts';
import { blankWaybill, evolve } from '#domain/waybill/state.ts';
import { delivered, shipped } from '#domain/waybill/waybill.builders.ts';
import { outcomeWords } from './return-words.ts';
import { returnable } from './returnable.ts';

const stateOf = (events: readonly WaybillEvent[]) => fold(evolve, blankWaybill, events);
const told = (events: readonly WaybillEvent[]) => {
  const waybill = stateOf(events);
  return returnsOf(waybill).map((asked) => outcomeWords(asked, waybill));
};
const leftOf = (events: readonly WaybillEvent[]) =>
  returnable(stateOf(events)).map(({ lines }) => lines.map(({ name, most }) => `${most} × ${name}`));

test('a return says what comes next, from asking to what is given back', () => {
  expect(told(returnAsked)).toEqual(['The customer wants a refund. Answer them']);
  expect(told(followedBy(returnAsked, approveReturn))).toEqual(['Waits for the goods, then refund']);
  expect(told(followedBy(returnAsked, declineReturn))).toEqual(['Nothing is sent back']);
  expect(told(followedBy(returnAsked, approveReturn, receiveReturn))).toEqual([
    'The warehouse looks at it, then refund',
  ]);
  // Two candles came back, one of them was not accepted.
  expect(told(returnInspected)).toEqual([expect.stringMatching(/64\.90 to be given back$/)]);
});

test('only what was delivered can be returned, once', () => {
  expect(leftOf(shipped)).toEqual([]);
  expect(leftOf(delivered)[0]).toHaveLength(2);
  expect(leftOf(returnAsked)[0]).toHaveLength(1);
  expect(leftOf(followedBy(returnAsked, declineReturn))[0]).toHaveLength(2);
});
