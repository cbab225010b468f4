import type { RequestCapture } from '#domain/payment/decide.ts';
import {
  capturableMinor,
  capturePendingMinor,
  type ExistingPayment,
  isTakenElsewhere,
  refundableMinor,
} from '#domain/payment/state.ts';
import { sum } from '#domain/shared/money.ts';
import type { WaybillCommand } from '#domain/waybill/decide.ts';
import { askedBackMinor, dueMinor, paymentsOf, takenMinor } from '#domain/waybill/paid.ts';
import { goodsReturnedReason, owedForReturn } from '#domain/waybill/returns.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import type {
  ExpireAuthorizationIntent,
  RefundReturnIntent,
  ReleasePaymentIntent,
  ReleaseRemainderIntent,
  RequestAuthorizationIntent,
  SettleIntent,
} from './intents.ts';

export const requestAuthorization = (intent: RequestAuthorizationIntent, { order }: Waybill): WaybillCommand | null =>
  order.status === 'absent'
    ? null
    : {
        ...intent,
        currency: order.currency,
        amountMinor: intent.amountMinor ?? order.totals.grandTotalMinor,
        method: order.paymentMethod,
      };

type WantedBack = { readonly wantedMinor: number; readonly earlier: readonly string[]; readonly reason: string };

/** What is wanted and was not asked for yet, as far as the bank has it: no more than is not on its way back already. */
const giveBack = (
  { orderId, refundId }: Pick<SettleIntent, 'orderId' | 'refundId'>,
  { wantedMinor, earlier, reason }: WantedBack,
  waybill: Waybill,
): WaybillCommand | null => {
  const most = sum(paymentsOf(waybill).map((payment) => Math.max(0, refundableMinor(payment))));
  const amountMinor = Math.min(wantedMinor - askedBackMinor(waybill, earlier), most);
  return amountMinor > 0 ? { type: 'RefundOrder', orderId, refundId, amountMinor, reason } : null;
};

export const settleReason = 'Less was sent than was paid for';

export const settle = (intent: SettleIntent, waybill: Waybill): WaybillCommand | null => {
  // Opened again for an exchange: its next end settles.
  if (waybill.order.status !== 'completed') return null;
  const wantedMinor = takenMinor(waybill) - dueMinor(waybill);
  return giveBack(intent, { wantedMinor, earlier: intent.earlier, reason: settleReason }, waybill);
};

export const refundReturn = (intent: RefundReturnIntent, waybill: Waybill): WaybillCommand | null => {
  const wantedMinor = owedForReturn(waybill, intent.returnId);
  return giveBack(intent, { wantedMinor, earlier: intent.earlier, reason: goodsReturnedReason }, waybill);
};

/** Never more than the order has come to cost since it was shipped. */
export const requestCapture = (intent: RequestCapture, waybill: Waybill): WaybillCommand | null => {
  const { order, payments } = waybill;
  if (order.status === 'absent' || payments[intent.paymentId]?.captures[intent.captureId]) return intent;
  const amountMinor = Math.min(intent.amountMinor, order.totals.grandTotalMinor - takenMinor(waybill));
  return amountMinor > 0 ? { ...intent, amountMinor } : null;
};

const isUnanswered = ({ status }: ExistingPayment): boolean => status === 'pending' || status === 'requires_action';

export const releasePayment = (intent: ReleasePaymentIntent, { payments }: Waybill): WaybillCommand | null => {
  const { orderId, paymentId, refundId, reason } = intent;
  const payment = payments[paymentId];
  if (!payment) return null;
  // The bank may still say yes; what it then holds is released when that is heard.
  if (isUnanswered(payment)) return { type: 'ExpireAuthorization', orderId, paymentId };
  if (payment.status !== 'authorized') return null;
  if (isTakenElsewhere(payment)) {
    // Not ours to give back: a person is told, instead of a gateway that has never heard of it.
    const text = 'This payment was taken in another system. Give the money back there.';
    return { type: 'AddNote', orderId, noteId: refundId, text, visibility: 'internal' };
  }
  if (capturableMinor(payment) === payment.authorizedMinor) return { type: 'RequestVoid', orderId, paymentId };
  const amountMinor = refundableMinor(payment);
  return amountMinor > 0 ? { type: 'RequestRefund', orderId, paymentId, refundId, amountMinor, reason } : null;
};

export const releaseRemainder = (
  intent: ReleaseRemainderIntent,
  { order, payments }: Waybill,
): WaybillCommand | null => {
  const { orderId, paymentId } = intent;
  const payment = payments[paymentId];
  if (!payment || capturableMinor(payment) === 0) return null;
  // Opened again for an exchange, or about to be: the money may be needed, and its next end asks again.
  if (order.status !== 'completed' || order.amendment) return null;
  // What is being captured may fail, and be wanted again: its outcome asks once more.
  if (capturePendingMinor(payment) > 0) return null;
  return { type: 'RequestVoid', orderId, paymentId };
};

export const expireAuthorization = (
  intent: ExpireAuthorizationIntent,
  { payments }: Waybill,
): WaybillCommand | null => {
  const { orderId, paymentId, onlyWhile } = intent;
  const payment = payments[paymentId];
  if (!payment) return null;
  // What is being captured may fail: its outcome sets the clock again.
  const isUncaptured = capturableMinor(payment) > 0 && capturePendingMinor(payment) === 0;
  const applies = onlyWhile === 'unanswered' ? isUnanswered(payment) : isUncaptured;
  return applies ? { type: 'ExpireAuthorization', orderId, paymentId } : null;
};
