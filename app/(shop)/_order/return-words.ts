import type { Movement } from '#domain/payment/state.ts';
import { isErased } from '#domain/shared/personal.ts';
import { acceptedOf, goodsReturnedReason, owedForReturn, type WaybillReturn } from '#domain/waybill/returns.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import type { Entry } from './route-stops.ts';

export const piecesOf = (units: number): string => `${units} ${units === 1 ? 'item' : 'items'}`;

/** How far a return is, as its customer needs to know it. */
export type ReturnStage =
  | { readonly stage: 'requested' | 'approved' | 'received' | 'refused' | 'unpaid' }
  | { readonly stage: 'declined'; readonly why: string | null }
  /** `amountMinor`: once the money is asked for. */
  | { readonly stage: 'refunding' | 'refunded' | 'refund_failed'; readonly amountMinor: number | null }
  | { readonly stage: 'replacing' | 'replaced' };

/** What was paid back for a return: the first refund for goods that was asked for after its inspection. */
const refundFor = (returnId: string, { payments }: Waybill, entries: readonly Entry[]): Movement | null => {
  const inspected = entries.findIndex(({ event }) => event.type === 'ReturnInspected' && event.returnId === returnId);
  const after = inspected === -1 ? [] : entries.slice(0, inspected);
  const asked = after.findLast(
    ({ event }) => event.type === 'RefundRequested' && event.reason === goodsReturnedReason,
  )?.event;
  if (asked?.type !== 'RefundRequested') return null;
  return payments[asked.paymentId]?.refunds[asked.refundId] ?? null;
};

const refundStage = (returnId: string, waybill: Waybill, entries: readonly Entry[]): ReturnStage => {
  const refund = refundFor(returnId, waybill, entries);
  const amountMinor = refund?.amountMinor ?? null;
  switch (refund?.status) {
    case 'done':
      return { stage: 'refunded', amountMinor };
    case 'failed':
      return { stage: 'refund_failed', amountMinor };
    case 'pending':
      return { stage: 'refunding', amountMinor };
    case undefined:
      // A gift: nothing will follow.
      return owedForReturn(waybill, returnId) > 0 ? { stage: 'refunding', amountMinor } : { stage: 'unpaid' };
  }
};

/** `entries`: the newest first. */
export const stageOf = (asked: WaybillReturn, waybill: Waybill, entries: readonly Entry[]): ReturnStage => {
  const { returnId, status, resolution } = asked;
  switch (status) {
    case 'requested':
    case 'approved':
    case 'received':
      return { stage: status };
    case 'declined': {
      const declined = entries.find(
        ({ event }) => event.type === 'ReturnDeclined' && event.returnId === returnId,
      )?.event;
      const why = declined?.type === 'ReturnDeclined' && !isErased(declined.reason) ? declined.reason : null;
      return { stage: 'declined', why };
    }
    case 'inspected': {
      if (acceptedOf(waybill, returnId).length === 0) return { stage: 'refused' };
      if (resolution === 'refund') return refundStage(returnId, waybill, entries);
      const exchange = entries.find(
        ({ event }) => event.type === 'AmendmentRequested' && event.exchangeFor === returnId,
      )?.event;
      if (exchange?.type !== 'AmendmentRequested') {
        // Without an exchange there may be money instead: when nothing could be sent again.
        return refundFor(returnId, waybill, entries) ? refundStage(returnId, waybill, entries) : { stage: 'replacing' };
      }
      const { amendmentId } = exchange;
      const outcome = entries.find(
        ({ event }) =>
          'amendmentId' in event &&
          event.amendmentId === amendmentId &&
          (event.type === 'OrderAmended' || event.type === 'AmendmentDeclined'),
      )?.event;
      if (outcome?.type === 'AmendmentDeclined') return refundStage(returnId, waybill, entries);
      if (!outcome) return { stage: 'replacing' };
      // What of it was not found, or was taken out of the order, is paid back.
      return owedForReturn(waybill, returnId) > 0 ? refundStage(returnId, waybill, entries) : { stage: 'replaced' };
    }
  }
};
