import { describe, expect, test } from 'vitest';
import type { WaybillEvent } from '../events/registry.ts';
import { candles } from '../fulfillment/fulfillment.builders.ts';
import { orderCanceled } from '../order/order.builders.ts';
import { captured, captureRequested } from '../payment/payment.builders.ts';
import { fold } from '../shared/decider.ts';
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
  test('of a canceled order is nothing, or what was taken and has to go back', () => {
    expect(balanceOf([...readyToPick, orderCanceled()])).toBe(0);
    expect(balanceOf([...paid, orderCanceled()])).toBe(-totalOf(paid));
  });
});
