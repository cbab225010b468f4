import type { Waybill } from '#domain/waybill/state.ts';
import { summarize } from '#domain/waybill/summary.ts';
import { formatMoney } from '../../_ui/format.ts';

/** What becomes of the money of an order that is not sent. */
export const moneyWords = (waybill: Waybill): string => {
  const summary = summarize(waybill);
  if (!summary) return 'Nothing was charged.';
  const { paidMinor, refundedMinor, refundPendingMinor, authorizedMinor, paymentStatus, currency } = summary;
  if (refundPendingMinor > 0) return `${formatMoney(refundPendingMinor, currency)} is on its way back to your card.`;
  if (refundedMinor > 0) return `${formatMoney(refundedMinor, currency)} went back to your card.`;
  if (paidMinor > 0) return `${formatMoney(paidMinor, currency)} was charged.`;
  if (paymentStatus === 'voided') return 'Nothing was charged: your bank has released the amount.';
  if (authorizedMinor > 0)
    return `Nothing was charged: your bank is releasing ${formatMoney(authorizedMinor, currency)}.`;
  return 'Nothing was charged.';
};

/** What a cancellation would do to the money. */
export const cancelWords = (waybill: Waybill): string => {
  const summary = summarize(waybill);
  if (!summary) return 'Nothing was charged, and nothing will be.';
  const { paidMinor, refundedMinor, authorizedMinor, currency } = summary;
  const due = paidMinor - refundedMinor;
  if (due > 0) return `${formatMoney(due, currency)} goes back to your card.`;
  if (authorizedMinor > 0)
    return `Nothing was charged: your bank releases ${formatMoney(authorizedMinor, currency)}, mostly within a day.`;
  return 'Nothing was charged, and nothing will be.';
};
