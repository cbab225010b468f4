import type { Disposition } from '#domain/order/return-events.ts';
import { acceptedOf, owedForReturn, type ReturnStatus, type WaybillReturn } from '#domain/waybill/returns.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import { formatMoney } from '../../_ui/format.ts';

export const dispositionWords: Readonly<Record<Disposition, string>> = {
  restock: 'back on sale',
  damaged: 'damaged',
  refused: 'not accepted',
};

const wantedWords = { refund: 'refund', exchange: 'exchange' } as const;

const inspectedWords = ({ returnId, resolution }: WaybillReturn, waybill: Waybill): string => {
  const { order } = waybill;
  if (order.status === 'absent' || acceptedOf(waybill, returnId).length === 0)
    return 'Nothing of it was accepted, it goes back to the customer';
  const owed = owedForReturn(waybill, returnId);
  const money = formatMoney(owed, order.currency);
  if (resolution === 'refund') return owed === 0 ? 'Nothing was paid for it' : `${money} to be given back`;
  if (owed === 0) return 'The same goods are sent again';
  return `The same goods are sent again, or ${money} given back for what can’t be`;
};

/** What is to be done next, or what came of it: one sentence without its full stop. */
export const outcomeWords = (asked: WaybillReturn, waybill: Waybill): string => {
  const wanted = wantedWords[asked.resolution];
  const next: Readonly<Record<ReturnStatus, () => string>> = {
    requested: () => `The customer wants ${asked.resolution === 'refund' ? 'a refund' : 'an exchange'}. Answer them`,
    approved: () => `Waits for the goods, then ${wanted}`,
    declined: () => 'Nothing is sent back',
    received: () => `The warehouse looks at it, then ${wanted}`,
    inspected: () => inspectedWords(asked, waybill),
  };
  return next[asked.status]();
};
