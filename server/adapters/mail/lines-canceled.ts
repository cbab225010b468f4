import { formatMoney } from '#domain/shared/format.ts';
import { stopReached } from '#domain/waybill/route.ts';
import { type About, type Body, fact, namedItems } from './body.ts';

/** That a part was called off: which items, what the order costs now, and what comes back. */
export const linesCanceled = ({ effect, order, waybill, history }: About): Body => {
  const canceled = history.find(({ eventId }) => eventId === effect.about)?.event;
  if (canceled?.type !== 'OrderLinesCanceled') throw new Error(`No items were called off by event ${effect.about}`);
  const { lines, reason, currency, totalsBefore, totalsAfter, refundMinor } = canceled;
  const before = formatMoney(totalsBefore.grandTotalMinor, currency);
  const after = formatMoney(totalsAfter.grandTotalMinor, currency);
  const back = formatMoney(refundMinor, currency);
  const money = refundMinor > 0 ? `${back} goes back to your card.` : 'Nothing was charged for them.';
  return {
    subject: `Part of order ${order.orderNumber} was canceled`,
    preview: `The order comes to ${after} now. ${money}`,
    heading: 'Part of your order was canceled',
    reached: stopReached(waybill),
    paragraphs: [`The items below will not be sent; the rest of the order goes on. ${money}`],
    items: namedItems(lines, history),
    sums: [
      { label: 'Total before', amount: before, isTotal: false },
      { label: 'Total now', amount: after, isTotal: true },
      ...(refundMinor > 0 ? [{ label: 'Goes back to you', amount: back, isTotal: false }] : []),
    ],
    facts: [fact('Reason', reason)],
    actionLabel: 'See your order',
  };
};
