import type { OrderRejectionReason } from '#domain/order/events.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import type { MailEffect } from '#server/processes/effects.ts';

export type Letter = { readonly subject: string; readonly text: string };

// Making one takes a hundred times as long as using it.
const formats = new Map<string, Intl.NumberFormat>();

// Some currencies have no cents; the platform knows which.
const money = (minor: number, currency: string): string => {
  const format = formats.get(currency) ?? new Intl.NumberFormat('en', { style: 'currency', currency });
  formats.set(currency, format);
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
};

const lines = ({ lines: ordered, currency }: ExistingOrder): string =>
  ordered.map(({ quantity, name, totalMinor }) => `  ${quantity} × ${name}  ${money(totalMinor, currency)}`).join('\n');

const reasonInWords = (reason: OrderRejectionReason, { lines: ordered }: ExistingOrder): string => {
  switch (reason.code) {
    case 'SoldOut': {
      const names = reason.lines.map(({ lineId }) => ordered.find((line) => line.lineId === lineId)?.name ?? 'an item');
      return `${names.join(', ')} sold out before we could set it aside. Nothing was charged.`;
    }
    case 'PaymentDeclined':
      return 'Your bank declined the payment. Nothing was charged; another card may work.';
    case 'PaymentNotCompleted':
      return 'The payment was not completed in time. Nothing was charged; the items are back on sale.';
    case 'Unavailable':
      return 'The items could not be supplied. Nothing was charged.';
  }
};

const shipmentOf = ({ about }: MailEffect, waybill: Waybill): string => {
  const fulfillment = about === null ? undefined : waybill.fulfillments[about];
  return fulfillment && 'trackingNumber' in fulfillment
    ? `${fulfillment.carrier}, tracking number ${fulfillment.trackingNumber}`
    : 'a carrier';
};

const refundOf = ({ about }: MailEffect, { payments }: Waybill, order: ExistingOrder): string => {
  const refund = Object.values(payments).flatMap(({ refunds }) => (about && refunds[about] ? [refunds[about]] : []))[0];
  return money(refund?.amountMinor ?? 0, order.currency);
};

/** Writes a mail about an order. `link` is where the customer sees it. */
export const compose = (effect: MailEffect, order: ExistingOrder, waybill: Waybill, link: string): Letter => {
  const { orderNumber } = order;
  const seeIt = `See your order: ${link}`;
  switch (effect.template) {
    case 'order-confirmed': {
      const total = money(order.totals.grandTotalMinor, order.currency);
      return {
        subject: `Order ${orderNumber} is confirmed`,
        text: `Thank you. We are getting your order ready.\n\n${lines(order)}\n  Total  ${total}\n\n${seeIt}`,
      };
    }
    case 'order-rejected':
      return {
        subject: `Order ${orderNumber} could not be completed`,
        text: `${order.status === 'rejected' ? reasonInWords(order.rejection, order) : ''}\n\n${seeIt}`,
      };
    case 'order-canceled': {
      const reason = order.status === 'canceled' ? ` ${order.cancellation.reason}` : '';
      return {
        subject: `Order ${orderNumber} was canceled`,
        text: `Your order was canceled.${reason}\nMoney that was held or taken goes back to you.\n\n${seeIt}`,
      };
    }
    case 'order-shipped':
      return {
        subject: `Order ${orderNumber} is on its way`,
        text: `Your parcel has left our warehouse with ${shipmentOf(effect, waybill)}.\n\n${seeIt}`,
      };
    case 'payment-refunded':
      return {
        subject: `A refund for order ${orderNumber}`,
        text: `${refundOf(effect, waybill, order)} is on its way back to you.\n\n${seeIt}`,
      };
  }
};
