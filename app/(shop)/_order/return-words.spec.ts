import { expect, test } from 'vitest';
import type { WaybillEvent } from '#domain/events/registry.ts';
import { candles, createFulfillment, reportShortPick, startPicking } from '#domain/fulfillment/fulfillment.builders.ts';
import { lineOf } from '#domain/order/order.builders.ts';
import { fold } from '#domain/shared/decider.ts';
import { candle, fulfillmentIdOf, orderId, uuid } from '#domain/shared/ids.builders.ts';
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
import { goodsReturnedReason, owedForReturn, returnsOf } from '#domain/waybill/returns.ts';
import { blankWaybill, evolve } from '#domain/waybill/state.ts';
import { delivered, readyToPick } from '#domain/waybill/waybill.builders.ts';
import { canChange, returnableParcels, whyNotChange } from './own-options.ts';
import { stageOf } from './return-words.ts';

const waybillOf = (events: readonly WaybillEvent[]) => fold(evolve, blankWaybill, events);

const stage = (events: readonly WaybillEvent[]) => {
  const waybill = waybillOf(events);
  const [asked] = returnsOf(waybill);
  const entries = events.map((event) => ({ event, occurredAt: '2026-11-14T09:00:00.000Z' })).toReversed();
  return asked && stageOf(asked, waybill, entries);
};

test('a return is told step by step, and a declined one with its reason', () => {
  expect(stage(returnAsked)).toEqual({ stage: 'requested' });
  expect(stage(followedBy(returnAsked, approveReturn))).toEqual({ stage: 'approved' });
  expect(stage(followedBy(returnAsked, approveReturn, receiveReturn))).toEqual({ stage: 'received' });
  expect(stage(followedBy(returnAsked, declineReturn))).toEqual({ stage: 'declined', why: declineReturn.reason });
});

test('money counts as refunded only once the bank has answered', () => {
  expect(stage(returnInspected)).toEqual({ stage: 'refunding', amountMinor: null });
  const waybill = waybillOf(returnInspected);
  const amountMinor = owedForReturn(waybill, inspectReturn.returnId);
  const asked = followedBy(returnInspected, {
    type: 'RefundOrder',
    orderId: inspectReturn.orderId,
    refundId: uuid(990),
    amountMinor,
    reason: goodsReturnedReason,
  });
  expect(stage(asked)).toEqual({ stage: 'refunding', amountMinor });
});

test('what is sent again counts as replaced until it is not found, and is then told as money', () => {
  const { returnId } = inspectReturn;
  const lineId = replacementLineId(orderId, returnId, 1);
  const again = { fulfillmentId: fulfillmentIdOf(2) };
  const exchange = { added: [{ ...lineOf(3, candle, 1, 0), lineId }], exchangeFor: returnId };
  const exchanged = followedBy(
    delivered,
    requestReturn({ resolution: 'exchange' }),
    approveReturn,
    receiveReturn,
    inspectReturn,
    requestAmendment(exchange),
    completeAmendment(),
    createFulfillment({ ...again, lines: [{ ...candles, lineId, quantity: 1 }] }),
  );
  expect(stage(exchanged)).toEqual({ stage: 'replaced' });
  const missing = followedBy(exchanged, { ...startPicking(), ...again }, { ...reportShortPick(lineId, 1), ...again });
  expect(stage(missing)).toEqual({ stage: 'refunding', amountMinor: null });
});

test('what nothing was paid for waits for no money', () => {
  const gift = { to: { code: 'GIFT', kind: 'percent', value: 10_000 } } as const;
  const free = followedBy(delivered, requestAmendment({ discount: gift }), completeAmendment());
  expect(stage(followedBy(free, requestReturn(), approveReturn, receiveReturn, inspectReturn))).toEqual({
    stage: 'unpaid',
  });
});

test('what is all refused is not paid back', () => {
  const lines = inspectReturn.lines.map((line) => ({ ...line, disposition: 'refused' as const }));
  expect(stage(followedBy(returnAsked, approveReturn, receiveReturn, { ...inspectReturn, lines }))).toEqual({
    stage: 'refused',
  });
});

test('an order can be changed until it is picked, and what was delivered can go back until all of it has', () => {
  expect(canChange(waybillOf(readyToPick))).toBe(true);
  const left = waybillOf(delivered);
  expect(canChange(left)).toBe(false);
  const [parcel] = returnableParcels(left);
  expect(parcel?.lines.map(({ left: units }) => units)).toEqual([2, 1]);
  expect(returnableParcels(waybillOf(returnAsked))[0]?.lines.map(({ left: units }) => units)).toEqual([1]);
  if (left.order.status !== 'absent') expect(whyNotChange(left, left.order)).toBeNull();
});
