import type { OrderRejectionReason } from '#domain/order/events.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { ExistingPayment } from '#domain/payment/state.ts';
import { formatDate, formatMoney, formatPercent } from '#domain/shared/format.ts';
import { revealed } from '#domain/shared/personal.ts';
import { stopReached } from '#domain/waybill/route.ts';
import { liveFulfillments, type Waybill } from '#domain/waybill/state.ts';
import { summarize } from '#domain/waybill/summary.ts';
import type { MailEffect } from '#server/processes/effects.ts';
import { type About, type Body, fact, type Known, plainItems } from './body.ts';
import type { Letter } from './letter.ts';
import { linesCanceled } from './lines-canceled.ts';
import { returnApproved, returnDeclined, returnReceived } from './return-answers.ts';

/** Mail programs cut off what is longer than about 100 kB. */
const itemsMost = 60;

const sumsOf = ({ totals, currency, discount, shippingMethod, taxRateBasisPoints }: ExistingOrder): Letter['sums'] => {
  const sum = (label: string, minor: number, isTotal = false) => ({
    label,
    amount: formatMoney(minor, currency),
    isTotal,
  });
  const rate = formatPercent(taxRateBasisPoints / 10_000, taxRateBasisPoints % 100 === 0 ? 0 : 1);
  const shipping = `Shipping, ${shippingMethod.name}`;
  return [
    sum('Items', totals.linesMinor),
    ...(totals.discountMinor > 0 ? [sum(`Discount, ${discount?.code ?? ''}`, -totals.discountMinor)] : []),
    totals.shippingMinor === 0
      ? { label: shipping, amount: 'Free', isTotal: false }
      : sum(shipping, totals.shippingMinor),
    sum('Total', totals.grandTotalMinor, true),
    sum(`Tax, ${rate}, included`, totals.taxMinor),
  ];
};

const confirmed = ({ effect, order, waybill }: About): Body => {
  const { orderNumber, currency, lines, promise, shipTo } = order;
  const isAgain = effect.notificationId !== undefined;
  const { postalCode, city, country } = shipTo;
  const street = revealed(shipTo.recipient, (recipient) => `${recipient.name}, ${recipient.street}, `, '');
  const reached = Math.max(1, stopReached(waybill));
  const next = 'We are getting it ready, and write again when it leaves the warehouse.';
  return {
    subject: `Order ${orderNumber} is confirmed`,
    preview: `${formatMoney(order.totals.grandTotalMinor, currency)}, with you by ${formatDate(Date.parse(promise.deliverBy), 'UTC', true)}.`,
    heading: 'Your order is confirmed',
    reached,
    paragraphs: [
      isAgain
        ? 'Here is the confirmation of your order once more.'
        : `Thank you for your order.${reached < 3 ? ` ${next}` : ''}`,
    ],
    items: lines.map(({ quantity, name, totalMinor, discountMinor }) => ({
      quantity,
      name,
      // Before the discount, which stands below as one sum.
      amount: formatMoney(totalMinor + discountMinor, currency),
    })),
    sums: sumsOf(order),
    facts: [
      ...(reached < 4 ? [fact('With you by', formatDate(Date.parse(promise.deliverBy), 'UTC', true))] : []),
      fact('Ships to', `${street}${`${postalCode} ${city}`.trim()}, ${country}`),
    ],
    actionLabel: 'Follow your order',
  };
};

const rejectedWords = (reason: OrderRejectionReason, { lines }: ExistingOrder): string => {
  switch (reason.code) {
    case 'SoldOut': {
      const names = reason.lines.map(({ lineId }) => lines.find((line) => line.lineId === lineId)?.name ?? 'an item');
      return `Sold out before we could reserve it: ${names.join(', ')}. Your card was not charged.`;
    }
    case 'PaymentDeclined':
      return 'Your bank declined the card. Nothing was charged; another card may work.';
    case 'PaymentNotCompleted':
      return 'The payment was not completed in time. Nothing was charged; the items are back on sale.';
    case 'Unavailable':
      return 'The items could not be supplied. Nothing was charged.';
  }
};

const rejected = ({ order }: About): Body => {
  const words = order.status === 'rejected' ? rejectedWords(order.rejection, order) : 'Nothing was charged.';
  return {
    subject: `Order ${order.orderNumber} could not be completed`,
    preview: words,
    heading: 'We could not complete your order',
    reached: null,
    paragraphs: [words, 'The order ends here. What you can do now is on its page.'],
    items: plainItems(order.lines),
    actionLabel: 'See your order',
  };
};

/** What becomes of the money of an order that was called off. */
const moneyBack = (waybill: Waybill): string => {
  const summary = summarize(waybill);
  if (!summary) return 'Nothing was charged.';
  const { paidMinor, refundedMinor, refundPendingMinor, currency } = summary;
  if (refundPendingMinor > 0) return `${formatMoney(refundPendingMinor, currency)} is on its way back to your card.`;
  if (refundedMinor > 0) return `${formatMoney(refundedMinor, currency)} went back to your card.`;
  if (paidMinor > 0) return `${formatMoney(paidMinor, currency)} goes back to your card.`;
  return 'Nothing was charged; what your bank held is free again, mostly within a day.';
};

const canceled = ({ order, waybill }: About): Body => {
  const reason = order.status === 'canceled' ? order.cancellation.reason : '';
  const money = moneyBack(waybill);
  return {
    subject: `Order ${order.orderNumber} was canceled`,
    preview: money,
    heading: 'Your order was canceled',
    reached: null,
    paragraphs: [`It will not be sent. ${money}`],
    items: plainItems(order.lines),
    facts: reason === '' ? [] : [fact('Reason', reason)],
    actionLabel: 'See your order',
  };
};

const shipped = ({ effect, order, waybill }: About): Body => {
  const parcel = effect.about === null ? undefined : waybill.fulfillments[effect.about];
  const others = liveFulfillments(waybill).filter(({ fulfillmentId }) => fulfillmentId !== effect.about);
  const later = others.filter(({ status }) => ['open', 'on_hold', 'picking', 'packed'].includes(status)).length;
  const shipment = parcel && 'trackingNumber' in parcel ? parcel : null;
  const names = new Map(order.lines.map(({ lineId, name }) => [lineId, name]));
  return {
    subject: `Order ${order.orderNumber} is on its way`,
    preview: shipment ? `${shipment.carrier}, ${shipment.trackingNumber}.` : 'Your parcel has left our warehouse.',
    heading: others.length > 0 ? 'A parcel of your order is on its way' : 'Your order is on its way',
    reached: stopReached(waybill),
    paragraphs: [
      `Your parcel has left our warehouse${shipment ? ` with ${shipment.carrier}` : ''}.`,
      ...(later > 0 ? [`${later === 1 ? 'One more parcel follows' : `${later} more parcels follow`}.`] : []),
    ],
    items: plainItems(
      // What was not found in the bin is not in the parcel.
      (parcel?.lines ?? []).flatMap(({ lineId, name, quantity }) => {
        const left = quantity - (parcel?.missing[lineId] ?? 0);
        return left > 0 ? [{ quantity: left, name: names.get(lineId) ?? name }] : [];
      }),
    ),
    facts: [
      ...(shipment ? [fact('Carrier', shipment.carrier), fact('Tracking number', shipment.trackingNumber, true)] : []),
      fact('With you by', formatDate(Date.parse(order.promise.deliverBy), 'UTC', true)),
    ],
    actionLabel: 'Follow your order',
  };
};

const cardOf = ({ method }: ExistingPayment): string =>
  method.kind === 'card' && method.last4 !== null ? `the card that ends in ${method.last4}` : 'what you paid with';

/** Why an agent gave money back. What processes write down is for colleagues. */
const refundReason = ({ effect, history }: About): string | null => {
  const asked = history.find(({ event }) => event.type === 'RefundRequested' && event.refundId === effect.about);
  const isByAgent = asked?.metadata.actor.role === 'support' || asked?.metadata.actor.role === 'admin';
  return isByAgent && asked?.event.type === 'RefundRequested' ? asked.event.reason : null;
};

const refunded = (about: About): Body => {
  const { effect, order, waybill } = about;
  const refundId = effect.about ?? '';
  const payment = Object.values(waybill.payments).find(({ refunds }) => refunds[refundId] !== undefined);
  const amount = formatMoney(payment?.refunds[refundId]?.amountMinor ?? 0, order.currency);
  const reason = refundReason(about);
  const soFar = formatMoney(summarize(waybill)?.refundedMinor ?? 0, order.currency);
  const words = `${amount} went back to ${payment ? cardOf(payment) : 'what you paid with'}.`;
  return {
    subject: `A refund of ${amount} for order ${order.orderNumber}`,
    preview: words,
    heading: `${amount} is on its way back to you`,
    reached: null,
    paragraphs: [`${words} Banks mostly show it within five working days.`],
    sums: [
      { label: 'This refund', amount, isTotal: true },
      ...(soFar === amount ? [] : [{ label: 'Refunded so far', amount: soFar, isTotal: false }]),
      { label: 'Order total', amount: formatMoney(order.totals.grandTotalMinor, order.currency), isTotal: false },
    ],
    facts: reason === null ? [] : [fact('Reason', reason)],
    actionLabel: 'See your order',
  };
};

const bodies = {
  'order-confirmed': confirmed,
  'order-rejected': rejected,
  'order-canceled': canceled,
  'order-shipped': shipped,
  'payment-refunded': refunded,
  'order-lines-canceled': linesCanceled,
  'return-approved': returnApproved,
  'return-declined': returnDeclined,
  'return-received': returnReceived,
} as const satisfies Record<MailEffect['template'], (about: About) => Body>;

export type OrderLink = {
  /** Where the customer sees the order without signing in. */
  readonly url: string;
  /** From when on it doesn't open the order any more. */
  readonly end: Date;
};

/** Writes a mail about an order: what it says, as the order is now. */
export const compose = (effect: MailEffect, known: Known, link: OrderLink): Letter => {
  const { actionLabel, items = [], sums = [], facts = [], ...body } = bodies[effect.template]({ effect, ...known });
  return {
    ...body,
    orderNumber: known.order.orderNumber,
    items: items.slice(0, itemsMost),
    itemsLeftOut: Math.max(0, items.length - itemsMost),
    sums,
    facts,
    action: { label: actionLabel, url: link.url },
    aboutLink:
      `The button opens this one order without signing in, until ${formatDate(link.end.getTime())}. ` +
      'Whoever has the link can see the order, change or cancel it until it is picked, also where it goes and what it ' +
      'costs, and ask for a return: pass it on only to people you trust.',
  };
};
