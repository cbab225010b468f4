import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mutate, query } from '#server/http/testing/api-client.ts';
import { cardToken, orderRequest } from '#server/http/testing/orders.ts';
import { startTestWeb, type TestWeb } from '#server/http/testing/web-fixture.ts';

let web: TestWeb;
let card: string;
beforeAll(async () => {
  web = await startTestWeb();
  card = await cardToken(web);
});
afterAll(() => web.close());

test('prices, tax, shipping, promise and the actor come from the server alone', async () => {
  const { data } = await mutate(web, 'shop.placeOrder', orderRequest(card));
  const [placed] = data.events;
  expect(placed.event).toMatchObject({
    type: 'OrderPlaced',
    customerId: null,
    tier: 'standard',
    currency: 'EUR',
    channel: 'web',
    lines: [
      { sku: 'TEA-POT-08', name: 'Teapot', quantity: 2, unitPriceMinor: 4990, totalMinor: 9980 },
      { sku: 'BEE-CAN-01', name: 'Beeswax candle', quantity: 1, unitPriceMinor: 1250, totalMinor: 1250 },
    ],
    shippingMethod: { code: 'standard', name: 'Standard', priceMinor: 490 },
    taxRateBasisPoints: 2300,
    totals: { linesMinor: 11_230, discountMinor: 0, shippingMinor: 490, taxMinor: 2192, grandTotalMinor: 11_720 },
    paymentMethod: { kind: 'card', brand: 'visa', last4: '4242' },
    warehousesByDistance: ['OPO', 'RTM'],
  });
  expect(placed.metadata.actor).toEqual({ id: `guest-${placed.event.orderId}`, role: 'guest' });
});

test('a client can’t slip in a price, a role or a tier: what is not in the schema is refused', async () => {
  const cheap = { ...orderRequest(card), totals: { grandTotalMinor: 1 } };
  const { status, error } = await mutate(web, 'shop.placeOrder', cheap);
  expect({ status, code: error?.code }).toEqual({ status: 400, code: 'BAD_REQUEST' });
});

test('sent twice, an order is placed once and both answers are the same', async () => {
  const request = orderRequest(card);
  const first = await mutate(web, 'shop.placeOrder', request);
  const second = await mutate(web, 'shop.placeOrder', request);
  expect(second.data).toEqual(first.data);
  const [row] = await web.runtime
    .sql`select count(*)::int as events from es.events where order_key = ${request.orderId}`;
  expect(row?.events).toBe(1);
});

test('a retry hears the first answer even when a price has changed meanwhile', async () => {
  const request = orderRequest(card, { agreedTotalMinor: 11_720 });
  const first = await mutate(web, 'shop.placeOrder', request);
  await web.runtime.sql`update shop.products set price_minor = 5990 where sku = 'TEA-POT-08'`;
  const second = await mutate(web, 'shop.placeOrder', request);
  const other = await mutate(web, 'shop.placeOrder', orderRequest(card, { agreedTotalMinor: 11_720 }));
  await web.runtime.sql`update shop.products set price_minor = 4990 where sku = 'TEA-POT-08'`;
  expect(second.data).toEqual(first.data);
  expect(other.error?.refusal).toEqual({
    kind: 'rejected',
    rejection: { code: 'PriceChanged', wasMinor: 11_720, isMinor: 13_720 },
    token: null,
  });
});

test('the same command id with another body is refused', async () => {
  const request = orderRequest(card);
  await mutate(web, 'shop.placeOrder', request);
  const { error } = await mutate(web, 'shop.placeOrder', { ...request, lines: [{ sku: 'BEE-CAN-01', quantity: 9 }] });
  expect(error?.refusal).toMatchObject({ rejection: { code: 'CommandIdReused' } });
});

test('an order of 2,001 lines is refused in words, not with an error of the machine', async () => {
  const lines = Array.from({ length: 2_001 }, () => ({ sku: 'BEE-CAN-01', quantity: 1 }));
  const { status, error } = await mutate(web, 'shop.placeOrder', orderRequest(card, { lines }));
  expect({ status, words: error?.words }).toEqual({
    status: 422,
    words: 'An order takes at most 2000 lines, this one has 2001. Split it into several orders.',
  });
});

test.each([
  ['ProductUnknown', { lines: [{ sku: 'NO-SUCH-01', quantity: 1 }] }],
  ['DiscountUnknown', { discountCode: 'FREE' }],
  ['CardInvalid', { cardToken: 'tok_made_up' }],
])('%s: what can’t be ordered is refused before anything is recorded', async (code, change) => {
  const request = orderRequest(card, change);
  const { error } = await mutate(web, 'shop.placeOrder', request);
  const [row] = await web.runtime.sql`select count(*)::int as n from es.events where order_key = ${request.orderId}`;
  expect({ code: error?.refusal, events: row?.n }).toMatchObject({ code: { rejection: { code } }, events: 0 });
});

test('a guest’s link opens their order, and no other', async () => {
  const mine = await mutate(web, 'shop.placeOrder', orderRequest(card));
  const other = await mutate(web, 'shop.placeOrder', orderRequest(card));
  const orderId = mine.data.events[0].event.orderId;
  const own = await query(web, 'shop.order.get', { orderId, link: mine.data.link });
  const foreign = await query(web, 'shop.order.get', { orderId, link: other.data.link });
  const none = await query(web, 'shop.order.get', { orderId });
  expect([own.status, foreign.status, none.status]).toEqual([200, 401, 401]);
});

test('a customer’s order is theirs: another customer is told that there is no such order', async () => {
  const [marta, jonas] = await Promise.all([web.signIn('customer'), web.signIn('customer')]);
  const placed = await mutate(web, 'shop.placeOrder', orderRequest(card), { cookie: marta.cookie });
  const { orderId, customerId } = placed.data.events[0].event;
  const foreign = await query(web, 'shop.order.get', { orderId }, { cookie: jonas.cookie });
  const own = await query(web, 'shop.order.get', { orderId }, { cookie: marta.cookie });
  const unknown = await query(web, 'shop.order.get', { orderId: v7() }, { cookie: jonas.cookie });
  expect({ customerId, link: placed.data.link }).toEqual({ customerId: marta.id, link: null });
  expect([own.status, foreign.status, unknown.status]).toEqual([200, 404, 404]);
  // Nothing tells a foreign order from one that doesn't exist.
  expect({ ...foreign.error, reference: null }).toEqual({ ...unknown.error, reference: null });
});

test('canceling twice with one command id answers the same; a third, new command finds nothing left to do', async () => {
  const placed = await mutate(web, 'shop.placeOrder', orderRequest(card));
  const { orderId } = placed.data.events[0].event;
  const request = { orderId, link: placed.data.link, commandId: v7() };
  const first = await mutate(web, 'shop.order.cancel', request);
  const second = await mutate(web, 'shop.order.cancel', request);
  const third = await mutate(web, 'shop.order.cancel', { ...request, commandId: v7() });
  expect(first.data.events.map((recorded: { event: { type: string } }) => recorded.event.type)).toEqual([
    'OrderCanceled',
  ]);
  expect(second.data).toEqual(first.data);
  expect(third.data).toEqual({ events: [], token: first.data.token });
});
