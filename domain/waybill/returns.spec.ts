import { describe, expect, test } from 'vitest';
import type { WaybillEvent } from '../events/registry.ts';
import {
  candles,
  createFulfillment,
  deliverFulfillment,
  lamps,
  packFulfillment,
  pickItem,
  shipFulfillment,
  startPicking,
} from '../fulfillment/fulfillment.builders.ts';
import { lineOf } from '../order/order.builders.ts';
import { fold } from '../shared/decider.ts';
import { candle, euro, fulfillmentIdOf, orderId, uuid } from '../shared/ids.builders.ts';
import { specificationOf } from '../shared/spec.ts';
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
} from './amendment.builders.ts';
import { decide, type WaybillCommand } from './decide.ts';
import { replacementLineId } from './replacement-lines.ts';
import { owedForReturn, returnableQuantity, returnsOf } from './returns.ts';
import { blankWaybill, evolve } from './state.ts';
import { delivered, shipped } from './waybill.builders.ts';

const given = (history: readonly WaybillEvent[]) =>
  specificationOf({ decide, evolve, initial: blankWaybill })(...history);
const stateOf = (history: readonly WaybillEvent[]) => fold(evolve, blankWaybill, history);
const typesOf = (history: readonly WaybillEvent[], ...commands: WaybillCommand[]) =>
  followedBy(history, ...commands)
    .slice(history.length)
    .map(({ type }) => type);

/** One candle of a return was sent again, has arrived, and came back in the next return. */
const sentAgain = (history: readonly WaybillEvent[], returnId: string, nth: 1 | 2): readonly WaybillEvent[] => {
  const lineId = replacementLineId(orderId, returnId, 1);
  const parcel = { fulfillmentId: fulfillmentIdOf(1 + nth) };
  const next = uuid(901 + nth);
  const lines = [{ lineId, quantity: 1 }];
  const exchange = { added: [{ ...lineOf(3, candle, 1, 0), lineId }], exchangeFor: returnId };
  return followedBy(
    history,
    requestAmendment(exchange, nth),
    completeAmendment(nth),
    createFulfillment({ ...parcel, lines: [{ ...candles, lineId, quantity: 1 }] }),
    { ...startPicking(), ...parcel },
    { ...pickItem(lineId, 1), ...parcel },
    { ...packFulfillment, ...parcel },
    { ...shipFulfillment, ...parcel },
    { ...deliverFulfillment, ...parcel },
    requestReturn({ ...parcel, returnId: next, lines }),
    { ...approveReturn, returnId: next },
    { ...receiveReturn, returnId: next, lines },
    { ...inspectReturn, returnId: next, lines: lines.map((line) => ({ ...line, disposition: 'restock' as const })) },
  );
};

describe('asking for a return', () => {
  test('names what goes back, of one delivery', () => {
    expect(typesOf(delivered, requestReturn())).toEqual(['ReturnRequested']);
  });
  test('is a no-op the second time', () => {
    given(returnAsked).when(requestReturn()).thenNothing();
  });
  test('is refused before the parcel was delivered', () => {
    given(shipped).when(requestReturn()).thenRejected({ code: 'ReturnNotDelivered' });
  });
  test('is refused for more than was sent and not yet asked back', () => {
    given(delivered)
      .when(requestReturn({ lines: [{ lineId: candles.lineId, quantity: 3 }] }))
      .thenRejected({ code: 'ReturnExceeds', left: 2 });
    given(returnAsked)
      .when(requestReturn({ returnId: uuid(902), lines: [{ lineId: candles.lineId, quantity: 1 }] }))
      .thenRejected({ code: 'ReturnExceeds', left: 0 });
  });
  test('is possible again after a return was declined', () => {
    expect(typesOf(followedBy(returnAsked, declineReturn), requestReturn({ returnId: uuid(902) }))).toEqual([
      'ReturnRequested',
    ]);
  });
  test('is refused for nothing, and of a parcel that is not there', () => {
    given(delivered)
      .when(requestReturn({ lines: [] }))
      .thenRejected({ code: 'ReturnEmpty' });
    given(delivered)
      .when(requestReturn({ fulfillmentId: fulfillmentIdOf(9) }))
      .thenRejected({ code: 'FulfillmentUnknown' });
  });
});

describe('the way of a return', () => {
  test('leads from request over approval and receipt to inspection', () => {
    const statuses = [approveReturn, receiveReturn, inspectReturn].map(
      (_, index, steps) => returnsOf(stateOf(followedBy(returnAsked, ...steps.slice(0, index + 1))))[0]?.status,
    );
    expect(statuses).toEqual(['approved', 'received', 'inspected']);
  });
  test('takes no step before its time', () => {
    given(returnAsked).when(receiveReturn).thenRejected({ code: 'ReturnNotReady', status: 'requested' });
    given(followedBy(returnAsked, approveReturn))
      .when(inspectReturn)
      .thenRejected({ code: 'ReturnNotReady', status: 'approved' });
    given(followedBy(returnAsked, declineReturn))
      .when(approveReturn)
      .thenRejected({ code: 'ReturnNotReady', status: 'declined' });
    given(followedBy(returnAsked, approveReturn))
      .when(declineReturn)
      .thenRejected({ code: 'ReturnNotReady', status: 'approved' });
  });
  test('takes each step once', () => {
    given(followedBy(returnAsked, approveReturn)).when(approveReturn).thenNothing();
    given(returnInspected).when(receiveReturn).thenNothing();
    given(returnInspected).when(inspectReturn).thenNothing();
  });
  test('receives no more than was announced, and less when less came', () => {
    const approved = followedBy(returnAsked, approveReturn);
    const receive = (quantity: number) => ({ ...receiveReturn, lines: [{ lineId: candles.lineId, quantity }] });
    given(approved).when(receive(3)).thenRejected({ code: 'ReturnExceeds', left: 2 });
    expect(typesOf(approved, receive(1))).toEqual(['ReturnReceived']);
    given(approved)
      .when({ ...receiveReturn, lines: [{ lineId: lamps.lineId, quantity: 1 }] })
      .thenRejected({ code: 'ReturnEmpty' });
  });
  test('wants every unit looked at', () => {
    const received = followedBy(returnAsked, approveReturn, receiveReturn);
    given(received)
      .when({ ...inspectReturn, lines: inspectReturn.lines.slice(0, 1) })
      .thenRejected({ code: 'InspectionIncomplete', left: 1 });
    given(received)
      .when({ ...inspectReturn, lines: [...inspectReturn.lines, ...inspectReturn.lines] })
      .thenRejected({ code: 'ReturnExceeds', left: 2 });
  });
  test('is refused of a return that is not there', () => {
    given(delivered).when(approveReturn).thenRejected({ code: 'ReturnUnknown' });
  });
});

describe('the worth of a return', () => {
  test('is that of the units that are made good', () => {
    expect(owedForReturn(stateOf(returnInspected), uuid(901))).toBe(6_490);
    expect(owedForReturn(stateOf(returnAsked), uuid(901))).toBe(0);
  });
  test('of what was sent again is that of what it stands for, however often', () => {
    const again = sentAgain(returnInspected, uuid(901), 1);
    expect(owedForReturn(stateOf(again), uuid(902))).toBe(6_490);
    const onceMore = sentAgain(again, uuid(902), 2);
    // Only the last of them is owed.
    expect([901, 902, 903].map((number) => owedForReturn(stateOf(onceMore), uuid(number)))).toEqual([0, 0, 6_490]);
  });
  test('what was sent back can’t be sent back again', () => {
    const waybill = stateOf(returnInspected);
    const [fulfillment] = Object.values(waybill.fulfillments);
    if (!fulfillment) throw new Error('No fulfillment');
    expect(returnableQuantity(waybill, fulfillment, candles.lineId)).toBe(0);
    expect(returnableQuantity(waybill, fulfillment, lamps.lineId)).toBe(1);
  });
});

describe('a refund over all payments', () => {
  const refund = (amountMinor: number) =>
    ({ type: 'RefundOrder', orderId, refundId: uuid(601), amountMinor, reason: 'Returned' }) as const;
  test('is asked of the payment that was captured, once', () => {
    expect(typesOf(delivered, refund(6_490))).toEqual(['RefundRequested']);
    given(followedBy(delivered, refund(6_490)))
      .when(refund(6_490))
      .thenNothing();
  });
  test('never exceeds what is left', () => {
    given(followedBy(delivered, refund(18_000)))
      .when({ ...refund(1_000), refundId: uuid(602) })
      .thenRejected({ code: 'RefundExceedsCaptured', refundableMinor: 470, currency: euro });
    given(delivered).when(refund(0)).thenRejected({ code: 'AmountInvalid' });
  });
});
