import { expect, test } from 'vitest';
import type { WaybillEvent } from '#domain/events/registry.ts';
import { candles } from '#domain/fulfillment/fulfillment.builders.ts';
import { lineOf } from '#domain/order/order.builders.ts';
import { fold } from '#domain/shared/decider.ts';
import { candle, orderId } from '#domain/shared/ids.builders.ts';
import {
  approveReturn,
  completeAmendment,
  declineReturn,
  followedBy,
  inspectReturn,
  receiveReturn,
  requestAmendment,
  requestReturn,
  returnAsked,
  returnInspected,
} from '#domain/waybill/amendment.builders.ts';
import { replacementLineId } from '#domain/waybill/replacement-lines.ts';
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

test('what was accepted is not said to be refused where nothing was paid for it, and an exchange names the money', () => {
  const gift = { to: { code: 'GIFT', kind: 'percent', value: 10_000 } } as const;
  const free = followedBy(delivered, requestAmendment({ discount: gift }), completeAmendment());
  expect(told(followedBy(free, requestReturn(), approveReturn, receiveReturn, inspectReturn))).toEqual([
    'Nothing was paid for it',
  ]);
  const inspected = followedBy(
    delivered,
    requestReturn({ resolution: 'exchange' }),
    approveReturn,
    receiveReturn,
    inspectReturn,
  );
  expect(told(inspected)).toEqual([expect.stringMatching(/sent again, or .*64\.90 given back for what can’t be$/)]);
  const lineId = replacementLineId(orderId, inspectReturn.returnId, 1);
  const exchange = { added: [{ ...lineOf(3, candle, 1, 0), lineId }], exchangeFor: inspectReturn.returnId };
  expect(told(followedBy(inspected, requestAmendment(exchange)))).toEqual(['The same goods are sent again']);
  expect(told(followedBy(inspected, requestAmendment(exchange), completeAmendment()))).toEqual([
    'The same goods are sent again',
  ]);
  const refused = {
    ...inspectReturn,
    lines: [{ lineId: candles.lineId, quantity: 2, disposition: 'refused' }],
  } as const;
  expect(told(followedBy(returnAsked, approveReturn, receiveReturn, refused))).toEqual([
    'Nothing of it was accepted, it goes back to the customer',
  ]);
});

test('only what was delivered can be returned, once', () => {
  expect(leftOf(shipped)).toEqual([]);
  expect(leftOf(delivered)[0]).toHaveLength(2);
  expect(leftOf(returnAsked)[0]).toHaveLength(1);
  expect(leftOf(followedBy(returnAsked, declineReturn))[0]).toHaveLength(2);
});
