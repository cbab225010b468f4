import { describe, expect, test } from 'vitest';
import type { WaybillEvent } from '#domain/events/registry.ts';
import { fulfillmentShipped } from '#domain/fulfillment/fulfillment.builders.ts';
import { lineOf, notificationSent, orderCanceled, orderPlaced, orderRejected } from '#domain/order/order.builders.ts';
import { refunded, refundRequested } from '#domain/payment/payment.builders.ts';
import { fold } from '#domain/shared/decider.ts';
import { candle, fulfillmentIdOf, lineIdOf, orderId, uuid } from '#domain/shared/ids.builders.ts';
import { erased } from '#domain/shared/personal.ts';
import { blankWaybill, evolve } from '#domain/waybill/state.ts';
import { confirmed, placed, readyToPick, shipped } from '#domain/waybill/waybill.builders.ts';
import type { MailEffect } from '#server/processes/effects.ts';
import { compose } from './compose.ts';
import type { Letter } from './letter.ts';

const link = { url: `https://shop.example/orders/${orderId}?link=20600.sig`, end: new Date('2027-05-21T00:00:00Z') };

/** Written in the app's hand, with plain spaces. */
const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value).replaceAll('\u00a0', ' ')) as Value;

const letterOf = (
  template: MailEffect['template'],
  events: readonly WaybillEvent[],
  more: Partial<Pick<MailEffect, 'about' | 'notificationId'>> = {},
): Letter => {
  const waybill = fold(evolve, blankWaybill, events);
  if (waybill.order.status === 'absent') throw new Error('No order');
  return plain(compose({ kind: 'mail', orderId, template, about: null, ...more }, waybill.order, waybill, link));
};

describe('the confirmation', () => {
  test('holds what was ordered, what it costs, when it comes and where to', () => {
    expect(letterOf('order-confirmed', confirmed)).toEqual({
      subject: 'Order WB-48213 is confirmed',
      preview: '€ 184.70, with you by Thu 19 Nov.',
      heading: 'Your order is confirmed',
      orderNumber: 'WB-48213',
      reached: 1,
      paragraphs: ['Thank you for your order. We are getting it ready, and write again when it leaves the warehouse.'],
      items: [
        { quantity: 2, name: 'Beeswax candle', amount: '€ 129.80' },
        { quantity: 1, name: 'Desk lamp', amount: '€ 50.00' },
      ],
      itemsLeftOut: 0,
      sums: [
        { label: 'Items', amount: '€ 179.80', isTotal: false },
        { label: 'Shipping, Standard', amount: '€ 4.90', isTotal: false },
        { label: 'Total', amount: '€ 184.70', isTotal: true },
        { label: 'Tax, 23 %, included', amount: '€ 34.54', isTotal: false },
      ],
      facts: [
        { caption: 'With you by', value: 'Thu 19 Nov', isCode: false },
        { caption: 'Ships to', value: 'Marta Oliveira, Rua das Flores 12, 4050-262 Porto, PT', isCode: false },
      ],
      action: { label: 'Follow your order', url: link.url },
      aboutLink:
        'The button opens this one order without signing in, until 21 May 2027. Whoever has the link can see the ' +
        'order, change or cancel it until it is picked, also where it goes and what it costs, and ask for a return: ' +
        'pass it on only to people you trust.',
    });
  });
  test('names a discount, and free shipping', () => {
    const events = [
      orderPlaced({ discount: { code: 'WELCOME', kind: 'percent', value: 1_000 }, shippingMinor: 0 }),
      ...confirmed.slice(1),
    ];
    const { sums, items } = letterOf('order-confirmed', events);
    expect(items[0]?.amount).toBe('€ 129.80');
    expect(sums.slice(0, 4)).toEqual([
      { label: 'Items', amount: '€ 179.80', isTotal: false },
      { label: 'Discount, WELCOME', amount: '− € 17.98', isTotal: false },
      { label: 'Shipping, Standard', amount: 'Free', isTotal: false },
      { label: 'Total', amount: '€ 161.82', isTotal: true },
    ]);
  });
  test('asked for again, says so, and tells how far the order has come meanwhile', () => {
    const { paragraphs, reached } = letterOf('order-confirmed', shipped, { notificationId: uuid(9) });
    expect(paragraphs).toEqual(['Here is the confirmation of your order once more.']);
    expect(reached).toBe(3);
  });
  test('of a very long order ends after 60 items, with the count of the rest', () => {
    const lines = Array.from({ length: 2_000 }, (_, nth) => lineOf(nth + 1, candle, 1, 100));
    const { items, itemsLeftOut } = letterOf('order-confirmed', [orderPlaced({ lines }), ...confirmed.slice(1)]);
    expect([items.length, itemsLeftOut]).toEqual([60, 1_940]);
  });
  test('leaves out who was erased, should anybody ever write it', () => {
    const recipient = erased;
    const shipTo = { recipient, postalCode: '4050-262', city: 'Porto', region: null, country: 'PT' };
    const { facts } = letterOf('order-confirmed', [orderPlaced({}, { shipTo }), ...confirmed.slice(1)]);
    expect(facts.at(-1)?.value).toBe('4050-262 Porto, PT');
  });
});

describe('the shipping notice', () => {
  test('holds what is in the parcel, the carrier and the number', () => {
    expect(letterOf('order-shipped', shipped, { about: fulfillmentShipped.fulfillmentId })).toMatchObject({
      subject: 'Order WB-48213 is on its way',
      heading: 'Your order is on its way',
      reached: 3,
      paragraphs: [`Your parcel has left our warehouse with ${fulfillmentShipped.carrier}.`],
      items: [
        { quantity: 2, name: 'Beeswax candle', amount: null },
        { quantity: 1, name: 'Desk lamp', amount: null },
      ],
      facts: [
        { caption: 'Carrier', value: fulfillmentShipped.carrier },
        { caption: 'Tracking number', value: fulfillmentShipped.trackingNumber, isCode: true },
        { caption: 'With you by', value: 'Thu 19 Nov' },
      ],
    });
  });
  test('of one parcel of several says how many follow', () => {
    const [created] = readyToPick.slice(-1);
    if (created?.type !== 'FulfillmentCreated') throw new Error('No fulfillment');
    const second = { ...created, fulfillmentId: fulfillmentIdOf(2), lines: created.lines.slice(1) };
    const letter = letterOf('order-shipped', [...shipped, second], { about: fulfillmentShipped.fulfillmentId });
    expect(letter.heading).toBe('A parcel of your order is on its way');
    expect(letter.paragraphs.at(-1)).toBe('One more parcel follows.');
  });
});

describe('the refund notice', () => {
  test('names the amount, the card, and what was given back in all', () => {
    const [first, second] = [refunded(1, 1_990), refunded(2, 990)];
    const events = [...shipped, refundRequested(1, 1_990), first, refundRequested(2, 990), second];
    expect(letterOf('payment-refunded', events, { about: second.refundId })).toMatchObject({
      subject: 'A refund of € 9.90 for order WB-48213',
      paragraphs: ['€ 9.90 went back to the card that ends in 4242. Banks mostly show it within five working days.'],
      sums: [
        { label: 'This refund', amount: '€ 9.90', isTotal: true },
        { label: 'Refunded so far', amount: '€ 29.80' },
        { label: 'Order total', amount: '€ 184.70' },
      ],
    });
  });
});

describe('the notices of an order that came to nothing', () => {
  test('say why it was rejected, and that nothing was charged', () => {
    const soldOut = {
      ...orderRejected,
      reason: {
        code: 'SoldOut' as const,
        lines: [{ lineId: lineIdOf(1), sku: candle, requested: 2, available: 1 }],
      },
    };
    expect(letterOf('order-rejected', [...placed, soldOut])).toMatchObject({
      subject: 'Order WB-48213 could not be completed',
      reached: null,
      paragraphs: [
        'Sold out before we could reserve it: Beeswax candle. Your card was not charged.',
        'The order ends here. What you can do now is on its page.',
      ],
    });
  });
  test('say that it was canceled, why, and what becomes of the money', () => {
    const canceled = orderCanceled({ reason: 'Ordered twice' });
    expect(letterOf('order-canceled', [...confirmed, canceled])).toMatchObject({
      subject: 'Order WB-48213 was canceled',
      paragraphs: ['It will not be sent. Nothing was charged; what your bank held is free again, mostly within a day.'],
      facts: [{ caption: 'Reason', value: 'Ordered twice' }],
    });
    const paid = [...shipped, refundRequested(1, 18_470), canceled];
    expect(letterOf('order-canceled', paid).paragraphs[0]).toBe(
      'It will not be sent. € 184.70 is on its way back to your card.',
    );
  });
});

test('each mail brings the link to its order', () => {
  const templates = [
    'order-confirmed',
    'order-rejected',
    'order-canceled',
    'order-shipped',
    'payment-refunded',
  ] as const;
  for (const template of templates)
    expect(letterOf(template, [...shipped, notificationSent()]).action.url).toBe(link.url);
});
