import type { PaymentEvent } from '../payment/events.ts';
import {
  capturableMinor,
  capturedMinor,
  capturePendingMinor,
  type ExistingPayment,
  refundableMinor,
} from '../payment/state.ts';
import { eventIdOf } from '../shared/event-id.ts';
import { sum } from '../shared/money.ts';
import type { Waybill } from './state.ts';

/** By id, so that a decision is the same wherever it is made. */
export const paymentsOf = ({ payments }: Waybill): ExistingPayment[] =>
  Object.values(payments).toSorted((a, b) => (a.paymentId < b.paymentId ? -1 : 1));

/** Taken towards what the order costs: captured or about to be, without what was given back since it costs less. */
export const takenMinor = (waybill: Waybill): number =>
  waybill.order.status === 'absent'
    ? 0
    : sum(paymentsOf(waybill).map((payment) => capturedMinor(payment) + capturePendingMinor(payment))) -
      waybill.order.givenBackMinor;

/** What the bank must still be asked to hold when the order is to cost `totalMinor`. */
export const toAuthorize = (waybill: Waybill, totalMinor: number): number =>
  Math.max(0, totalMinor - takenMinor(waybill) - sum(paymentsOf(waybill).map(capturableMinor)));

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
