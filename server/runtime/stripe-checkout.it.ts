import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OrderId } from '#domain/shared/ids.ts';
import { type BreakerStatus, resilientGateway } from '#server/adapters/resilient-gateway.ts';
import { signedEvent } from '#server/adapters/stripe-gateway/testing/local-stripe.ts';
import { openStripe } from '#server/adapters/testing/gateways.ts';
import { receiveStripeWebhook } from '#server/api/webhooks/stripe.ts';
import { paymentIdOf } from '#server/processes/checkout.ts';
import { retryEffect } from '#server/queries/admin-retry-work.ts';
import { type House, openHouse } from './testing/whole-house.ts';

const log = { warn: () => undefined, error: () => undefined };
let house: House;
let stripe: Awaited<ReturnType<typeof openStripe>>;
let breaker: () => BreakerStatus;
beforeAll(async () => {
  house = await openHouse();
  await house.stock('MUG', 100);
});
afterAll(() => house.close());
beforeEach(async () => {
  stripe = await openStripe(250);
  const resilient = resilientGateway(stripe.gateway, { attemptMs: 1_000, pauseMs: 0 });
  breaker = resilient.status;
  house.wrapGateway(() => resilient.gateway);
});
afterEach(() => stripe.close());

const place = (token: string): Promise<OrderId> =>
  house.place({ lines: [{ id: 'a', sku: 'MUG', quantity: 1, price: 2_000 }], token });
const statusOf = async (orderId: OrderId) => (await house.waybill(orderId)).order.status;
const countOf = async (orderId: OrderId, type: string) =>
  (await house.types(orderId)).filter((each) => each === type).length;
const deliver = ({ body, headers }: ReturnType<typeof signedEvent>, now = new Date()) =>
  receiveStripeWebhook(
    { runtime: house.runtime, stripe: stripe.stripe, secret: stripe.secret, log, now: () => now },
    body,
    headers,
  );
const effectOf = async (orderId: OrderId) => {
  const [row] = await house.test.client('worker', 1)<{ effect_id: string; status: string; attempts: number }[]>`
    select effect_id, status, attempts from proc.effects where order_key = ${orderId} and lane = 'payment'`;
  return row;
};

test('an order is confirmed by Stripe’s answer alone, and the webhooks that follow change nothing', async () => {
  const orderId = await place('pm_card_visa');
  await house.settle();
  expect(await statusOf(orderId)).toBe('confirmed');
  const before = await house.types(orderId);
  for (const event of stripe.local.takeEvents()) {
    expect((await deliver(signedEvent(stripe.secret, event, new Date()))).status).toBe(200);
    expect((await deliver(signedEvent(stripe.secret, event, new Date()))).status).toBe(200);
  }
  await house.settle();
  expect(await house.types(orderId)).toEqual(before);
});

test.each(['resetAfter', 'hang', 'errorAfter'] as const)(
  'the answer is lost (%s) after the charge was made: one charge, and one PaymentAuthorized',
  async (fault) => {
    stripe.local.fail(fault, 'POST /v1/payment_intents', 4);
    const orderId = await place('pm_card_visa');
    await house.settle();
    expect(await countOf(orderId, 'PaymentAuthorized')).toBe(0);
    // Days later: Stripe has forgotten the key, and its search has caught up.
    stripe.local.forgetKeys();
    stripe.local.objects.index();
    house.advance(60_000);
    await house.settle();
    expect(await countOf(orderId, 'PaymentAuthorized')).toBe(1);
    expect(await statusOf(orderId)).toBe('confirmed');
    expect((await stripe.books(paymentIdOf(orderId))).payments).toBe(1);
  },
);

test('a call that was given up, and is tried again by a person days later, is asked about first', async () => {
  stripe.local.fail('hang', 'POST /v1/payment_intents', 2);
  const orderId = await place('pm_card_visa');
  await house.settle();
  const effect = await effectOf(orderId);
  if (!effect) throw new Error('The call is gone');
  const worker = house.test.client('worker', 1);
  await worker`update proc.effects set status = 'gave_up' where effect_id = ${effect.effect_id}`;
  stripe.local.forgetKeys();
  stripe.local.objects.index();
  expect(await retryEffect({ sql: house.test.client('app', 1) }, effect.effect_id)).toBe(true);
  house.advance(1_000);
  await house.settle();
  expect((await stripe.books(paymentIdOf(orderId))).payments).toBe(1);
  expect(await statusOf(orderId)).toBe('confirmed');
});

test('a bank that asks: the customer’s answer comes by webhook, and confirms the order or rejects it', async () => {
  const [yes, no] = [await place('pm_card_authenticationRequired'), await place('pm_card_authenticationRequired')];
  await house.settle();
  for (const [orderId, approves] of [
    [yes, true],
    [no, false],
  ] as const) {
    const payment = (await house.waybill(orderId)).payments[paymentIdOf(orderId)];
    if (payment?.status !== 'requires_action') throw new Error(`Payment is ${payment?.status}`);
    await stripe.answerChallenge(payment.challengeUrl, approves);
  }
  // Shuffled: the newest first. What is told is read anew, so that its order does not matter.
  for (const event of stripe.local.takeEvents().toReversed())
    expect((await deliver(signedEvent(stripe.secret, event, new Date()))).status).toBe(200);
  await house.settle();
  expect([await statusOf(yes), await statusOf(no)]).toEqual(['confirmed', 'rejected']);
});

test('an order that is canceled lets go of the money at Stripe', async () => {
  const orderId = await place('pm_card_visa');
  await house.settle();
  await house.command(orderId, { type: 'CancelOrder', orderId, reason: 'Too slow', restock: true });
  await house.settle();
  expect(await countOf(orderId, 'PaymentVoided')).toBe(1);
  expect([...stripe.local.objects.intents.values()].map(({ status }) => status)).toEqual(['canceled']);
});

describe('a webhook', () => {
  const signed = async () => {
    await place('pm_card_authenticationRequired');
    await house.settle();
    const [event] = stripe.local.takeEvents();
    if (!event) throw new Error('Stripe has told nothing');
    return event;
  };

  test('is refused when forged, changed, unsigned or older than five minutes', async () => {
    const event = await signed();
    const now = new Date();
    const good = signedEvent(stripe.secret, event, now);
    const late = signedEvent(stripe.secret, event, new Date(now.getTime() - 301_000));
    const changed = Buffer.from(good.body.toString('utf8').replace('requires_action', 'requires_capture'));
    const results = [
      await deliver(signedEvent('whsec_of_somebody_else', event, now), now),
      await deliver({ ...good, body: changed }, now),
      await deliver({ ...good, headers: { 'stripe-signature': '' } }, now),
      await deliver(late, now),
    ];
    expect(results.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect((await deliver(good, now)).status).toBe(200);
  });

  test('of somebody else’s payment on the same account is taken, and changes nothing', async () => {
    const created = stripe.local.objects.createIntent(
      { amount: '500', currency: 'eur', payment_method: 'pm_card_visa', metadata: { shop: 'another' } },
      false,
    );
    expect(created.status).toBe(200);
    const [event] = stripe.local.takeEvents();
    if (!event) throw new Error('Stripe has told nothing');
    const result = await deliver(signedEvent(stripe.secret, event, new Date()));
    expect(result).toEqual({ status: 200, body: { result: 'not ours' } });
  });

  test('asks to come again while Stripe can not be asked', async () => {
    const event = await signed();
    stripe.local.fail('errorBefore', 'GET', 1);
    const delivery = signedEvent(stripe.secret, event, new Date());
    expect((await deliver(delivery)).status).toBe(500);
    expect((await deliver(delivery)).status).toBe(200);
  });
});

test('a gateway that is down for minutes opens the circuit: calls wait, few are made, and none is lost', async () => {
  // The breaker goes by the true clock: the test moves it.
  vi.useFakeTimers({ toFake: ['Date'] });
  const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);
  try {
    stripe.local.fail('rateLimit', '', 10_000);
    const orders: OrderId[] = [];
    for (let order = 0; order < 20; order += 1) orders.push(await place('pm_card_visa'));
    await house.settle();
    expect(breaker().state).toBe('open');
    const sent = stripe.local.requests.length;
    const worker = house.test.client('worker', 1);
    const waiting = async () => {
      const [row] = await worker<{ effects: number; attempts: number }[]>`
        select count(*)::int as effects, sum(attempts)::int as attempts from proc.effects
        where order_key = any(${orders}) and status = 'due' and last_error is not null`;
      if (!row) throw new Error('No row');
      return row;
    };
    const before = await waiting();
    for (let round = 0; round < 15; round += 1) {
      pass(20_000);
      await house.settle();
    }
    // One call that tries, each time that the circuit is half open; never all twenty.
    expect(stripe.local.requests.length - sent).toBeLessThan(60);
    const after = await waiting();
    expect([before.effects, after.effects]).toEqual([20, 20]);
    // The one that tries counts; the nineteen that wait don't.
    expect(after.attempts - before.attempts).toBeLessThan(20);
    stripe.local.recover();
    for (let round = 0; round < 10; round += 1) {
      pass(20_000);
      await house.settle();
    }
    expect(breaker().state).toBe('closed');
    expect(await Promise.all(orders.map(statusOf))).toEqual(orders.map(() => 'confirmed'));
    const charged = await Promise.all(orders.map((orderId) => stripe.books(paymentIdOf(orderId))));
    expect(charged.map(({ payments }) => payments)).toEqual(orders.map(() => 1));
  } finally {
    vi.useRealTimers();
  }
});
