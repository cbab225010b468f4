import type { FulfillmentStatus } from '../fulfillment/state.ts';
import type { PaymentEvent } from '../payment/events.ts';
import {
  capturableMinor,
  capturedMinor,
  capturePendingMinor,
  type ExistingPayment,
  refundableMinor,
  refundedMinor,
  refundPendingMinor,
} from '../payment/state.ts';
import { eventIdOf } from '../shared/event-id.ts';
import { sum } from '../shared/money.ts';
import { liveFulfillments, type Waybill } from './state.ts';

/** By id, so that a decision is the same wherever it is made. */
export const paymentsOf = ({ payments }: Waybill): ExistingPayment[] =>
  Object.values(payments).toSorted((a, b) => (a.paymentId < b.paymentId ? -1 : 1));

/** Given back since the order came to cost less. What the bank has refused to give back is still with us. */
export const givenBackMinor = (waybill: Waybill): number => {
  const { order, priceRefunds } = waybill;
  if (order.status === 'absent') return 0;
  const refunds = paymentsOf(waybill).flatMap(({ refunds: ofPayment }) => Object.entries(ofPayment));
  const refused = refunds.filter(
    ([refundId, { status }]) => status === 'failed' && priceRefunds?.refundIds.includes(refundId),
  );
  return order.givenBackMinor - sum(refused.map(([, { amountMinor }]) => amountMinor));
};

/** Taken towards what the order costs: captured or about to be, without what was given back since it costs less. */
export const takenMinor = (waybill: Waybill): number =>
  sum(paymentsOf(waybill).map((payment) => capturedMinor(payment) + capturePendingMinor(payment))) -
  givenBackMinor(waybill);

type Sent = { readonly quantity: number; readonly totalMinor: number; readonly shipped: number };

/**
 * What is due once this much has left. Each piece is worth its step on the way to the line's total, so that all of
 * them add up to it to the minor unit, however they are shipped; the shipping cost is due with the first.
 */
export const dueForSent = (lines: readonly Sent[], shippingMinor: number): number => {
  const goods = lines.map(({ totalMinor, quantity, shipped }) =>
    Number((BigInt(totalMinor) * BigInt(Math.min(shipped, quantity))) / BigInt(quantity)),
  );
  return sum(goods) + (lines.some(({ shipped }) => shipped > 0) ? shippingMinor : 0);
};

const leftTheHouse: ReadonlySet<FulfillmentStatus> = new Set(['shipped', 'delivered', 'delivery_failed']);

/** What is due for all that has left, by what the order costs now. */
export const dueMinor = (waybill: Waybill): number => {
  const { order } = waybill;
  if (order.status === 'absent') return 0;
  const parcels = liveFulfillments(waybill).filter(({ status }) => leftTheHouse.has(status));
  const lines = order.lines.map(({ lineId, quantity, totalMinor }) => ({
    quantity,
    totalMinor,
    shipped: sum(parcels.map(({ picked }) => picked[lineId] ?? 0)),
  }));
  return dueForSent(lines, order.totals.shippingMinor);
};

const owedMinor = (waybill: Waybill): number => {
  const { order } = waybill;
  switch (order.status) {
    case 'absent':
    case 'rejected':
    case 'canceled':
    case 'discarded':
      return 0;
    case 'completed':
      // Short picks end an order with less than was ordered.
      return dueMinor(waybill);
    case 'draft':
    case 'placed':
    case 'confirmed':
      return order.totals.grandTotalMinor;
  }
};

/**
 * What is still to be taken for the order as it stands; below zero, what is to be given back. Refunds for other reasons
 * than a lower price change nothing about what the order costs, and don't enter while it goes on.
 */
export const balanceMinor = (waybill: Waybill): number => {
  const { order } = waybill;
  if (order.status === 'absent') return 0;
  const payments = paymentsOf(waybill);
  const captured = sum(payments.map(capturedMinor));
  const isOff = order.status === 'canceled' || order.status === 'rejected' || order.status === 'discarded';
  const back = isOff ? sum(payments.map(refundedMinor)) : givenBackMinor(waybill);
  const balance = owedMinor(waybill) - (captured - back);
  if (order.status !== 'completed' || balance >= 0) return balance;
  // The end gives back what was taken too much, under no event of the order: what went back otherwise makes up for it.
  const others = sum(payments.map((payment) => refundedMinor(payment) + refundPendingMinor(payment))) - back;
  return Math.min(0, balance + Math.max(0, others));
};

/** What the bank must still be asked to hold when the order is to cost `totalMinor`. */
export const toAuthorize = (waybill: Waybill, totalMinor: number): number => {
  const { forgonePaymentIds = [] } = waybill;
  const kept = paymentsOf(waybill).filter(({ paymentId }) => !forgonePaymentIds.includes(paymentId));
  return Math.max(0, totalMinor - takenMinor(waybill) - sum(kept.map(capturableMinor)));
};

/** What has been taken too much when the order is to cost `totalMinor`, as far as it can be given back. */
export const toGiveBack = (waybill: Waybill, totalMinor: number): number =>
  Math.min(
    Math.max(0, takenMinor(waybill) - totalMinor),
    sum(paymentsOf(waybill).map((payment) => Math.max(0, refundableMinor(payment)))),
  );

/** More would have to be given back than the bank has paid out: it is being asked for some of it just now. */
export const isStillBeingTaken = (waybill: Waybill, totalMinor: number): boolean =>
  takenMinor(waybill) - totalMinor > toGiveBack(waybill, totalMinor) &&
  paymentsOf(waybill).some((payment) => capturePendingMinor(payment) > 0);

/**
 * The requests that give `amountMinor` back, from one payment after the other. `refundId` is of the whole; where it
 * takes several payments, each has an id derived from it. The caller has seen to it that there is enough.
 */
export const refundRequests = (
  waybill: Waybill,
  refund: { readonly refundId: string; readonly amountMinor: number; readonly reason: string },
): PaymentEvent[] => {
  let left = refund.amountMinor;
  let requests = 0;
  return paymentsOf(waybill).flatMap((payment): PaymentEvent[] => {
    const amountMinor = Math.min(left, refundableMinor(payment));
    if (amountMinor <= 0) return [];
    left -= amountMinor;
    const { paymentId, orderId, currency } = payment;
    const refundId = requests === 0 ? refund.refundId : eventIdOf(refund.refundId, requests);
    requests += 1;
    return [{ type: 'RefundRequested', paymentId, orderId, currency, refundId, amountMinor, reason: refund.reason }];
  });
};

/** Asked back under these ids of `refundRequests`, whatever came of it: what the bank refused is a person's to see to. */
export const askedBackMinor = (waybill: Waybill, refundIds: readonly string[]): number => {
  const payments = paymentsOf(waybill);
  const parts = new Set(
    refundIds.flatMap((refundId) => payments.map((_, nth) => (nth === 0 ? refundId : eventIdOf(refundId, nth)))),
  );
  const refunds = payments.flatMap(({ refunds: ofPayment }) => Object.entries(ofPayment));
  return sum(refunds.filter(([refundId]) => parts.has(refundId)).map(([, { amountMinor }]) => amountMinor));
};
