import { describe, expect, test } from 'vitest';
import type { WaybillEvent } from '#domain/events/registry.ts';
import { candles, fulfillmentDelivered, fulfillmentShipped, lamps } from '#domain/fulfillment/fulfillment.builders.ts';
import { lineOf, notificationSent, orderCanceled, orderPlaced, orderRejected } from '#domain/order/order.builders.ts';
import { captured, captureRequested, refunded, refundRequested } from '#domain/payment/payment.builders.ts';
import { fold } from '#domain/shared/decider.ts';
import type { EventMetadata, Role } from '#domain/shared/envelope.ts';
import { candle, fulfillmentIdOf, lineIdOf, orderId, uuid } from '#domain/shared/ids.builders.ts';
import { erased } from '#domain/shared/personal.ts';
import type { CancelLines } from '#domain/waybill/amend.ts';
import {
  approveReturn,
  cancelLines,
  declineReturn,
  followedBy,
  receiveReturn,
  requestReturn,
  returnAsked,
} from '#domain/waybill/amendment.builders.ts';
import { blankWaybill, evolve } from '#domain/waybill/state.ts';
import { confirmed, delivered, placed, readyToPick, shipped } from '#domain/waybill/waybill.builders.ts';
import type { MailEffect } from '#server/processes/effects.ts';
import { compose } from './compose.ts';
import type { Letter } from './letter.ts';
import { renderHtml } from './render-html.ts';
import { renderText } from './render-text.ts';

const link = { url: `https://shop.example/orders/${orderId}?link=20600.sig`, end: new Date('2027-05-21T00:00:00Z') };

/** Written in the app's hand, with plain spaces. */
const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value).replaceAll('\u00a0', ' ')) as Value;

/** By whom all of an order's events are. */
const by = (role: Role): EventMetadata => ({
  actor: { id: 'somebody', role },
  commandId: uuid(500),
  correlationId: uuid(500),
  causationId: null,
});
/** The ids of a history's events, in their order. */
const eventIdOf = (index: number) => uuid(600 + index);

type More = Partial<Pick<MailEffect, 'about' | 'notificationId'>> & { readonly role?: Role };

const letterOf = (
  template: MailEffect['template'],
  events: readonly WaybillEvent[],
  { role = 'support', ...more }: More = {},
): Letter => {
  const waybill = fold(evolve, blankWaybill, events);
  const { order } = waybill;
  if (order.status === 'absent') throw new Error('No order');
  const history = events.map((event, index) => ({ eventId: eventIdOf(index), event, metadata: by(role) }));
  const known = { order, waybill, history, cities: { PORTO: 'Porto' } };
  return plain(compose({ kind: 'mail', orderId, template, about: null, ...more }, known, link));
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
      facts: [{ caption: 'Reason', value: 'Arrived broken' }],
    });
  });
  test('quotes what an agent wrote, and nothing that a process noted', () => {
    const events = [...shipped, refundRequested(1, 1_990), refunded(1, 1_990)];
    const about = refunded(1, 1_990).refundId;
    const captionsBy = (role: Role) =>
      letterOf('payment-refunded', events, { about, role }).facts.map(({ caption }) => caption);
    expect([captionsBy('admin'), captionsBy('system')]).toEqual([['Reason'], []]);
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

describe('the notice of a part that was called off', () => {
  const calledOff = (history: readonly WaybillEvent[], ...lines: CancelLines['lines']): Letter => {
    const events = followedBy(history, cancelLines(...lines));
    const index = events.findIndex(({ type }) => type === 'OrderLinesCanceled');
    return letterOf('order-lines-canceled', events, { about: eventIdOf(index) });
  };
  const theLamp = { lineId: lamps.lineId, quantity: 1 };

  test('names the items, which the order no longer has, why, and what it costs now', () => {
    expect(calledOff(readyToPick, theLamp)).toMatchObject({
      subject: 'Part of order WB-48213 was canceled',
      preview: 'The order comes to € 134.70 now. Nothing was charged for them.',
      heading: 'Part of your order was canceled',
      reached: 1,
      paragraphs: ['The items below will not be sent; the rest of the order goes on. Nothing was charged for them.'],
      items: [{ quantity: 1, name: 'Desk lamp', amount: null }],
      sums: [
        { label: 'Total before', amount: '€ 184.70', isTotal: false },
        { label: 'Total now', amount: '€ 134.70', isTotal: true },
      ],
      facts: [{ caption: 'Reason', value: 'One is enough', isCode: false }],
    });
  });
  test('says how many of a line, and what goes back of what was paid', () => {
    const paid = [...readyToPick, captureRequested(1, 18_470), captured(1, 18_470)];
    const { items, paragraphs, sums } = calledOff(paid, { lineId: candles.lineId, quantity: 1 });
    expect(items).toEqual([{ quantity: 1, name: 'Beeswax candle', amount: null }]);
    expect(paragraphs[0]).toMatch(/€ 64\.90 goes back to your card\.$/);
    expect(sums.at(-1)).toEqual({ label: 'Goes back to you', amount: '€ 64.90', isTotal: false });
  });
  test('says what it said then, however the order went on', () => {
    const once = followedBy(readyToPick, cancelLines(theLamp));
    const events = [...once, orderCanceled({ reason: 'Ordered twice' })];
    const index = events.findIndex(({ type }) => type === 'OrderLinesCanceled');
    const letter = letterOf('order-lines-canceled', events, { about: eventIdOf(index) });
    expect(letter.items).toEqual([{ quantity: 1, name: 'Desk lamp', amount: null }]);
    expect(letter.sums.at(-1)?.amount).toBe('€ 134.70');
  });
});

describe('the notices of a return', () => {
  const about = approveReturn.returnId;
  const next = 'is paid back to your card, and we write again; anything else is sent to you again.';
  const twoCandles = [{ quantity: 2, name: 'Beeswax candle', amount: null }];

  test('say where an approved one goes, and what becomes of it', () => {
    expect(letterOf('return-approved', followedBy(returnAsked, approveReturn), { about })).toMatchObject({
      subject: 'Your return of order WB-48213 is approved',
      preview: 'Send the items back to our warehouse in Porto.',
      heading: 'Your return is approved',
      reached: null,
      paragraphs: [
        'Send the items below back to our warehouse in Porto. We write to you when they are there.',
        `Then we look at each item. What we can accept ${next}`,
      ],
      items: twoCandles,
      facts: [],
    });
  });
  test('promise the same again where that was asked for', () => {
    const events = followedBy(delivered, requestReturn({ resolution: 'exchange' }), approveReturn);
    expect(letterOf('return-approved', events, { about }).paragraphs[1]).toBe(
      'Then we look at each item. What we can accept is sent to you anew without a charge, or paid back to your card ' +
        'if none is left; anything else is sent to you again.',
    );
  });
  test('say why one is declined, in the words of who declined it', () => {
    expect(letterOf('return-declined', followedBy(returnAsked, declineReturn), { about })).toMatchObject({
      subject: 'We can’t take back your return of order WB-48213',
      preview: 'They were burnt down',
      heading: 'We can’t take it back',
      paragraphs: ['Please send nothing back: the items below stay with you, and no money moves.'],
      items: twoCandles,
      facts: [{ caption: 'Reason', value: 'They were burnt down' }],
    });
  });
  test('leave out a reason that was erased', () => {
    const declined = followedBy(returnAsked, declineReturn).map((event) =>
      event.type === 'ReturnDeclined' ? { ...event, reason: erased } : event,
    );
    expect(letterOf('return-declined', declined, { about })).toMatchObject({
      preview: 'Please send nothing back.',
      facts: [],
    });
  });
  test('say what has arrived, which may be less than was announced', () => {
    const one = { ...receiveReturn, lines: [{ lineId: candles.lineId, quantity: 1 }] };
    expect(letterOf('return-received', followedBy(returnAsked, approveReturn, one), { about })).toMatchObject({
      subject: 'Your return of order WB-48213 has arrived',
      heading: 'Your return has arrived',
      paragraphs: [`It is in Porto, where we look at each item. What we can accept ${next}`],
      items: [{ quantity: 1, name: 'Beeswax candle', amount: null }],
    });
  });
  test('of one return of several are about that one', () => {
    const second = requestReturn({ returnId: uuid(902), lines: [{ lineId: lamps.lineId, quantity: 1 }] });
    const events = followedBy(returnAsked, declineReturn, second, { ...approveReturn, returnId: uuid(902) });
    expect(letterOf('return-approved', events, { about: uuid(902) }).items).toEqual([
      { quantity: 1, name: 'Desk lamp', amount: null },
    ]);
  });
});

test('what people wrote is escaped in the HTML, and stands as it is in the text', () => {
  const nasty = '<img src=x> & "us"';
  const events = followedBy(returnAsked, { ...declineReturn, reason: nasty });
  const letter = letterOf('return-declined', events, { about: declineReturn.returnId });
  expect(renderHtml(letter)).not.toContain('<img');
  expect(renderHtml(letter)).toContain('&lt;img src=x&gt; &amp; &quot;us&quot;');
  expect(renderText(letter)).toContain(`Reason: ${nasty}`);
});

test('each mail brings the link to its order, as HTML and as text', () => {
  const asked = followedBy([...shipped, notificationSent(), fulfillmentDelivered], requestReturn());
  const events = [...asked, ...followedBy(readyToPick, cancelLines({ lineId: lamps.lineId, quantity: 1 })).slice(-1)];
  const aboutOf: Readonly<Record<MailEffect['template'], string | null>> = {
    'order-confirmed': null,
    'order-rejected': null,
    'order-canceled': null,
    'order-shipped': fulfillmentShipped.fulfillmentId,
    'payment-refunded': uuid(1),
    'order-lines-canceled': eventIdOf(events.length - 1),
    'return-approved': approveReturn.returnId,
    'return-declined': approveReturn.returnId,
    'return-received': approveReturn.returnId,
  };
  for (const [template, about] of Object.entries(aboutOf) as [MailEffect['template'], string | null][]) {
    const letter = letterOf(template, events, { about });
    expect(letter.action.url, template).toBe(link.url);
    expect(renderHtml(letter), template).toContain(`href="${link.url}"`);
    expect(renderText(letter), template).toContain(link.url);
  }
});
