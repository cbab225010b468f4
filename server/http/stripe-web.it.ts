import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeSql, openSql } from '#db/clients.ts';
import {
  type LocalStripe,
  signedEvent,
  startLocalStripe,
} from '#server/adapters/stripe-gateway/testing/local-stripe.ts';
import { mutate } from './testing/api-client.ts';
import { goodCard, orderRequest } from './testing/orders.ts';
import { startTestWeb, type TestWeb } from './testing/web-fixture.ts';

const webhookSecret = 'whsec_secret_of_the_webhook';
let stripe: LocalStripe;
let web: TestWeb;
beforeAll(async () => {
  stripe = await startLocalStripe();
  web = await startTestWeb({
    env: {
      PAYMENT_GATEWAY: 'stripe',
      STRIPE_SECRET_KEY: stripe.secretKey,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
      STRIPE_API_URL: stripe.url,
    },
  });
});
afterAll(async () => {
  await web.close();
  await stripe.close();
});

test('an order is placed with a payment method of Stripe’s own form, whose brand and last digits are told, its token not', async () => {
  const order = orderRequest('pm_card_visa');
  const { status, data } = await mutate(web, 'shop.placeOrder', order);
  expect(status).toBe(200);
  expect(data.events[0].event.paymentMethod).toEqual({
    kind: 'card',
    token: 'hidden',
    brand: 'visa',
    last4: '4242',
  });
});

test('a token that Stripe didn’t give is refused, and Stripe out of reach says to try again', async () => {
  for (const token of ['tok_of_the_simulated_one', 'pm_unknown'])
    expect((await mutate(web, 'shop.placeOrder', orderRequest(token))).error?.refusal).toMatchObject({
      rejection: { code: 'CardInvalid', problem: 'token_unknown' },
    });
  stripe.fail('errorBefore', 'GET /v1/payment_methods');
  expect((await mutate(web, 'shop.placeOrder', orderRequest('pm_card_visa'))).status).toBe(503);
});

test('card numbers are not taken', async () => {
  expect((await mutate(web, 'shop.tokenizeCard', goodCard)).error?.refusal).toMatchObject({
    rejection: { code: 'CardInvalid' },
  });
});

const intentOf = (metadata: Record<string, string>, card: string): string => {
  const { body } = stripe.objects.createIntent(
    { amount: '500', currency: 'eur', payment_method: card, metadata },
    false,
  );
  return String(body.id);
};
const ours = (orderId: string) => ({ orderId, paymentId: randomUUID(), correlationId: 'c' });

test('a webhook is taken over its bytes as they came, and the simulated gateway’s address is closed', async () => {
  intentOf(ours(randomUUID()), 'pm_card_visa');
  const event = stripe.takeEvents().at(-1);
  if (!event) throw new Error('Stripe has told nothing');
  const { body, headers } = signedEvent(webhookSecret, event, new Date());
  const post = (path: string, bytes: Buffer) =>
    fetch(`${web.url}${path}`, { method: 'POST', headers, body: new Uint8Array(bytes) });
  expect((await post('/api/webhooks/stripe', body)).status).toBe(200);
  // The same JSON, written otherwise.
  const written = Buffer.from(JSON.stringify(JSON.parse(body.toString('utf8')), null, 1));
  expect((await post('/api/webhooks/stripe', written)).status).toBe(400);
  expect((await post('/api/webhooks/payments', body)).status).toBe(404);
});

test('a customer is sent to the bank’s question, and brought back to their order with their link', async () => {
  const orderId = randomUUID();
  const intentId = intentOf(ours(orderId), 'pm_card_authenticationRequired');
  const go = (path: string, cookie = '') => fetch(`${web.url}${path}`, { redirect: 'manual', headers: { cookie } });
  const sent = await go(`/api/payments/challenge/${intentId}?link=a.link%20of%20theirs`);
  expect(sent.status).toBe(303);
  expect(sent.headers.get('location')).toMatch(/^https:\/\/hooks\.stripe\.com\//);
  expect(sent.headers.get('referrer-policy')).toBe('no-referrer');
  const cookie = sent.headers.get('set-cookie') ?? '';
  expect(cookie).toContain('HttpOnly');
  const back = await go(`/api/payments/return/${orderId}`, cookie.split(';')[0]);
  expect(back.headers.get('location')).toBe(`/orders/${orderId}?link=a.link%20of%20theirs`);
  stripe.objects.answerChallenge(intentId, true);
  const answered = await go(`/api/payments/challenge/${intentId}`);
  expect(answered.headers.get('location')).toBe(`/orders/${orderId}`);
});

test.each(['/api/payments/return/https:evil.example', '/api/payments/return/x', '/api/payments/challenge/pi_unknown'])(
  '%s leads nowhere',
  async (path) => {
    const response = await fetch(`${web.url}${path}`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([404, null]);
  },
);

test('a question at an address that isn’t Stripe’s is not shown', async () => {
  const orderId = randomUUID();
  const intentId = intentOf(ours(orderId), 'pm_card_question_elsewhere');
  const response = await fetch(`${web.url}/api/payments/challenge/${intentId}`, { redirect: 'manual' });
  expect(response.headers.get('location')).toBe(`/orders/${orderId}`);
});

test('health says how the way to the gateway stands', async () => {
  const health = async () => (await (await fetch(`${web.url}/api/health`)).json()).gateway;
  expect(await health()).toBe('closed');
  const worker = openSql(web.database.workerUrl, { max: 1, applicationName: 'test-worker' });
  await worker`insert into proc.gateway_breakers (holder, state, since) values ('a worker', 'open', now())`;
  await closeSql(worker, 1);
  expect(await health()).toBe('open');
});
