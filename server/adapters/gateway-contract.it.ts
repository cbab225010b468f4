import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuthorizeCall, GatewayAnswer, GatewayOutcome } from './payment-gateway.ts';
import { type CardKind, type GatewayUnderTest, openSimulated, openStripe } from './testing/gateways.ts';

/** What every gateway must do alike, whichever it is. */
describe.each([
  ['the simulated gateway by webhook', (): Promise<GatewayUnderTest> => openSimulated()],
  ['the simulated gateway at once', () => openSimulated(true)],
  ['Stripe', () => openStripe()],
])('%s', (_name, open) => {
  let it: GatewayUnderTest;
  beforeAll(async () => {
    it = await open();
  });
  afterAll(() => it.close());

  const authorizeCall = async (card: CardKind, amountMinor = 10_000, currency = 'EUR'): Promise<AuthorizeCall> => {
    const paymentId = randomUUID();
    return {
      idempotencyKey: `authorize:${paymentId}`,
      reference: { orderId: randomUUID(), paymentId, correlationId: 'a correlation' },
      token: await it.token(card),
      amountMinor,
      currency,
    };
  };

  /** The outcome of a call, with its answer or by webhook. */
  const outcomeOf = async (answer: GatewayAnswer): Promise<GatewayOutcome | null> => {
    const told = await it.told();
    return answer.status === 'settled' ? answer.outcome : answer.status === 'accepted' ? (told[0] ?? null) : null;
  };

  const authorized = async (amountMinor = 10_000, currency = 'EUR') => {
    const call = await authorizeCall('approve', amountMinor, currency);
    const outcome = await outcomeOf(await it.gateway.authorize(call));
    if (outcome?.type !== 'authorization.succeeded') throw new Error(`Not authorized: ${JSON.stringify(outcome)}`);
    const { gatewayReference } = outcome;
    const { reference } = call;
    const money = (kind: 'capture' | 'refund', amount: number, id: string = randomUUID()) => ({
      ...{ idempotencyKey: `${kind}:${id}`, reference, gatewayReference, currency, amountMinor: amount },
      ...(kind === 'capture' ? { captureId: id, refundId: '' } : { refundId: id, captureId: '' }),
    });
    return {
      call,
      reference,
      capture: (amount: number, id?: string) => money('capture', amount, id),
      refund: (amount: number, id?: string) => money('refund', amount, id),
      void: () => ({ idempotencyKey: `void:${reference.paymentId}`, reference, gatewayReference, currency }),
    };
  };

  test('a good card is authorized for the sum, until a day to come, under a name of the gateway', async () => {
    const call = await authorizeCall('approve', 18_470);
    const outcome = await outcomeOf(await it.gateway.authorize(call));
    expect(outcome).toEqual({
      type: 'authorization.succeeded',
      reference: call.reference,
      amountMinor: 18_470,
      gatewayReference: expect.stringMatching(/^pi_/),
      expiresAt: expect.stringMatching(/Z$/),
    });
    if (outcome?.type === 'authorization.succeeded')
      expect(Date.parse(outcome.expiresAt)).toBeGreaterThan(Date.now() + 4 * 24 * 60 * 60_000);
  });

  test('the same authorization, asked for ten times at once and again later, holds the money once', async () => {
    const call = await authorizeCall('approve');
    await Promise.all(Array.from({ length: 10 }, () => it.gateway.authorize(call)));
    await it.gateway.authorize(call);
    expect((await it.books(call.reference.paymentId)).payments).toBe(1);
    await it.told();
  });

  test.each([
    ['decline', 'card_declined'],
    ['insufficientFunds', 'insufficient_funds'],
  ] as const)('a card that will %s is declined with %s', async (card, code) => {
    const call = await authorizeCall(card);
    const outcome = await outcomeOf(await it.gateway.authorize(call));
    expect(outcome).toEqual({ type: 'authorization.declined', reference: call.reference, code });
  });

  test.each([
    [true, { type: 'authorization.succeeded', amountMinor: 10_000 }],
    [false, { type: 'authorization.declined', code: 'authentication_failed' }],
  ])(
    'a bank that asks sends the customer to a page of ours; their answer (%s) comes by webhook',
    async (approves, end) => {
      const call = await authorizeCall('challenge');
      const asked = await outcomeOf(await it.gateway.authorize(call));
      if (asked?.type !== 'authorization.requires_action') throw new Error(`No question: ${JSON.stringify(asked)}`);
      // A path: nobody can be sent to another site by it.
      expect(asked.challengeUrl).toMatch(/^\/[a-z]/);
      await it.answerChallenge(asked.challengeUrl, approves);
      expect(await it.told()).toMatchObject([{ ...end, reference: call.reference }]);
    },
  );

  test('a token that this gateway has not given is refused, and nothing is held', async () => {
    const call = { ...(await authorizeCall('approve')), token: 'tok_of_somebody_else' };
    expect(await it.gateway.authorize(call)).toEqual({ status: 'refused', code: 'token_unknown' });
    expect((await it.books(call.reference.paymentId)).payments).toBe(0);
  });

  test('an authorization is captured in parts, and given back in parts', async () => {
    const payment = await authorized(10_000);
    for (const amount of [2_500, 7_500]) {
      const call = payment.capture(amount);
      const { reference, captureId } = call;
      const done = { type: 'capture.succeeded', reference, captureId };
      expect(await outcomeOf(await it.gateway.capture(call))).toEqual(done);
    }
    for (const amount of [1, 9_999]) {
      const call = payment.refund(amount);
      const { reference, refundId } = call;
      const done = { type: 'refund.succeeded', reference, refundId };
      expect(await outcomeOf(await it.gateway.refund(call))).toEqual(done);
    }
    expect(await it.books(payment.reference.paymentId)).toEqual({
      payments: 1,
      capturedMinor: 10_000,
      refundedMinor: 10_000,
    });
  });

  test('the same capture and the same refund, five times at once and again, move the money once', async () => {
    const payment = await authorized(10_000);
    const [capture, refund] = [payment.capture(4_000), payment.refund(1_000)];
    const again = <Answer>(times: number, call: () => Promise<Answer>) =>
      Promise.allSettled(Array.from({ length: times }, call));
    await again(5, () => it.gateway.capture(capture));
    await it.gateway.capture(capture);
    await again(5, () => it.gateway.refund(refund));
    await it.gateway.refund(refund);
    expect(await it.books(payment.reference.paymentId)).toEqual({
      payments: 1,
      capturedMinor: 4_000,
      refundedMinor: 1_000,
    });
    await it.told();
  });

  const failureOf = async (answer: GatewayAnswer, type: string): Promise<boolean> => {
    const outcome = await outcomeOf(answer);
    return answer.status === 'refused' || outcome?.type === type;
  };

  test('more than was authorized is not captured, and more than was captured not given back', async () => {
    const payment = await authorized(1_000);
    expect(await failureOf(await it.gateway.capture(payment.capture(1_001)), 'capture.failed')).toBe(true);
    await it.gateway.capture(payment.capture(1_000));
    await it.told();
    expect(await failureOf(await it.gateway.refund(payment.refund(1_001)), 'refund.failed')).toBe(true);
    await it.gateway.refund(payment.refund(600));
    await it.told();
    expect(await failureOf(await it.gateway.refund(payment.refund(401)), 'refund.failed')).toBe(true);
    const books = await it.books(payment.reference.paymentId);
    expect(books).toEqual({ payments: 1, capturedMinor: 1_000, refundedMinor: 600 });
  });

  test('a void lets go of the money, once; afterwards nothing can be captured', async () => {
    const payment = await authorized();
    const released = { type: 'void.succeeded', reference: payment.reference };
    expect(await outcomeOf(await it.gateway.void(payment.void()))).toEqual(released);
    await it.gateway.void(payment.void());
    await it.told();
    expect(await failureOf(await it.gateway.capture(payment.capture(1)), 'capture.failed')).toBe(true);
  });

  test('a void after a part was captured lets go of the rest alone; what was captured can be given back', async () => {
    const payment = await authorized(10_000);
    await it.gateway.capture(payment.capture(4_000));
    await it.told();
    expect(await outcomeOf(await it.gateway.void(payment.void()))).toEqual({
      type: 'void.succeeded',
      reference: payment.reference,
    });
    expect(await it.gateway.inquire({ about: 'void', ...payment.void() })).toMatchObject({ status: 'settled' });
    expect(await failureOf(await it.gateway.capture(payment.capture(1)), 'capture.failed')).toBe(true);
    await it.gateway.refund(payment.refund(4_000));
    await it.told();
    expect(await it.books(payment.reference.paymentId)).toEqual({
      payments: 1,
      capturedMinor: 4_000,
      refundedMinor: 4_000,
    });
  });

  test('what was captured can not be voided', async () => {
    const payment = await authorized();
    await it.gateway.capture(payment.capture(10_000));
    await it.told();
    expect((await it.gateway.void(payment.void())).status).toBe('refused');
    expect((await it.books(payment.reference.paymentId)).capturedMinor).toBe(10_000);
  });

  test('the rest beside what was captured is let go of, and what was captured can still be given back', async () => {
    const payment = await authorized(10_000);
    await it.gateway.capture(payment.capture(4_000));
    await it.told();
    const released = { type: 'void.succeeded', reference: payment.reference };
    expect(await outcomeOf(await it.gateway.void(payment.void()))).toEqual(released);
    expect(await failureOf(await it.gateway.capture(payment.capture(1)), 'capture.failed')).toBe(true);
    await it.told();
    const back = payment.refund(4_000);
    const { reference, refundId } = back;
    const done = { type: 'refund.succeeded', reference, refundId };
    expect(await outcomeOf(await it.gateway.refund(back))).toEqual(done);
    expect(await it.books(payment.reference.paymentId)).toMatchObject({ capturedMinor: 4_000, refundedMinor: 4_000 });
  });

  test('yen and other currencies without a smaller unit are charged as they are', async () => {
    const payment = await authorized(1_980, 'JPY');
    await it.gateway.capture(payment.capture(1_980));
    expect((await it.books(payment.reference.paymentId)).capturedMinor).toBe(1_980);
    await it.told();
  });

  describe('an inquiry', () => {
    test('about a call that was never made says that it is unknown', async () => {
      const call = await authorizeCall('approve');
      expect(await it.gateway.inquire({ about: 'authorize', ...call })).toEqual({ status: 'unknown' });
      const payment = await authorized();
      const capture = payment.capture(100);
      expect(await it.gateway.inquire({ about: 'capture', ...capture })).toEqual({ status: 'unknown' });
      expect(await it.gateway.inquire({ about: 'void', ...payment.void() })).toEqual({ status: 'unknown' });
      expect(await it.gateway.inquire({ about: 'refund', ...payment.refund(1) })).toEqual({ status: 'unknown' });
    });

    test('about calls that were made tells each one’s own outcome', async () => {
      const payment = await authorized(10_000);
      const { reference } = payment;
      const [capture, refund] = [payment.capture(5_000), payment.refund(2_000)];
      await it.gateway.capture(capture);
      await it.gateway.refund(refund);
      const settled = (outcome: object) => ({ status: 'settled', outcome });
      expect(await it.gateway.inquire({ about: 'capture', ...capture })).toEqual(
        settled({ type: 'capture.succeeded', reference, captureId: capture.captureId }),
      );
      expect(await it.gateway.inquire({ about: 'refund', ...refund })).toEqual(
        settled({ type: 'refund.succeeded', reference, refundId: refund.refundId }),
      );
      await it.told();
    });
  });
});
