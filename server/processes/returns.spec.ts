import { describe, expect, test } from 'vitest';
import type { WaybillEvent } from '#domain/events/registry.ts';
import {
  candles,
  createFulfillment,
  deliverFulfillment,
  packFulfillment,
  pickItem,
  reportShortPick,
  shipFulfillment,
  startPicking,
} from '#domain/fulfillment/fulfillment.builders.ts';
import { lineOf } from '#domain/order/order.builders.ts';
import { captured, refundFailed } from '#domain/payment/payment.builders.ts';
import { fold } from '#domain/shared/decider.ts';
import { derivedId } from '#domain/shared/derived-id.ts';
import { candle, fulfillmentIdOf, orderId, uuid } from '#domain/shared/ids.builders.ts';
import {
  approveReturn,
  cancelLines,
  completeAmendment,
  declineAmendment,
  followedBy,
  inspectReturn,
  receiveReturn,
  requestAmendment,
  requestReturn,
} from '#domain/waybill/amendment.builders.ts';
import { replacementLineId } from '#domain/waybill/replacement-lines.ts';
import { owedForReturn } from '#domain/waybill/returns.ts';
import { blankWaybill, evolve } from '#domain/waybill/state.ts';
import { delivered } from '#domain/waybill/waybill.builders.ts';
import { completeForWaybill } from './complete-intents.ts';
import type { Intent, WaybillIntent } from './intents.ts';
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

const allAccepted = {
  ...inspectReturn,
  lines: [{ lineId: candles.lineId, quantity: 2, disposition: 'restock' as const }],
};
const lineId = replacementLineId(orderId, returnId, 1);
const exchange = (quantity = 1) => ({
  ...requestAmendment({ added: [{ ...lineOf(3, candle, quantity, 0), lineId }], exchangeFor: returnId }),
  amendmentId: exchangeId,
});
/** As many candles came back, and are on the way again. */
const exchangedFor = (quantity: 1 | 2): readonly WaybillEvent[] =>
  followedBy(
    quantity === 1
      ? toExchange
      : followedBy(delivered, requestReturn({ resolution: 'exchange' }), approveReturn, receiveReturn, allAccepted),
    exchange(quantity),
    { ...completeAmendment(), amendmentId: exchangeId },
    createFulfillment({ fulfillmentId: fulfillmentIdOf(2), lines: [{ ...candles, lineId, quantity }] }),
  );
const stateOf = (history: readonly WaybillEvent[]) => fold(evolve, blankWaybill, history);
const completed = (intents: readonly Intent[], history: readonly WaybillEvent[]) =>
  intents.map((intent) => completeForWaybill(intent as WaybillIntent, stateOf(history)));

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
    const asked = followedBy(toExchange, exchange());
    expect(completed(wantedAfter(...asked, failure).last, asked)).toEqual([null]);
    const declined = followedBy(asked, { ...declineAmendment(), amendmentId: exchangeId });
    const { last } = wantedAfter(...declined);
    expect(last).toEqual([refundOf(refundId, [exchangeId])]);
    expect(completed(last, declined)).toMatchObject([{ type: 'RefundOrder', amountMinor: 6_490 }]);
  });

  test('is paid back when somebody takes what is sent again out of the order', () => {
    const exchanged = exchangedFor(1);
    const without = followedBy(
      exchanged,
      requestAmendment({ quantities: [{ lineId, quantity: 0 }] }, 2),
      completeAmendment(2),
    );
    const removed = without.slice(0, without.findIndex(({ type }) => type === 'OrderLineRemoved') + 1);
    const { last, eventId } = wantedAfter(...removed);
    expect(last).toEqual([refundOf(derivedId('refund', returnId, eventId), [exchangeId])]);
    expect(completed(last, exchanged)).toEqual([null]);
    expect(completed(last, without)).toMatchObject([{ type: 'RefundOrder', amountMinor: 6_490 }]);
  });

  test.each([
    ['lowers', requestAmendment({ quantities: [{ lineId, quantity: 1 }] }, 2), 'OrderLineQuantityChanged'],
    ['calls off', cancelLines({ lineId, quantity: 1 }), 'OrderLinesCanceled'],
  ] as const)('is paid back for the unit that somebody %s of what is sent again', (_, command, cause) => {
    const exchanged = exchangedFor(2);
    const asked = followedBy(exchanged, command);
    const fewer = command.type === 'CancelLines' ? asked : followedBy(asked, completeAmendment(2));
    const lowered = fewer.slice(0, fewer.findIndex(({ type }) => type === cause) + 1);
    const { last } = wantedAfter(...lowered);
    expect(completed(last, exchanged)).toEqual([null]);
    expect(completed(last, fewer)).toMatchObject([{ type: 'RefundOrder', amountMinor: 6_490 }]);
  });

  test('is paid back at the end of its order for each unit that was not found to be sent again', () => {
    const again = fulfillmentIdOf(2);
    const short = followedBy(
      exchangedFor(2),
      { ...startPicking(), fulfillmentId: again },
      { ...pickItem(lineId, 1), fulfillmentId: again },
      { ...reportShortPick(lineId, 1), fulfillmentId: again },
      { ...packFulfillment, fulfillmentId: again },
      { ...shipFulfillment, fulfillmentId: again },
      { ...deliverFulfillment, fulfillmentId: again },
      { type: 'CompleteOrder', orderId },
    );
    const { last, eventId } = wantedAfter(...short);
    expect(last).toEqual([refundOf(derivedId('refund', returnId, eventId), [exchangeId])]);
    expect(completed(last, short)).toMatchObject([{ type: 'RefundOrder', amountMinor: 6_490 }]);
    const none = followedBy(
      exchangedFor(2),
      { ...startPicking(), fulfillmentId: again },
      { ...reportShortPick(lineId, 2), fulfillmentId: again },
      { type: 'CompleteOrder', orderId },
    );
    expect(completed(wantedAfter(...none).last, none)).toMatchObject([{ type: 'RefundOrder', amountMinor: 12_980 }]);
  });

  test('that could not be exchanged was paid back under the id of the exchange', () => {
    const { last, eventId } = wantedAfter(...toExchange, failure);
    expect(last).toEqual([refundOf(derivedId('refund', returnId, eventId), [exchangeId])]);
  });
});

describe('a refund for a return', () => {
  const intent = (id: string, earlier: readonly string[]) => refundOf(id, earlier) as WaybillIntent;
  const sorry = (amountMinor: number) =>
    ({ type: 'RefundOrder', orderId, refundId: uuid(41), amountMinor, reason: 'Sorry' }) as const;
  const worth = owedForReturn(stateOf(inspected), returnId);

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

test('a state of an earlier release goes on, and knows what was exchanged once more', () => {
  const [other, exchanged] = [uuid(902), [exchangeId, refundId]];
  expect(returns.upgrade({ wanted: { [returnId]: 'exchange', [other]: 'refund' } }, 1)).toEqual({
    wanted: { [returnId]: 'exchange', [other]: 'refund' },
    refunds: { [returnId]: exchanged },
  });
  const wanted = { [returnId]: 'exchange', [other]: 'exchange' };
  expect(returns.upgrade({ wanted, refunds: { [other]: ['asked'] } }, 2)).toEqual({
    wanted,
    refunds: { [returnId]: exchanged, [other]: ['asked'] },
  });
});
