import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mutate, query } from '#server/http/testing/api-client.ts';
import { cardToken } from '#server/http/testing/orders.ts';
import { startTestWeb, type TestWeb } from '#server/http/testing/web-fixture.ts';

let web: TestWeb;
let ines: string;
let tom: string;
let marta: { readonly id: string; readonly cookie: string };
let card: string;
beforeAll(async () => {
  web = await startTestWeb();
  [ines, tom] = [(await web.signIn('support')).cookie, (await web.signIn('support')).cookie];
  marta = await web.signIn('customer');
  card = await cardToken(web);
});
afterAll(() => web.close());

const agreed = { unitPriceMinor: 4_000, reason: 'A scratch on the lid' };
const draft = (change: Readonly<Record<string, unknown>> = {}) => {
  const orderId = v7();
  return {
    orderId,
    commandId: v7(),
    customerId: null as string | null,
    lines: [
      { lineId: `${orderId}:a`, sku: 'TEA-POT-08', quantity: 2, price: agreed },
      { lineId: `${orderId}:b`, sku: 'BEE-CAN-01', quantity: 1, price: null },
    ],
    contact: { name: 'Marta Silva', email: 'marta@example.test', phone: '+351 912 345 678' },
    address: {
      name: 'Marta Silva',
      street: 'Rua das Flores 1',
      postalCode: '4050-262',
      city: 'Porto',
      region: null,
      country: 'PT',
    },
    shippingMethod: 'standard',
    discountCode: null,
    ...change,
  };
};
type Draft = ReturnType<typeof draft>;

const call = (name: string, input: object, cookie = ines) => mutate(web, `support.draft.${name}`, input, { cookie });
const create = (input: Draft, cookie = ines) => call('create', input, cookie);
const revise = ({ customerId: _who, ...content }: Draft, change: object, cookie = ines) =>
  call('revise', { ...content, commandId: v7(), ...change }, cookie);
/** € 40.00 × 2 + € 12.50 + € 4.90 shipping. */
const totalMinor = 9_740;
const placing = ({ orderId }: Draft, change: object = {}) => ({
  orderId,
  commandId: v7(),
  cardToken: card,
  agreedTotalMinor: totalMinor,
  ...change,
});
const codeOf = ({ error }: Awaited<ReturnType<typeof call>>) => {
  const { refusal } = error ?? {};
  return refusal?.kind === 'rejected' ? refusal.rejection.code : (refusal?.kind ?? error?.code);
};
const typesOf = async (orderId: string) =>
  (await web.runtime.sql`select type from es.events where order_key = ${orderId} order by position`).map(
    ({ type }) => type,
  );

test('a draft is written down at catalog prices but for the agreed ones, changed, and placed as it was agreed', async () => {
  const begun = draft();
  const { data } = await create(begun);
  const [created] = data.events;
  expect(created.event).toMatchObject({
    type: 'DraftOrderCreated',
    subjectId: `guest-${begun.orderId}`,
    customerId: null,
    tier: 'standard',
    lines: [
      { sku: 'TEA-POT-08', name: 'Teapot', unitPriceMinor: 4_000, totalMinor: 8_000 },
      { sku: 'BEE-CAN-01', unitPriceMinor: 1_250 },
    ],
    overrides: [{ lineId: begun.lines[0]?.lineId, catalogPriceMinor: 4_990, reason: agreed.reason }],
    taxRateBasisPoints: 2_300,
    totals: { linesMinor: 9_250, discountMinor: 0, shippingMinor: 490, taxMinor: 1_822, grandTotalMinor: totalMinor },
  });
  expect(created.metadata.actor.role).toBe('support');

  const revised = await revise(begun, { lines: begun.lines.slice(0, 1) });
  expect(revised.data.events[0].event).toMatchObject({
    type: 'DraftOrderRevised',
    totals: { grandTotalMinor: 8_490 },
  });

  const placed = await call('place', placing(begun, { agreedTotalMinor: 8_490 }));
  expect(placed.data.events.map(({ event }: { event: { type: string } }) => event.type)).toEqual([
    'OrderPlaced',
    'OrderLinePriceOverridden',
  ]);
  expect(placed.data.events[0].event).toMatchObject({
    orderNumber: created.event.orderNumber,
    channel: 'phone',
    lines: [{ sku: 'TEA-POT-08', quantity: 2, unitPriceMinor: 4_000 }],
    paymentMethod: { kind: 'card', brand: 'visa', last4: '4242' },
  });
  expect(placed.data.events[1].event).toMatchObject({ from: 4_990, to: 4_000, reason: agreed.reason });
});

test('a draft reserves nothing, asks nobody for money, and is nobody’s but the desk’s', async () => {
  const begun = draft({ customerId: marta.id });
  await create(begun);
  expect(await typesOf(begun.orderId)).toEqual(['DraftOrderCreated']);
  const own = (orderId: string) => query(web, 'shop.order.get', { orderId }, { cookie: marta.cookie });
  expect((await own(begun.orderId)).error?.code).toBe('NOT_FOUND');
  const { data } = await call('place', placing(begun));
  expect((await own(begun.orderId)).status).toBe(200);
  expect(data.events[0].event).toMatchObject({ customerId: marta.id, subjectId: marta.id });
});

test('placed twice with the same command id, it is placed once and both answers are the same', async () => {
  // Twins that run beside each other overtake each other at any step.
  for (let round = 0; round < 12; round += 1) {
    const begun = draft();
    await create(begun);
    const request = placing(begun);
    const twins = await Promise.all(Array.from({ length: 4 }, () => call('place', request)));
    const [first, ...others] = [...twins, await call('place', request)];
    expect(first?.status).toBe(200);
    expect(others.map(({ data }) => data)).toEqual(others.map(() => first?.data));
    expect(await typesOf(begun.orderId)).toEqual(['DraftOrderCreated', 'OrderPlaced', 'OrderLinePriceOverridden']);
    expect(codeOf(await call('place', placing(begun)))).toBe('DraftClosed');
  }
});

test('begun twice with the same command id, it has one number', async () => {
  const begun = draft();
  const [first, second] = [await create(begun), await create(begun)];
  expect(second.data).toEqual(first.data);
});

test('two agents who change one draft meet: the second hears of the first', async () => {
  const begun = draft();
  await create(begun);
  const decidedOn = { [`order-${begun.orderId}`]: 1 };
  expect((await revise(begun, { shippingMethod: 'express', decidedOn })).status).toBe(200);
  const late = await revise(begun, { lines: [], decidedOn }, tom);
  expect(late.error?.refusal).toMatchObject({ kind: 'conflict', events: [{ event: { type: 'DraftOrderRevised' } }] });
  expect(codeOf(await call('place', placing(begun, { decidedOn }), tom))).not.toBe(undefined);
  expect(await typesOf(begun.orderId)).toEqual(['DraftOrderCreated', 'DraftOrderRevised']);
});

test('a total that is no longer true places nothing; an agreed price stays when the catalog’s moves', async () => {
  const begun = draft();
  await create(begun);
  await web.runtime.sql`update shop.products set price_minor = price_minor + 100`;
  const stale = await call('place', placing(begun));
  const told = await call('place', placing(begun, { agreedTotalMinor: totalMinor + 100 }));
  await web.runtime.sql`update shop.products set price_minor = price_minor - 100`;
  expect(stale.error?.refusal).toMatchObject({
    rejection: { code: 'PriceChanged', wasMinor: totalMinor, isMinor: totalMinor + 100 },
  });
  expect(told.data.events[0].event.lines).toMatchObject([{ unitPriceMinor: 4_000 }, { unitPriceMinor: 1_350 }]);
});

test('a draft without a street is kept, and is not placed; a discarded one is at its end', async () => {
  const begun = draft();
  await create({ ...begun, address: { ...begun.address, street: '' } });
  expect(codeOf(await call('place', placing(begun)))).toBe('DraftIncomplete');
  expect((await call('discard', { orderId: begun.orderId, commandId: v7() })).status).toBe(200);
  expect(codeOf(await call('place', placing(begun)))).toBe('DraftClosed');
  expect(codeOf(await revise(begun, {}))).toBe('DraftClosed');
});

test('without a card nothing is placed that costs something', async () => {
  const begun = draft();
  await create(begun);
  expect(codeOf(await call('place', placing(begun, { cardToken: null })))).toBe('CardInvalid');
  expect(codeOf(await call('place', placing(begun, { cardToken: 'tok_forged' })))).toBe('CardInvalid');
});

test('no price, tier or name comes from the browser, and only from the desk comes a draft', async () => {
  const begun = draft();
  expect((await call('create', { ...begun, totals: { grandTotalMinor: 1 } })).status).toBe(400);
  expect((await create(begun, marta.cookie)).error?.code).toBe('FORBIDDEN');
  expect(codeOf(await create(draft({ customerId: 'nobody' })))).toBe('CustomerUnknown');
  const foreign = draft();
  expect(codeOf(await create({ ...foreign, lines: begun.lines }))).toBe('LineRepeated');
});

test('a price without a reason is refused', async () => {
  const begun = draft();
  const lines = [{ ...begun.lines[0], price: { unitPriceMinor: 1, reason: ' ' } }];
  expect((await call('create', { ...begun, lines })).status).toBe(400);
});

test('a quote tells sums, stock, and the catalog’s price beside the agreed one', async () => {
  const { lines } = draft();
  const { data } = await query(web, 'support.draft.quote', { lines, country: 'PT' }, { cookie: ines });
  expect(data).toMatchObject({
    totals: { grandTotalMinor: totalMinor },
    lines: [
      { sku: 'TEA-POT-08', unitPriceMinor: 4_000, catalogPriceMinor: 4_990 },
      { sku: 'BEE-CAN-01', unitPriceMinor: 1_250, catalogPriceMinor: 1_250 },
    ],
    problems: [],
  });
});

test('a customer is found by a part of their mail; staff are not', async () => {
  const find = async (text: string) =>
    (await query(web, 'support.customer.find', { text }, { cookie: ines })).data.customers;
  expect(await find('customer-')).toMatchObject([{ customerId: marta.id, tier: 'standard', address: null }]);
  expect(await find('support-')).toEqual([]);
});
