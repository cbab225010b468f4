import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OrderId } from '#domain/shared/ids.ts';
import { signatureHeader, signWebhook } from '#server/adapters/webhook-signature.ts';
import { paymentIdOf } from '#server/processes/checkout.ts';
import { cards, type House, openHouse } from '#server/runtime/testing/whole-house.ts';
import { receivePaymentWebhook } from './payments.ts';

const secret = 'the secret between the gateway and the shop';
const log = { warn: () => undefined, error: () => undefined };
const now = new Date('2026-03-01T10:00:00.000Z');
let house: House;
let orderId: OrderId;
beforeAll(async () => {
  house = await openHouse();
  await house.stock('MUG', 5);
  const lines = [{ id: 'a', sku: 'MUG', quantity: 1, price: 100 }];
  orderId = await house.place({ lines, token: await house.token(cards.approve) });
  // The bank is asked, and nothing is delivered yet.
  for (let round = 0; round < 20 && !(await house.types(orderId)).includes('AuthorizationRequested'); round += 1)
    await house.feedOnce();
});
afterAll(() => house.close());

const authorized = (id: string = randomUUID()) => ({
  id,
  createdAt: now.toISOString(),
  outcome: {
    type: 'authorization.succeeded',
    reference: { orderId, paymentId: paymentIdOf(orderId), correlationId: 'c' },
    amountMinor: 590,
    gatewayReference: 'pi_1',
    expiresAt: '2026-03-08T10:00:00.000Z',
  },
});
const post = (
  events: unknown,
  { at = now, key = secret, header }: { at?: Date; key?: string; header?: string } = {},
) => {
  const body = Buffer.from(typeof events === 'string' ? events : JSON.stringify(events));
  const headers = { [signatureHeader]: header ?? signWebhook(key, body, at) };
  return receivePaymentWebhook({ runtime: house.runtime, secret, log, now: () => now }, body, headers);
};
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

test.each([
  ['with another secret', () => post([authorized()], { key: 'another secret' })],
  ['without a signature', () => post([authorized()], { header: '' })],
  ['with a signature of the wrong form', () => post([authorized()], { header: 't=1,v1=zz' })],
  ['signed six minutes ago', () => post([authorized()], { at: minutes(-6) })],
  ['signed six minutes ahead', () => post([authorized()], { at: minutes(6) })],
  ['that is no JSON', () => post('{')],
  ['with an unknown field', () => post([{ ...authorized(), extra: true }])],
  ['with an unknown type', () => post([{ ...authorized(), outcome: { ...authorized().outcome, type: 'gift' } }])],
  [
    'that would send customers elsewhere',
    () =>
      post([
        {
          ...authorized(),
          outcome: {
            type: 'authorization.requires_action',
            reference: authorized().outcome.reference,
            challengeUrl: 'https://evil.example/pay',
          },
        },
      ]),
  ],
])('a delivery %s is refused with 400, and nothing is recorded', async (_name, send) => {
  expect((await send()).status).toBe(400);
  expect(await house.types(orderId)).not.toContain('PaymentAuthorized');
});

test('a changed body does not pass with the signature of another', async () => {
  const header = signWebhook(secret, Buffer.from(JSON.stringify([authorized()])), now);
  expect((await post([authorized()], { header })).status).toBe(400);
});

test('a signed delivery is recorded once, though its event comes twice in it and again later', async () => {
  const event = authorized();
  expect(await post([event, event])).toEqual({ status: 200, body: { result: 'received' } });
  expect((await post([event])).status).toBe(200);
  // Another event of the gateway that says the same.
  expect((await post([authorized()], { at: minutes(4) })).status).toBe(200);
  expect((await house.types(orderId)).filter((type) => type === 'PaymentAuthorized')).toHaveLength(1);
});

test('an event of an order that nobody knows is taken, so that it does not come for ever, and changes nothing', async () => {
  const stranger = authorized();
  const reference = { ...stranger.outcome.reference, orderId: randomUUID(), paymentId: randomUUID() };
  expect((await post([{ ...stranger, outcome: { ...stranger.outcome, reference } }])).status).toBe(200);
  expect(await house.types(reference.orderId as OrderId)).toEqual([]);
});
