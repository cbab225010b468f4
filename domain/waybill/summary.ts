import type { FulfillmentStatus } from '../fulfillment/state.ts';
import type { OrderStatus } from '../order/state.ts';
import {
  capturedMinor,
  type ExistingPayment,
  type PaymentStatus,
  refundableMinor,
  refundedMinor,
  refundPendingMinor,
} from '../payment/state.ts';
import { type Currency, sum } from '../shared/money.ts';
import { liveFulfillments, type Waybill } from './state.ts';

/** A waybill in one row: a status per axis, derived over all payments and fulfillments. Amounts in minor units. */
export type WaybillSummary = {
  readonly orderStatus: OrderStatus;
  /** Over all payments; `pending` while there is none. */
  readonly paymentStatus: PaymentStatus;
  /** Over all fulfillments; null while there is none. */
  readonly fulfillmentStatus: FulfillmentStatus | null;
  /** The reasons of all holds, on the order and on its fulfillments. */
  readonly holds: readonly string[];
  readonly currency: Currency;
  /** Held by the bank for us, the captured part included. */
  readonly authorizedMinor: number;
  /** Captured; what was given back of it is in `refundedMinor`. */
  readonly paidMinor: number;
  readonly refundedMinor: number;
  readonly refundPendingMinor: number;
  /** What may still be given back. */
  readonly refundableMinor: number;
};

/** Nothing is held, nothing was taken, and nothing is awaited any more. */
const isSpent = (payment: ExistingPayment): boolean =>
  (payment.status === 'declined' || payment.status === 'expired' || payment.status === 'voided') &&
  capturedMinor(payment) === 0;

const authorizedMinor = (payment: ExistingPayment): number =>
  payment.status === 'authorized' ? payment.authorizedMinor : capturedMinor(payment);

const overallPaymentStatus = (payments: readonly ExistingPayment[]): PaymentStatus => {
  const live = payments.filter((payment) => !isSpent(payment));
  const has = (status: ExistingPayment['status']) => payments.some((payment) => payment.status === status);
  // A card that was declined and then replaced by a good one no longer matters; the furthest attempt tells.
  if (live.length === 0)
    return has('voided') ? 'voided' : has('expired') ? 'expired' : has('declined') ? 'declined' : 'pending';
  if (live.some(({ status }) => status === 'requires_action')) return 'requires_action';
  if (live.some(({ status }) => status === 'pending')) return 'pending';
  const captured = sum(live.map(capturedMinor));
  const refunded = sum(live.map(refundedMinor));
  if (captured === 0) return 'authorized';
  if (refunded >= captured) return 'refunded';
  if (refunded > 0) return 'partially_refunded';
  return captured >= sum(live.map(authorizedMinor)) ? 'captured' : 'partially_captured';
};

/** Troubles first, then the one that is furthest behind: an order is delivered when its last parcel is. */
const mostTelling: readonly FulfillmentStatus[] = [
  'delivery_failed',
  'on_hold',
  'open',
  'picking',
  'packed',
  'shipped',
  'delivered',
];

const overallFulfillmentStatus = (waybill: Waybill): FulfillmentStatus | null => {
  const live = new Set(liveFulfillments(waybill).map(({ status }) => status));
  const told = mostTelling.find((status) => live.has(status));
  return told ?? (Object.keys(waybill.fulfillments).length > 0 ? 'canceled' : null);
};

/** The statuses and sums of a waybill; null before its order has been placed. Pure: the browser runs it on predictions. */
export const summarize = (waybill: Waybill): WaybillSummary | null => {
  const { order } = waybill;
  if (order.status === 'absent') return null;
  const payments = Object.values(waybill.payments);
  const fulfillmentHolds = liveFulfillments(waybill).flatMap((fulfillment) =>
    fulfillment.status === 'on_hold' ? [fulfillment.holdReason] : [],
  );
  return {
    orderStatus: order.status,
    paymentStatus: overallPaymentStatus(payments),
    fulfillmentStatus: overallFulfillmentStatus(waybill),
    holds: [...Object.values(order.holds), ...fulfillmentHolds].toSorted(),
    currency: order.currency,
    authorizedMinor: sum(payments.map(authorizedMinor)),
    paidMinor: sum(payments.map(capturedMinor)),
    refundedMinor: sum(payments.map(refundedMinor)),
    refundPendingMinor: sum(payments.map(refundPendingMinor)),
    refundableMinor: sum(payments.map(refundableMinor)),
  };
};

/** One badge of a list: the axis says which icons, the status which word and tone. */
export type Badge =
  | { readonly axis: 'hold'; readonly reason: string }
  | { readonly axis: 'pending'; readonly what: 'refund' }
  | { readonly axis: 'order'; readonly status: OrderStatus }
  | { readonly axis: 'payment'; readonly status: PaymentStatus }
  | { readonly axis: 'fulfillment'; readonly status: FulfillmentStatus };

/** The one badge that a desk list shows: what a person must look at first, else how far the order has come. */
export const mostUrgentBadge = (
  summary: Pick<WaybillSummary, 'orderStatus' | 'paymentStatus' | 'fulfillmentStatus' | 'holds' | 'refundPendingMinor'>,
): Badge => {
  const { orderStatus, paymentStatus, fulfillmentStatus, holds } = summary;
  const isOpen = orderStatus === 'placed' || orderStatus === 'confirmed';
  const [reason] = holds;
  if (isOpen && reason !== undefined) return { axis: 'hold', reason };
  if (fulfillmentStatus === 'delivery_failed') return { axis: 'fulfillment', status: fulfillmentStatus };
  if (summary.refundPendingMinor > 0) return { axis: 'pending', what: 'refund' };
  if (isOpen && (paymentStatus === 'declined' || paymentStatus === 'expired' || paymentStatus === 'requires_action'))
    return { axis: 'payment', status: paymentStatus };
  if (!isOpen) {
    const gaveBack = paymentStatus === 'refunded' || paymentStatus === 'partially_refunded';
    return orderStatus === 'completed' && gaveBack
      ? { axis: 'payment', status: paymentStatus }
      : { axis: 'order', status: orderStatus };
  }
  if (fulfillmentStatus !== null && fulfillmentStatus !== 'canceled')
    return { axis: 'fulfillment', status: fulfillmentStatus };
  return { axis: 'order', status: orderStatus };
};
