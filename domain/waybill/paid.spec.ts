import { describe, expect, test } from 'vitest';
import type { WaybillEvent } from '../events/registry.ts';
import { candles, fulfillmentDelivered, lamps } from '../fulfillment/fulfillment.builders.ts';
import { orderCanceled, orderCompleted } from '../order/order.builders.ts';
import { captured, captureRequested, refunded, refundFailed, refundRequested } from '../payment/payment.builders.ts';
import { fold } from '../shared/decider.ts';
import { orderId, uuid } from '../shared/ids.builders.ts';
import { cancelLines, completeAmendment, followedBy, requestAmendment } from './amendment.builders.ts';
import { balanceMinor } from './paid.ts';
import { blankWaybill, evolve } from './state.ts';
import { placed, readyToPick, shipped } from './waybill.builders.ts';

const balanceOf = (events: readonly WaybillEvent[]) => balanceMinor(fold(evolve, blankWaybill, events));
const totalOf = (events: readonly WaybillEvent[]) => {
  const { order } = fold(evolve, blankWaybill, events);
  return order.status === 'absent' ? 0 : order.totals.grandTotalMinor;
};
const paid = [...shipped, captureRequested(1, totalOf(shipped)), captured(1, totalOf(shipped))];

/** The last refund that was asked for is refused by the bank. */
const refusing = (history: readonly WaybillEvent[]): readonly WaybillEvent[] => {
  const asked = history.findLast((event) => event.type === 'RefundRequested');
  if (!asked) throw new Error('Nothing was given back');
  return [...history, { ...refundFailed(1), refundId: asked.refundId }];
};

describe('the balance of an order', () => {
  test('is its whole price until something was taken, held by the bank or not', () => {
    expect([balanceOf([]), balanceOf(placed), balanceOf(readyToPick)]).toEqual([0, totalOf(placed), totalOf(placed)]);
  });
  test('is nothing once it is paid', () => {
    expect(balanceOf(paid)).toBe(0);
  });
  test('grows with what was added later, and is none where the lower price was given back', () => {
    const more = followedBy(readyToPick, requestAmendment({ quantities: [{ lineId: candles.lineId, quantity: 5 }] }));
    expect(balanceOf(followedBy(more, completeAmendment()))).toBe(totalOf(followedBy(more, completeAmendment())));
    const fewer = followedBy(readyToPick, cancelLines({ lineId: candles.lineId, quantity: 1 }));
    expect(balanceOf(fewer)).toBe(totalOf(fewer));
  });
  describe('of what came to cost less once it was paid', () => {
    const cheaper = [
      requestAmendment({ prices: [{ lineId: lamps.lineId, unitPriceMinor: 4_000, reason: 'Scratched' }] }),
    ];
    const less = followedBy(shipped, ...cheaper, completeAmendment());
    const refused = refusing(less);
    const dearer = { prices: [{ lineId: lamps.lineId, unitPriceMinor: 5_000, reason: 'It was not' }] };
    const charged = (history: readonly WaybillEvent[]) =>
      followedBy(history, requestAmendment(dearer, 2)).findLast((event) => event.type === 'AmendmentRequested');

    test('is nothing when it was given back, and what is owed when the bank refused that', () => {
      expect([balanceOf(less), balanceOf(refused)]).toEqual([0, -1_000]);
    });
    test('is not asked of the bank again when it was never given back', () => {
      expect(charged(less)).toMatchObject({ chargeMinor: 1_000, refundMinor: 0 });
      expect(charged(refused)).toMatchObject({ chargeMinor: 0, refundMinor: 0 });
    });
    test('is asked for once more with the next change, and then counts', () => {
      const evenLess = { prices: [{ lineId: lamps.lineId, unitPriceMinor: 3_500, reason: 'Badly' }] };
      const again = followedBy(refused, requestAmendment(evenLess, 2), completeAmendment(2));
      expect(again.findLast((event) => event.type === 'RefundRequested')?.amountMinor).toBe(1_500);
      expect(balanceOf(again)).toBe(0);
    });
    test('is the same where a part was called off', () => {
      const paidAhead = [...readyToPick, captureRequested(1, 18_470), captured(1, 18_470)];
      const fewer = followedBy(paidAhead, cancelLines({ lineId: candles.lineId, quantity: 1 }));
      expect([balanceOf(fewer), balanceOf(refusing(fewer))]).toEqual([0, -6_490]);
    });
    test('is what its end still has to give back, and nothing once that has gone', () => {
      const completed = [...refused, fulfillmentDelivered, orderCompleted];
      const settled = [...completed, refundRequested(90, 1_000), refunded(90, 1_000)];
      const kindly = [...settled, refundRequested(91, 500), refunded(91, 500)];
      expect([completed, settled, kindly].map(balanceOf)).toEqual([-1_000, 0, 0]);
    });
    test('is not changed by a refund for another reason that the bank refuses', () => {
      const sorry = { type: 'RefundOrder', orderId, refundId: uuid(77), amountMinor: 500, reason: 'Sorry' } as const;
      expect(balanceOf(refusing(followedBy(less, sorry)))).toBe(0);
    });
  });
  test('of a canceled order is nothing, or what was taken and has to go back', () => {
    expect(balanceOf([...readyToPick, orderCanceled()])).toBe(0);
    expect(balanceOf([...paid, orderCanceled()])).toBe(-totalOf(paid));
  });
});
