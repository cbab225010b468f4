import type { Disposition } from '#domain/order/return-events.ts';
import { type ReturnStatus, type WaybillReturn, worthOfReturn } from '#domain/waybill/returns.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import { formatMoney } from '../../_ui/format.ts';

export const dispositionWords: Readonly<Record<Disposition, string>> = {
  restock: 'back on sale',
  damaged: 'damaged',
  refused: 'not accepted',
};

const wantedWords = { refund: 'refund', exchange: 'exchange' } as const;

/** What is to be done next, or what came of it: one sentence without its full stop. */
export const outcomeWords = (asked: WaybillReturn, waybill: Waybill): string => {
  const { order } = waybill;
  const wanted = wantedWords[asked.resolution];
  const next: Readonly<Record<ReturnStatus, () => string>> = {
    requested: () => `The customer wants ${asked.resolution === 'refund' ? 'a refund' : 'an exchange'}. Answer them`,
    approved: () => `Waits for the goods, then ${wanted}`,
    declined: () => 'Nothing is sent back',
    received: () => `The warehouse looks at it, then ${wanted}`,
    inspected: () => {
      const worth = order.status === 'absent' ? 0 : worthOfReturn(waybill, asked.returnId);
      if (worth === 0) return 'Nothing of it was accepted, it goes back to the customer';
      if (asked.resolution === 'exchange') return 'The same goods are sent again';
      return `${formatMoney(worth, order.status === 'absent' ? 'EUR' : order.currency)} to be given back`;
    },
  };
  return next[asked.status]();
};
