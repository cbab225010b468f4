import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Currency } from '#domain/shared/money.ts';
import { command, unit } from '#server/event-store/testing/units.ts';
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

const placed = async () => {
  const { data } = await mutate(web, 'shop.placeOrder', orderRequest(card));
  return { orderId: data.events[0].event.orderId as string, link: data.link as string };
};

test('a conflict tells a customer what happened, but nothing that staff wrote for each other', async () => {
  const { orderId, link } = await placed();
  const { cookie } = await web.signIn('support');
  const seen = { [`order-${orderId}`]: 1 };
  const onOrder = (procedure: string, input: object) =>
    mutate(web, `support.order.${procedure}`, { orderId, commandId: v7(), ...input }, { cookie });
  await onOrder('addNote', { noteId: v7(), text: 'Sounds like a thief', visibility: 'internal' });
  await onOrder('placeHold', { holdId: v7(), reason: 'Fraud check' });
  await onOrder('cancel', { reason: 'Ordered twice', restock: true });
  const refused = await mutate(web, 'shop.order.cancel', {
    orderId,
    link,
    commandId: v7(),
    reason: 'Too late',
    decidedOn: seen,
  });
  expect(refused.status).toBe(409);
  const told = JSON.stringify(refused.error);
  expect(told).toContain('OrderCanceled');
  expect(told).not.toMatch(/thief|Fraud|OrderNoteAdded|demo-|support-/);
});

test('what only somebody could have seen who never saw the order is a conflict, not a failure', async () => {
  const { orderId, link } = await placed();
  const answers = [];
  for (const decidedOn of [{}, { [`payment-${v7()}`]: 2 }])
    answers.push(
      await mutate(web, 'shop.order.cancel', { orderId, link, commandId: v7(), reason: 'Twice', decidedOn }),
    );
  expect(answers.map(({ status }) => status)).toEqual([409, 409]);
});

test('staff do not act as the guest whose link they have', async () => {
  const { orderId, link } = await placed();
  const { cookie } = await web.signIn('support');
  const [looked, acted] = [
    await query(web, 'shop.order.get', { orderId, link }, { cookie }),
    await mutate(web, 'shop.order.cancel', { orderId, link, commandId: v7(), reason: 'Twice' }, { cookie }),
  ];
  expect([looked.status, acted.status]).toEqual([200, 403]);
  expect((await mutate(web, 'shop.order.cancel', { orderId, link, commandId: v7() })).status).toBe(200);
});

test('the token of a card is in no answer', async () => {
  const { orderId, link } = await placed();
  const again = await mutate(web, 'shop.placeOrder', orderRequest(card));
  const { cookie } = await web.signIn('admin');
  const answers = [
    again,
    await query(web, 'audit.order.events', { orderId }, { cookie }),
    await mutate(web, 'shop.order.cancel', { orderId, link, commandId: v7(), decidedOn: {} }),
  ];
  for (const answer of answers) expect(JSON.stringify(answer)).not.toContain(card);
  expect(JSON.stringify(answers[1])).toContain('OrderPlaced');
});

test('a change that comes to another total than was shown is not asked for, by guest or agent', async () => {
  const { orderId, link } = await placed();
  const { cookie } = await web.signIn('support');
  const change = (agreedTotalMinor: number | null) => ({
    orderId,
    commandId: v7(),
    amendmentId: v7(),
    added: [{ lineId: `${orderId}:more-1`, sku: 'BEE-CAN-01', quantity: 1 }],
    agreedTotalMinor,
  });
  const refusalOf = (answer: Awaited<ReturnType<typeof mutate>>) => answer.error?.refusal;
  const guest = refusalOf(await mutate(web, 'shop.order.amend', { ...change(1), link }));
  const agent = refusalOf(await mutate(web, 'support.order.amend', change(1), { cookie }));
  for (const refusal of [guest, agent])
    expect(refusal).toMatchObject({ rejection: { code: 'PriceChanged', wasMinor: 1 } });
  const { isMinor } = (guest as { rejection: { isMinor: number } }).rejection;
  // The price is agreed; that nobody has confirmed the order yet is another matter.
  for (const agreed of [isMinor, null])
    expect(refusalOf(await mutate(web, 'shop.order.amend', { ...change(agreed), link }))).toMatchObject({
      rejection: { code: 'OrderNotConfirmed' },
    });
});

test('what a change comes to is held against the order that was looked at: what others changed is no other price', async () => {
  const { data } = await mutate(web, 'shop.placeOrder', orderRequest(card));
  const { orderId, lines, totals } = data.events[0].event;
  const [{ lineId, sku, unitPriceMinor }] = lines;
  const given = { from: unitPriceMinor, to: 1, reason: 'Scratched', currency: 'EUR' as Currency };
  await web.runtime.store.append([
    unit(
      [{ streamId: `order-${orderId}`, version: 1 }],
      [command([{ type: 'OrderLinePriceOverridden', orderId, lineId, sku, amendmentId: v7(), ...given }])],
    ),
  ]);
  const asked = async (version: number) => {
    const seen = { decidedOn: { [`order-${orderId}`]: version }, agreedTotalMinor: totals.grandTotalMinor };
    const ids = { orderId, link: data.link, commandId: v7(), amendmentId: v7() };
    return (await mutate(web, 'shop.order.amend', { ...ids, ...seen })).error?.refusal;
  };
  expect(await asked(1)).toMatchObject({ rejection: { code: 'OrderNotConfirmed' } });
  expect(await asked(2)).toMatchObject({ rejection: { code: 'PriceChanged' } });
});

test('a price that an agent gave is not multiplied by the customer', async () => {
  const { data } = await mutate(web, 'shop.placeOrder', orderRequest(card));
  const { orderId, lines } = data.events[0].event;
  const [{ lineId, sku, quantity, unitPriceMinor }] = lines;
  const given = { from: unitPriceMinor, to: 0, reason: 'Scratched', currency: 'EUR' as Currency };
  const forLine = { orderId, lineId, sku, amendmentId: v7() };
  await web.runtime.store.append([
    unit(
      [{ streamId: `order-${orderId}`, version: 1 }],
      [command([{ type: 'OrderLinePriceOverridden', ...forLine, ...given }])],
    ),
  ]);
  const own = { orderId, link: data.link };
  const wanting = (units: number) => ({ ...own, quantities: [{ lineId, quantity: units }] });
  const more = wanting(quantity + 19);
  const refused = [
    await query(web, 'shop.order.quoteAmendment', more),
    await mutate(web, 'shop.order.amend', { ...more, commandId: v7(), amendmentId: v7() }),
  ];
  for (const { error } of refused) expect(error?.refusal).toMatchObject({ rejection: { code: 'PriceAgreed' } });
  expect((await query(web, 'shop.order.quoteAmendment', wanting(quantity))).status).toBe(200);
});
