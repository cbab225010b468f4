import { describe, expect, test } from 'vitest';
import type { WaybillEvent } from '#domain/events/registry.ts';
import { candles, createFulfillment } from '#domain/fulfillment/fulfillment.builders.ts';
import { lineOf } from '#domain/order/order.builders.ts';
import { captured, refundFailed } from '#domain/payment/payment.builders.ts';
import { fold } from '#domain/shared/decider.ts';
import { candle, fulfillmentIdOf, orderId, uuid } from '#domain/shared/ids.builders.ts';
import {
  approveReturn,
  completeAmendment,
  declineAmendment,
  followedBy,
  inspectReturn,
  receiveReturn,
  requestAmendment,
  requestReturn,
} from '#domain/waybill/amendment.builders.ts';
import { worthOfReturn } from '#domain/waybill/returns.ts';
import { blankWaybill, evolve } from '#domain/waybill/state.ts';
import { delivered } from '#domain/waybill/waybill.builders.ts';
import { completeForWaybill } from './complete-intents.ts';
import { derivedId } from './derived-id.ts';
import type { Intent, WaybillIntent } from './intents.ts';
import { replacementLineId } from './replacement-lines.ts';
import { returns } from './returns.ts';
import { recorded } from './testing/events.ts';

const returnId = uuid(901);
const refundId = derivedId('refund', returnId);
const exchangeId = derivedId('exchange', returnId);
const inspected = followedBy(delivered, requestReturn(), approveReturn, receiveReturn, inspectReturn);
const toExchange = followedBy(
  delivered,
  requestReturn({ resolution: 'exchange' }),
  approveReturn,
  receiveReturn,
  inspectReturn,
);
const failure = refundFailed(41);

/** What the process wants at the last of these events. */
const wantedAfter = (...events: WaybillEvent[]): { readonly last: readonly Intent[]; readonly eventId: string } => {
  let state = returns.initial;
  let last: readonly Intent[] = [];
  for (const [nth, event] of events.entries()) {
    const reaction = returns.react(state, recorded(event, nth));
    state = reaction.state;
    last = reaction.commands.map(({ intent }) => intent);
  }
  const end = events.at(-1);
  return { last, eventId: end ? recorded(end, events.length - 1).eventId : '' };
};
const refundOf = (id: string, earlier: readonly string[]) => ({
  type: 'RefundReturn',
  orderId,
  returnId,
  refundId: id,
  earlier,
});

describe('what came back', () => {
  test('goes back into stock and is paid back', () => {
    expect(wantedAfter(...inspected).last.map(({ type }) => type)).toEqual(['ReturnStock', 'RefundReturn']);
  });

  test('is asked for again when a refund fails that may have stood in its way', () => {
    const { last, eventId } = wantedAfter(...inspected, failure);
    expect(last).toEqual([refundOf(derivedId('refund', returnId, eventId), [refundId])]);
  });

  test('before it was paid for is asked for again with the payment', () => {
    const { last, eventId } = wantedAfter(...inspected, captured(2, 100));
    expect(last).toEqual([refundOf(derivedId('refund', returnId, eventId), [refundId])]);
  });

  test('is not paid back beside the exchange that was asked for, but when that is declined', () => {
    const added = [lineOf(3, candle, 1, 0)];
    const exchange = { ...requestAmendment({ added, exchangeFor: returnId }), amendmentId: exchangeId };
    const asked = followedBy(toExchange, exchange);
    expect(wantedAfter(...asked, failure).last).toEqual([]);
    const declined = followedBy(asked, { ...declineAmendment(), amendmentId: exchangeId });
    expect(wantedAfter(...declined).last).toEqual([refundOf(refundId, [])]);
  });

  test('is paid back when somebody takes what is sent again out of the order', () => {
    const lineId = replacementLineId(orderId, returnId, 1);
    const added = [{ ...lineOf(3, candle, 1, 0), lineId }];
    const exchange = { ...requestAmendment({ added, exchangeFor: returnId }), amendmentId: exchangeId };
    const again = createFulfillment({
      fulfillmentId: fulfillmentIdOf(2),
      lines: [{ ...candles, lineId, quantity: 1 }],
    });
    const exchanged = followedBy(toExchange, exchange, { ...completeAmendment(), amendmentId: exchangeId }, again);
    const without = followedBy(
      exchanged,
      requestAmendment({ quantities: [{ lineId, quantity: 0 }] }, 2),
      completeAmendment(2),
    );
    const removed = without.slice(0, without.findIndex(({ type }) => type === 'OrderLineRemoved') + 1);
    const { last, eventId } = wantedAfter(...removed);
    expect(last).toEqual([refundOf(derivedId('refund', returnId, eventId), [])]);
    const [intent] = last as readonly WaybillIntent[];
    if (!intent) throw new Error('Nothing is wanted');
    const stateOf = (history: readonly WaybillEvent[]) => fold(evolve, blankWaybill, history);
    expect(completeForWaybill(intent, stateOf(exchanged))).toBeNull();
    expect(completeForWaybill(intent, stateOf(without))).toMatchObject({ type: 'RefundOrder' });
  });

  test('that could not be exchanged was paid back under the id of the exchange', () => {
    const { last, eventId } = wantedAfter(...toExchange, failure);
    expect(last).toEqual([refundOf(derivedId('refund', returnId, eventId), [exchangeId])]);
  });
});

describe('a refund for a return', () => {
  const stateOf = (history: readonly WaybillEvent[]) => fold(evolve, blankWaybill, history);
  const intent = (id: string, earlier: readonly string[]) => refundOf(id, earlier) as WaybillIntent;
  const sorry = (amountMinor: number) =>
    ({ type: 'RefundOrder', orderId, refundId: uuid(41), amountMinor, reason: 'Sorry' }) as const;
  const worth = worthOfReturn(stateOf(inspected), returnId);

  test('is what it is worth, less what others hold up; when they fail, the rest, and never the whole twice', () => {
    const most = 18_470;
    const held = followedBy(inspected, sorry(most - 100));
    const first = completeForWaybill(intent(refundId, []), stateOf(held));
    expect(first).toMatchObject({ type: 'RefundOrder', amountMinor: 100 });
    if (first?.type !== 'RefundOrder') throw new Error('No refund');
    const failed = [...followedBy(held, first), failure];
    const again = derivedId('refund', 'again');
    expect(completeForWaybill(intent(again, [refundId]), stateOf(failed))).toMatchObject({ amountMinor: worth - 100 });
    const all = followedBy(inspected, { ...sorry(worth), refundId });
    expect(completeForWaybill(intent(again, [refundId]), stateOf(all))).toBeNull();
  });
});

test('a state of the first release goes on', () => {
  expect(returns.upgrade({ wanted: { [returnId]: 'refund' } }, 1)).toEqual({
    wanted: { [returnId]: 'refund' },
    refunds: {},
  });
});
