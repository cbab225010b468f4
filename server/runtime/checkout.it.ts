import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FulfillmentId, LineId, OrderId, Sku } from '#domain/shared/ids.ts';
import { readKeptMails } from '#server/adapters/mail/kept-mails.ts';
import { GatewayUnavailable, type PaymentGateway } from '#server/adapters/payment-gateway.ts';
import { completeChallenge } from '#server/adapters/simulated-gateway/challenge.ts';
import { paymentIdOf } from '#server/processes/checkout.ts';
import { orderPlaced } from '#server/processes/testing/events.ts';
import { handleInventoryCommands } from './handle-inventory-commands.ts';
import { cards, type House, openHouse } from './testing/whole-house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

let nextSku = 0;
const newSku = (): string => {
  nextSku += 1;
  return `SKU-${nextSku}`;
};

const one = (sku: string, quantity = 1) => [{ id: 'a', sku, quantity, price: 2_000 }];
const placeWith = async (card: string, sku: string, quantity = 1): Promise<OrderId> =>
  house.place({ lines: one(sku, quantity), token: await house.token(card) });

const orderOf = async (orderId: OrderId) => {
  const { order } = await house.waybill(orderId);
  if (order.status === 'absent') throw new Error(`No order ${orderId}`);
  return order;
};
const paymentOf = async (orderId: OrderId) => (await house.waybill(orderId)).payments[paymentIdOf(orderId)];
const down: PaymentGateway = {
  authorize: () => Promise.reject(new GatewayUnavailable('down')),
  capture: () => Promise.reject(new GatewayUnavailable('down')),
  void: () => Promise.reject(new GatewayUnavailable('down')),
  refund: () => Promise.reject(new GatewayUnavailable('down')),
  inquire: () => Promise.reject(new GatewayUnavailable('down')),
};
const challengeOf = async (orderId: OrderId): Promise<string> => {
  const payment = await paymentOf(orderId);
  if (payment?.status !== 'requires_action') throw new Error(`Payment is ${payment?.status}`);
  return payment.challengeUrl.replace('/pay/challenge/', '');
};

test('an order with stock and a good card is confirmed, sourced, and its customer told', async () => {
  const sku = newSku();
  await house.stock(sku, 5);
  const orderId = await placeWith(cards.approve, sku, 2);
  await house.settle();
  expect(await house.types(orderId)).toEqual([
    'OrderPlaced',
    'AuthorizationRequested',
    'PaymentAuthorized',
    'OrderConfirmed',
    ...['FulfillmentCreated', 'NotificationSent'],
  ]);
  expect(await house.stockOf(sku)).toEqual({ onHand: 5, reserved: 0, allocated: 2, available: 3 });
  const [mail] = await readKeptMails(house.test.sql, house.test.keys, orderId);
  expect(mail?.content).toMatchObject({ to: 'ana@example.com', subject: 'Order WB-48213 is confirmed' });
});

test('a draft asks for nothing; placed, it is an order as any other', async () => {
  const sku = newSku();
  await house.stock(sku, 5);
  const orderId = randomUUID() as OrderId;
  const sample = orderPlaced({ lines: one(sku, 2), token: await house.token(cards.approve), id: orderId });
  const lines = sample.lines.map((line) => ({ ...line, lineId: `${orderId}:a` as LineId }));
  const { type: _type, ...placed } = { ...sample, lines, channel: 'phone' as const };
  const { externalReference: _e, channel: _c, paymentMethod: _p, ...draft } = placed;
  await house.command(orderId, { type: 'CreateDraftOrder', ...draft, overrides: [] });
  await house.settle();
  expect(await house.types(orderId)).toEqual(['DraftOrderCreated']);
  expect(await house.stockOf(sku)).toEqual({ onHand: 5, reserved: 0, allocated: 0, available: 5 });
  await house.command(orderId, { type: 'PlaceDraftOrder', orderId, placementId: randomUUID(), placed });
  await house.settle();
  expect(await house.types(orderId)).toEqual([
    'DraftOrderCreated',
    'OrderPlaced',
    'AuthorizationRequested',
    'PaymentAuthorized',
    'OrderConfirmed',
    ...['FulfillmentCreated', 'NotificationSent'],
  ]);
  expect(await house.stockOf(sku)).toEqual({ onHand: 5, reserved: 0, allocated: 2, available: 3 });
});

test('a sold-out line rejects the order, gives the other line back, and the bank is never asked', async () => {
  const [here, gone] = [newSku(), newSku()];
  await house.stock(here, 1);
  await house.stock(gone, 1);
  const lines = [
    { id: 'a', sku: here, quantity: 1, price: 100 },
    { id: 'b', sku: gone, quantity: 2, price: 100 },
  ];
  const orderId = await house.place({ lines, token: await house.token(cards.approve) });
  await house.settle();
  expect(await orderOf(orderId)).toMatchObject({
    status: 'rejected',
    rejection: { code: 'SoldOut', lines: [{ sku: gone, requested: 2, available: 1 }] },
  });
  expect(await house.types(orderId)).not.toContain('AuthorizationRequested');
  expect(await house.stockOf(here)).toMatchObject({ reserved: 0, available: 1 });
});

test.each([
  ['a declined card', cards.decline, 'card_declined'],
  ['a card without funds', cards.insufficientFunds, 'insufficient_funds'],
])('%s rejects the order with the reason, and the stock goes back on sale', async (_name, card, declineCode) => {
  const sku = newSku();
  await house.stock(sku, 1);
  const orderId = await placeWith(card, sku);
  await house.settle();
  expect(await orderOf(orderId)).toMatchObject({
    status: 'rejected',
    rejection: { code: 'PaymentDeclined', declineCode },
  });
  expect(await house.stockOf(sku)).toEqual({ onHand: 1, reserved: 0, allocated: 0, available: 1 });
});

test('a 3-D Secure question that the customer approves confirms the order', async () => {
  const sku = newSku();
  await house.stock(sku, 1);
  const orderId = await placeWith(cards.challenge, sku);
  await house.settle();
  expect((await orderOf(orderId)).status).toBe('placed');
  expect(await completeChallenge(house.test.sql, await challengeOf(orderId), true, house.now())).toBe('completed');
  await house.settle();
  expect((await orderOf(orderId)).status).toBe('confirmed');
});

test('a 3-D Secure question that the customer refuses rejects the order', async () => {
  const sku = newSku();
  await house.stock(sku, 1);
  const orderId = await placeWith(cards.challenge, sku);
  await house.settle();
  await completeChallenge(house.test.sql, await challengeOf(orderId), false, house.now());
  await house.settle();
  expect(await orderOf(orderId)).toMatchObject({
    status: 'rejected',
    rejection: { code: 'PaymentDeclined', declineCode: 'authentication_failed' },
  });
});

test('an answer to the bank whose webhook is lost is learned by asking', async () => {
  const sku = newSku();
  await house.stock(sku, 1);
  const orderId = await placeWith(cards.challenge, sku);
  await house.settle();
  // Asked once while the customer still thinks.
  house.advance(61_000);
  await house.settle();
  await completeChallenge(house.test.sql, await challengeOf(orderId), true, house.now());
  await house.test.client('superuser')`delete from gateway.webhook_deliveries`;
  await house.settle();
  expect((await orderOf(orderId)).status).toBe('placed');
  house.advance(61_000);
  await house.settle();
  expect((await orderOf(orderId)).status).toBe('confirmed');
});

test('what the gateway tells follows from the event that asked for it', async () => {
  const sku = newSku();
  await house.stock(sku, 1);
  const orderId = await placeWith(cards.approve, sku);
  await house.settle();
  const events = await house.runtime.store.readOrder(orderId);
  const named = (type: string) => events.find(({ event }) => event.type === type);
  expect(named('PaymentAuthorized')?.metadata.causationId).toBe(named('AuthorizationRequested')?.eventId);
});

test('a question that nobody answers in time rejects the order; an approval that comes too late is voided', async () => {
  const sku = newSku();
  await house.stock(sku, 1);
  const orderId = await placeWith(cards.challenge, sku);
  await house.settle();
  const challenge = await challengeOf(orderId);
  house.advance(11 * 60_000);
  await house.settle();
  expect(await orderOf(orderId)).toMatchObject({ status: 'rejected', rejection: { code: 'PaymentNotCompleted' } });
  expect(await house.stockOf(sku)).toMatchObject({ reserved: 0, available: 1 });
  await completeChallenge(house.test.sql, challenge, true, house.now());
  await house.settle();
  expect((await paymentOf(orderId))?.status).toBe('voided');
});

test('a gateway that is down delays the order and loses nothing', async () => {
  const sku = newSku();
  await house.stock(sku, 1);
  house.wrapGateway(() => down);
  const orderId = await placeWith(cards.approve, sku);
  await house.settle();
  for (let minute = 0; minute < 5; minute += 1) {
    house.advance(60_000);
    await house.settle();
  }
  expect((await orderOf(orderId)).status).toBe('placed');
  const [waiting] = await house.test.client('worker', 1)`
    select status, last_error, attempts > 3 as often from proc.effects where order_key = ${orderId}`;
  expect(waiting).toMatchObject({ status: 'due', last_error: 'GatewayUnavailable: down', often: true });
  house.wrapGateway((gateway) => gateway);
  house.advance(60_000);
  await house.settle();
  expect((await orderOf(orderId)).status).toBe('confirmed');
});

test('a card whose gateway fails a few times is authorized once', async () => {
  const sku = newSku();
  await house.stock(sku, 1);
  const orderId = await placeWith(cards.unavailable, sku);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await house.settle();
    house.advance(30_000);
  }
  await house.settle();
  expect((await orderOf(orderId)).status).toBe('confirmed');
});

test('a slow card holds up nobody else', async () => {
  const sku = newSku();
  await house.stock(sku, 2);
  const slow = await placeWith(cards.slow, sku);
  const quick = await placeWith(cards.approve, sku);
  await house.settle();
  expect([(await orderOf(slow)).status, (await orderOf(quick)).status]).toEqual(['placed', 'confirmed']);
  house.advance(8_000);
  await house.settle();
  expect((await orderOf(slow)).status).toBe('confirmed');
});

test('a cancel before picking takes back the fulfillment, the stock and the money', async () => {
  const sku = newSku();
  await house.stock(sku, 3);
  const orderId = await placeWith(cards.approve, sku, 2);
  await house.settle();
  const outcome = await house.command(orderId, { type: 'CancelOrder', orderId, reason: 'Too slow', restock: true });
  expect(outcome.status).toBe('accepted');
  await house.settle();
  expect(await house.stockOf(sku)).toEqual({ onHand: 3, reserved: 0, allocated: 0, available: 3 });
  expect((await paymentOf(orderId))?.status).toBe('voided');
  const { fulfillments } = await house.waybill(orderId);
  expect(Object.values(fulfillments).map(({ status }) => status)).toEqual(['canceled']);
  const mails = await readKeptMails(house.test.sql, house.test.keys, orderId);
  expect(mails.map(({ template }) => template)).toContain('order-canceled');
});

test('a cancel without restock keeps the goods off sale', async () => {
  const sku = newSku();
  await house.stock(sku, 3);
  const orderId = await placeWith(cards.approve, sku, 2);
  await house.settle();
  await house.command(orderId, { type: 'CancelOrder', orderId, reason: 'Recalled', restock: false });
  await house.settle();
  expect(await house.stockOf(sku)).toMatchObject({ onHand: 3, allocated: 0, available: 1 });
});

test('a cancel while the bank is being asked voids the authorization when it comes', async () => {
  const sku = newSku();
  await house.stock(sku, 1);
  const orderId = await placeWith(cards.slow, sku);
  await house.settle();
  await house.command(orderId, { type: 'CancelOrder', orderId, reason: 'Never mind', restock: true });
  await house.settle();
  house.advance(8_000);
  await house.settle();
  expect((await paymentOf(orderId))?.status).toBe('voided');
  expect(await house.stockOf(sku)).toMatchObject({ reserved: 0, allocated: 0, available: 1 });
});

test('a reservation that runs out before the payment rejects the order; no paid order is without stock', async () => {
  const sku = newSku();
  await house.stock(sku, 1);
  house.wrapGateway(() => down);
  const late = await placeWith(cards.approve, sku);
  await house.settle();
  house.advance(16 * 60_000);
  await house.settle();
  expect(await orderOf(late)).toMatchObject({ status: 'rejected', rejection: { code: 'PaymentNotCompleted' } });
  house.wrapGateway((gateway) => gateway);
  // The one piece is free for somebody else.
  const next = await placeWith(cards.approve, sku);
  house.advance(120_000);
  await house.settle();
  expect((await orderOf(next)).status).toBe('confirmed');
  const payment = await paymentOf(late);
  expect(payment && ['expired', 'voided']).toContain(payment?.status);
  expect(await house.stockOf(sku)).toMatchObject({ allocated: 1, available: 0 });
});

test('a webhook that is delivered three times is recorded once', async () => {
  const sku = newSku();
  await house.stock(sku, 1);
  house.wrapTransport((deliver) => async (body, headers) => {
    await deliver(body, headers);
    await deliver(body, headers);
    return deliver(body, headers);
  });
  const orderId = await placeWith(cards.approve, sku);
  await house.settle();
  house.wrapTransport((deliver) => deliver);
  const types = await house.types(orderId);
  expect(types.filter((type) => type === 'PaymentAuthorized')).toHaveLength(1);
});

test('a webhook that the shop could not take comes again', async () => {
  const sku = newSku();
  await house.stock(sku, 1);
  house.wrapTransport(() => async () => 503);
  const orderId = await placeWith(cards.approve, sku);
  await house.settle();
  expect((await orderOf(orderId)).status).toBe('placed');
  house.wrapTransport((deliver) => deliver);
  house.advance(5_000);
  await house.settle();
  expect((await orderOf(orderId)).status).toBe('confirmed');
});

test('killed between the call and its record, there is still exactly one authorization', async () => {
  const sku = newSku();
  await house.stock(sku, 1);
  let calls = 0;
  house.wrapGateway((gateway) => ({
    ...gateway,
    authorize: async (call) => {
      calls += 1;
      await gateway.authorize(call);
      // The gateway has it; the worker dies before it can write that down.
      throw new GatewayUnavailable('the line went dead');
    },
  }));
  house.wrapTransport(() => async () => 503);
  const orderId = await placeWith(cards.approve, sku);
  await house.settle();
  house.advance(60_000);
  await house.settle();
  house.wrapTransport((deliver) => deliver);
  house.wrapGateway((gateway) => gateway);
  house.advance(60_000);
  await house.settle();
  expect(calls).toBe(1);
  const [count] = await house.test.client('worker', 1)`
    select count(*) as operations from gateway.operations where payment_id = ${paymentIdOf(orderId)}`;
  expect(count).toEqual({ operations: 1 });
  expect((await house.types(orderId)).filter((type) => type === 'PaymentAuthorized')).toHaveLength(1);
  expect((await orderOf(orderId)).status).toBe('confirmed');
});

test('what is shipped is paid for and leaves the books; what has arrived completes the order', async () => {
  const sku = newSku();
  await house.stock(sku, 2);
  const orderId = await placeWith(cards.approve, sku, 2);
  await house.settle();
  const [fulfillment] = Object.values((await house.waybill(orderId)).fulfillments);
  const fulfillmentId = fulfillment?.fulfillmentId as FulfillmentId;
  const lineId = fulfillment?.lines[0]?.lineId;
  if (!lineId) throw new Error('No line');
  const steps = [
    { type: 'StartPicking', picker: 'kim' },
    { type: 'PickItem', lineId, quantity: 2 },
    { type: 'PackFulfillment', packages: [{ parcelId: 'p1', weightGrams: 900 }] },
    { type: 'ShipFulfillment', carrier: 'CTT', trackingNumber: 'PT123' },
  ] as const;
  for (const step of steps)
    expect((await house.command(orderId, { ...step, orderId, fulfillmentId })).status).toBe('accepted');
  await house.settle();
  expect(await paymentOf(orderId)).toMatchObject({ captures: expect.any(Object), authorizedMinor: 4_490 });
  const captures = Object.values((await paymentOf(orderId))?.captures ?? {});
  expect(captures).toEqual([{ amountMinor: 4_490, status: 'done' }]);
  expect(await house.stockOf(sku)).toEqual({ onHand: 0, reserved: 0, allocated: 0, available: 0 });
  await house.command(orderId, { type: 'DeliverFulfillment', orderId, fulfillmentId });
  await house.settle();
  expect((await orderOf(orderId)).status).toBe('completed');
});

test('an order that no warehouse holds alone is split, and both shipments together take the whole sum', async () => {
  const sku = newSku();
  await house.stock(sku, 1, 'PORTO');
  await house.stock(sku, 2, 'LYON');
  const orderId = await placeWith(cards.approve, sku, 3);
  await house.settle();
  const { fulfillments } = await house.waybill(orderId);
  const parts = Object.values(fulfillments).map(({ warehouse, sourcing, lines }) => ({
    warehouse,
    sourcing,
    quantity: lines[0]?.quantity,
  }));
  expect(parts.toSorted((a, b) => a.warehouse.localeCompare(b.warehouse))).toEqual([
    { warehouse: 'LYON', sourcing: 'split over 2 warehouses', quantity: 2 },
    { warehouse: 'PORTO', sourcing: 'split over 2 warehouses', quantity: 1 },
  ]);
  for (const { fulfillmentId, lines } of Object.values(fulfillments)) {
    const [line] = lines;
    if (!line) throw new Error('No line');
    const keys = { orderId, fulfillmentId };
    await house.command(orderId, { type: 'StartPicking', ...keys, picker: 'kim' });
    await house.command(orderId, { type: 'PickItem', ...keys, lineId: line.lineId, quantity: line.quantity });
    await house.command(orderId, { type: 'PackFulfillment', ...keys, packages: [{ parcelId: 'p', weightGrams: 1 }] });
    await house.command(orderId, { type: 'ShipFulfillment', ...keys, carrier: 'CTT', trackingNumber: fulfillmentId });
    await house.settle();
  }
  const payment = await paymentOf(orderId);
  const captured = Object.values(payment?.captures ?? {}).map(({ amountMinor }) => amountMinor);
  expect([captured.length, captured.reduce((a, b) => a + b, 0)]).toEqual([2, 6_490]);
});

test('answers of the gateway that come in the wrong order lead to the same end', async () => {
  const sku = newSku();
  await house.stock(sku, 1);
  house.wrapTransport(() => async () => 503);
  const orderId = await placeWith(cards.challenge, sku);
  await house.settle();
  const [bank] = await house.test.client('worker', 1)<{ challenge_id: string }[]>`
    select challenge_id from gateway.payments where payment_id = ${paymentIdOf(orderId)}`;
  await completeChallenge(house.test.sql, bank?.challenge_id ?? '', true, house.now());
  await house.settle();
  // Approved first, asked afterwards.
  const told: string[] = [];
  house.wrapTransport((deliver) => (body, headers) => {
    const events = JSON.parse(body.toString()) as { outcome: { type: string } }[];
    told.push(...events.map(({ outcome }) => outcome.type));
    return told.includes('authorization.succeeded') ? deliver(body, headers) : Promise.resolve(503);
  });
  for (let minute = 0; minute < 3; minute += 1) {
    house.advance(60_000);
    await house.settle();
  }
  house.wrapTransport((deliver) => deliver);
  expect(told).toContain('authorization.requires_action');
  expect((await orderOf(orderId)).status).toBe('confirmed');
  expect((await paymentOf(orderId))?.status).toBe('authorized');
});

test('a confirmed order that nobody ships within seven days is held: its authorization has run out', async () => {
  const sku = newSku();
  await house.stock(sku, 1);
  const orderId = await placeWith(cards.approve, sku);
  await house.settle();
  house.advance(7 * 24 * 60 * 60_000 + 60_000);
  await house.settle();
  const order = await orderOf(orderId);
  expect([order.status, Object.values(order.holds)]).toEqual(['confirmed', ['The payment authorization has run out.']]);
});

describe('a reservation that runs out in the very moment that the bank says yes', () => {
  /** Lets the webhook in, and ends the reservation before anybody has heard of the payment. */
  const expireBehind = (sku: string, orderId: OrderId, then: () => Promise<unknown>) =>
    house.wrapTransport((deliver) => async (body, headers) => {
      const status = await deliver(body, headers);
      house.wrapTransport((plain) => plain);
      const later = new Date(house.now().getTime() + 20 * 60_000).toISOString();
      const lineId = `${orderId}:a` as LineId;
      const command = { type: 'ExpireReservation' as const, sku: sku as Sku, orderId, lineId, now: later };
      const actor = { id: 'process:expiry', role: 'system' as const };
      await handleInventoryCommands(house.runtime, [{ commandId: randomUUID(), actor, body: null, command }]);
      await then();
      return status;
    });

  test('is made again, and the order is confirmed with its stock', async () => {
    const sku = newSku();
    await house.stock(sku, 1);
    const orderId = await placeWith(cards.approve, sku);
    expireBehind(sku, orderId, async () => undefined);
    await house.settle();
    expect((await orderOf(orderId)).status).toBe('confirmed');
    expect(await house.stockOf(sku)).toEqual({ onHand: 1, reserved: 0, allocated: 1, available: 0 });
  });

  test('and whose goods another has bought at once, ends canceled and unpaid', async () => {
    const sku = newSku();
    await house.stock(sku, 1);
    const orderId = await placeWith(cards.approve, sku);
    const rival = {
      type: 'ReserveStock' as const,
      sku: sku as Sku,
      orderId: randomUUID() as OrderId,
      lineId: randomUUID() as LineId,
      quantity: 1,
      expiresAt: new Date(house.now().getTime() + 900_000).toISOString(),
    };
    const actor = { id: 'process:checkout', role: 'system' as const };
    expireBehind(sku, orderId, () =>
      handleInventoryCommands(house.runtime, [{ commandId: randomUUID(), actor, body: null, command: rival }]),
    );
    await house.settle();
    expect((await orderOf(orderId)).status).toBe('canceled');
    expect((await paymentOf(orderId))?.status).toBe('voided');
    expect(await house.stockOf(sku)).toEqual({ onHand: 1, reserved: 1, allocated: 0, available: 0 });
  });
});

test('nothing was swallowed: no process was refused without a trace, and no order is parked', async () => {
  const sql = house.test.client('worker', 1);
  const refused = await sql`select command_type, rejection ->> 'code' as code from proc.rejected_commands`;
  expect(refused).toEqual([]);
  expect(await sql`select order_key, error from proc.parked`).toEqual([]);
});
