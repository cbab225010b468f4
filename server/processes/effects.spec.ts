import { describe, expect, test } from 'vitest';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { Currency } from '#domain/shared/money.ts';
import { paymentIdOf } from './checkout.ts';
import { derivedId } from './derived-id.ts';
import { effectIdOf } from './effects.ts';
import { gatewayCalls } from './gateway-calls.ts';
import { notifications } from './notifications.ts';
import { orderId, orderPlaced } from './testing/events.ts';
import { given } from './testing/process-spec.ts';

const paymentId = paymentIdOf(orderId);
const keys = { paymentId, orderId, currency: 'EUR' as Currency };
const method = orderPlaced().paymentMethod;
const captureId = derivedId('capture', 'one');
const refundId = derivedId('refund', 'one');

describe('gateway-calls', () => {
  const pairs: [string, DomainEvent, DomainEvent][] = [
    [
      'authorization',
      { type: 'AuthorizationRequested', ...keys, amountMinor: 100, method },
      { type: 'PaymentDeclined', ...keys, code: 'card_declined' },
    ],
    [
      'capture',
      { type: 'CaptureRequested', ...keys, captureId, fulfillmentId: null, amountMinor: 100 },
      { type: 'PaymentCaptured', ...keys, captureId, amountMinor: 100 },
    ],
    ['void', { type: 'VoidRequested', ...keys }, { type: 'PaymentVoided', ...keys }],
    [
      'refund',
      { type: 'RefundRequested', ...keys, refundId, amountMinor: 100, reason: 'broken' },
      { type: 'RefundFailed', ...keys, refundId, code: 'x' },
    ],
  ];
  test.each(pairs)(
    'the intent of a %s is a call, and the event of its outcome settles that very call',
    (...[, intent, outcome]) => {
      const [call] = given(gatewayCalls).when(intent).reaction.effects;
      if (call?.type !== 'request') throw new Error('no call was requested');
      given(gatewayCalls, intent)
        .when(outcome)
        .thenReaction({ effects: [{ type: 'settle', effectId: effectIdOf(call.effect) }] });
    },
  );

  test('an authorization is called with the sum, the currency and the token', () => {
    given(gatewayCalls)
      .when({ type: 'AuthorizationRequested', ...keys, amountMinor: 100, method })
      .thenReaction({
        effects: [{ type: 'request', effect: { kind: 'authorize', ...keys, amountMinor: 100, method } }],
      });
  });
});

describe('notifications', () => {
  test('a confirmed order is a mail, which carries no personal data', () => {
    const { reaction } = given(notifications, orderPlaced()).when({ type: 'OrderConfirmed', orderId });
    expect(reaction.effects).toEqual([
      { type: 'request', effect: { kind: 'mail', template: 'order-confirmed', orderId, about: null } },
    ]);
  });
});
