import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AuthorizeCall, GatewayUnavailable } from '../payment-gateway.ts';
import { openStripe } from '../testing/gateways.ts';
import { findStripeChallenge } from './challenge.ts';
import { createStripeGateway } from './gateway.ts';
import { createStripeClient } from './stripe-client.ts';
import type { Fault } from './testing/local-stripe.ts';

let it: Awaited<ReturnType<typeof openStripe>>;
beforeEach(async () => {
  it = await openStripe(200);
});
afterEach(() => it.close());

const callOf = (token = 'pm_card_visa', amountMinor = 10_000, currency = 'EUR'): AuthorizeCall => {
  const paymentId = randomUUID();
  const reference = { orderId: randomUUID(), paymentId, correlationId: 'c' };
  return { idempotencyKey: `authorize:${paymentId}`, reference, token, amountMinor, currency };
};
const authorized = async (token = 'pm_card_visa', amountMinor = 10_000) => {
  const call = callOf(token, amountMinor);
  const answer = await it.gateway.authorize(call);
  if (answer.status !== 'settled' || answer.outcome.type !== 'authorization.succeeded')
    throw new Error(JSON.stringify(answer));
  const { gatewayReference } = answer.outcome;
  const about = { reference: call.reference, gatewayReference, currency: 'EUR' };
  return {
    capture: (amount: number, captureId: string = randomUUID()) => {
      return { ...about, idempotencyKey: `capture:${captureId}`, captureId, amountMinor: amount };
    },
    refund: (amount: number, refundId: string = randomUUID()) => {
      return { ...about, idempotencyKey: `refund:${refundId}`, refundId, amountMinor: amount };
    },
    void: () => ({ ...about, idempotencyKey: `void:${call.reference.paymentId}` }),
    paymentId: call.reference.paymentId,
  };
};

const lost: readonly Fault[] = ['resetAfter', 'hang', 'errorAfter'];
const undone: readonly Fault[] = ['resetBefore', 'rateLimit'];
/** The SDK itself makes a call again, once, where the connection was closed. */
const timesOf = (fault: Fault): number => (fault.startsWith('reset') ? 2 : 1);

describe('an answer that is lost', () => {
  test.each(lost)('(%s) after the charge was made: unknown, then found, and charged once', async (fault) => {
    const call = callOf();
    it.local.fail(fault, 'POST /v1/payment_intents', timesOf(fault));
    await expect(it.gateway.authorize(call)).rejects.toThrow(GatewayUnavailable);
    // Search lags: the gateway seems to know nothing yet. The same call again is answered as it was the first time.
    expect(await it.gateway.inquire({ about: 'authorize', ...call })).toEqual({ status: 'unknown' });
    const again = await it.gateway.authorize(call).catch((error: unknown) => error);
    // A 500 is remembered too, though the charge was made: Stripe says so, and so does the local one.
    expect(again).toMatchObject(fault === 'errorAfter' ? { name: 'GatewayUnavailable' } : { status: 'settled' });
    it.local.objects.index();
    // Stripe has forgotten the key by now: only asking helps.
    it.local.forgetKeys();
    expect(await it.gateway.inquire({ about: 'authorize', ...call })).toMatchObject({
      status: 'settled',
      outcome: { type: 'authorization.succeeded', amountMinor: 10_000 },
    });
    expect((await it.books(call.reference.paymentId)).payments).toBe(1);
  });

  test.each(lost)('(%s) of a capture, a void and a refund is found by reading the payment', async (fault) => {
    const payment = await authorized();
    const other = await authorized();
    const [capture, release, refund] = [payment.capture(4_000), other.void(), payment.refund(1_000)];
    it.local.fail(fault, 'POST /v1/payment_intents/', timesOf(fault));
    await expect(it.gateway.capture(capture)).rejects.toThrow(GatewayUnavailable);
    it.local.forgetKeys();
    expect(await it.gateway.inquire({ about: 'capture', ...capture })).toMatchObject({ status: 'settled' });
    // Made again all the same: it is seen to be done.
    expect(await it.gateway.capture(capture)).toMatchObject({ status: 'settled' });
    it.local.fail(fault, 'POST /v1/payment_intents/', timesOf(fault));
    await expect(it.gateway.void(release)).rejects.toThrow(GatewayUnavailable);
    it.local.forgetKeys();
    expect(await it.gateway.void(release)).toMatchObject({ outcome: { type: 'void.succeeded' } });
    it.local.fail(fault, 'POST /v1/refunds', timesOf(fault));
    await expect(it.gateway.refund(refund)).rejects.toThrow(GatewayUnavailable);
    expect(await it.gateway.inquire({ about: 'refund', ...refund })).toMatchObject({ status: 'settled' });
    expect(await it.books(payment.paymentId)).toEqual({ payments: 1, capturedMinor: 4_000, refundedMinor: 1_000 });
  });

  test.each(undone)('(%s) before anything was done: the call may be made again', async (fault) => {
    const call = callOf();
    it.local.fail(fault, 'POST', timesOf(fault));
    await expect(it.gateway.authorize(call)).rejects.toThrow(GatewayUnavailable);
    it.local.objects.index();
    expect(await it.gateway.inquire({ about: 'authorize', ...call })).toEqual({ status: 'unknown' });
    expect(await it.gateway.authorize(call)).toMatchObject({ outcome: { type: 'authorization.succeeded' } });
    expect((await it.books(call.reference.paymentId)).payments).toBe(1);
  });
});

test('a key that was used with other parameters is no refusal: its first outcome has to be asked for', async () => {
  const call = callOf();
  await it.gateway.authorize(call);
  const changed = it.gateway.authorize({ ...call, amountMinor: 20_000 });
  await expect(changed).rejects.toThrow(/Stripe: 400 idempotency_error/);
  await expect(changed).rejects.toThrow(GatewayUnavailable);
});

test('a wrong secret key declines no customer', async () => {
  const stripe = createStripeClient({ secretKey: 'sk_test_wrong', apiUrl: it.local.url });
  const gateway = createStripeGateway({ stripe, publicUrl: 'https://shop.example' });
  await expect(gateway.authorize(callOf())).rejects.toThrow(GatewayUnavailable);
});

test('a stolen card is declined without telling its holder why', async () => {
  const answer = await it.gateway.authorize(callOf('pm_card_chargeDeclinedStolenCard'));
  expect(answer).toMatchObject({ outcome: { type: 'authorization.declined', code: 'card_declined' } });
});

test('Icelandic crowns go to Stripe in hundredths, and come back whole', async () => {
  const call = callOf('pm_card_visa', 4_990, 'ISK');
  const answer = await it.gateway.authorize(call);
  expect(answer).toMatchObject({ outcome: { type: 'authorization.succeeded', amountMinor: 4_990 } });
  expect([...it.local.objects.intents.values()].map(({ amount }) => amount)).toEqual([499_000]);
});

test('an amount that Stripe has no number for is refused before anything is sent', async () => {
  const answer = await it.gateway.authorize(callOf('pm_card_visa', 1_001, 'KWD'));
  expect(answer).toEqual({ status: 'refused', code: 'amount_not_possible' });
  expect(it.local.requests).toEqual([]);
});

test('where a card’s network takes one capture only, the first is made and the second says that it failed', async () => {
  const payment = await authorized('pm_card_single_capture');
  expect(await it.gateway.capture(payment.capture(4_000))).toMatchObject({ status: 'settled' });
  expect(await it.gateway.capture(payment.capture(6_000))).toEqual({
    status: 'refused',
    code: 'payment_intent_unexpected_state',
  });
  expect((await it.books(payment.paymentId)).capturedMinor).toBe(4_000);
});

test.each([
  ['pm_card_pendingRefund', { type: 'refund.succeeded' }],
  ['pm_card_refundFail', { type: 'refund.failed', code: 'expired_or_canceled_card' }],
])('a refund that the bank has yet to settle (%s) is awaited, and its end told by webhook', async (card, end) => {
  const payment = await authorized(card);
  await it.gateway.capture(payment.capture(10_000));
  await it.told();
  const refund = payment.refund(10_000);
  expect(await it.gateway.refund(refund)).toEqual({ status: 'accepted' });
  expect(await it.gateway.inquire({ about: 'refund', ...refund })).toEqual({ status: 'pending' });
  expect(await it.told()).toEqual([]);
  it.local.objects.settleRefunds();
  expect(await it.told()).toMatchObject([{ ...end, refundId: refund.refundId }]);
});

test('money that the bank let go of by itself is told as expired, not as released by us', async () => {
  const payment = await authorized();
  await it.told();
  it.local.objects.cancelIntent(payment.void().gatewayReference, 'automatic');
  expect(await it.told()).toMatchObject([{ type: 'authorization.expired' }]);
});

test('the bank’s question is looked up at Stripe when the customer goes there, and never kept', async () => {
  const call = callOf('pm_card_authenticationRequired');
  const answer = await it.gateway.authorize(call);
  if (answer.status !== 'settled' || answer.outcome.type !== 'authorization.requires_action') throw new Error('asked');
  const { challengeUrl } = answer.outcome;
  expect(challengeUrl).not.toContain('secret');
  const intentId = challengeUrl.replace('/api/payments/challenge/', '');
  const { orderId } = call.reference;
  expect(await findStripeChallenge(it.stripe, intentId)).toEqual({
    orderId,
    url: expect.stringContaining('https://hooks.stripe.com/'),
  });
  it.local.objects.answerChallenge(intentId, true);
  expect(await findStripeChallenge(it.stripe, intentId)).toEqual({ orderId, url: null });
  expect(await findStripeChallenge(it.stripe, 'pi_unknown')).toBeNull();
  expect(await findStripeChallenge(it.stripe, '../refunds')).toBeNull();
});
