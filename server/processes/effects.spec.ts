import { describe, expect, test } from 'vitest';
import type { DomainEvent } from '#domain/events/registry.ts';
import { derivedId } from '#domain/shared/derived-id.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import type { FulfillmentId } from '#domain/shared/ids.ts';
import type { Currency } from '#domain/shared/money.ts';
import { paymentIdOf } from './checkout.ts';
import { effectIdOf, type MailTemplate } from './effects.ts';
import { gatewayCalls } from './gateway-calls.ts';
import { notifications } from './notifications.ts';
import { lineId, orderId, orderPlaced, recorded, sku } from './testing/events.ts';
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

  const returnId = derivedId('return', 'one');
  const forReturn = { orderId, returnId };
  const subjectId = orderPlaced().subjectId;
  const fulfillmentId = derivedId('fulfillment', 'one') as FulfillmentId;
  const returnSteps: [MailTemplate, DomainEvent][] = [
    ['return-approved', { type: 'ReturnApproved', ...forReturn }],
    ['return-declined', { type: 'ReturnDeclined', ...forReturn, subjectId, reason: 'Worn' }],
    ['return-received', { type: 'ReturnReceived', ...forReturn, fulfillmentId, lines: [] }],
  ];
  test.each(returnSteps)('each step of a return is a mail about it: %s', (template, event) => {
    given(notifications)
      .when(event)
      .thenReaction({
        effects: [{ type: 'request', effect: { kind: 'mail', template, orderId, about: returnId } }],
      });
  });
  test('what a customer asked for themselves is none', () => {
    const lines = [{ lineId: lineId('line-mug'), sku: sku('MUG'), quantity: 1 }];
    const asked = { subjectId, fromFulfillment: fulfillmentId, lines, reason: 'Worn', resolution: 'refund' } as const;
    given(notifications)
      .when({ type: 'ReturnRequested', ...forReturn, ...asked })
      .thenReaction({ effects: [] });
  });

  const { totals } = orderPlaced();
  const partCanceled: DomainEvent = {
    type: 'OrderLinesCanceled',
    orderId,
    lines: [{ lineId: lineId('line-mug'), sku: sku('MUG'), quantity: 1 }],
    reason: 'One is enough',
    restock: true,
    prices: [],
    currency: 'EUR' as Currency,
    totalsBefore: totals,
    totalsAfter: totals,
    refundMinor: 0,
  };
  const mailIdsOf = (...events: readonly RecordedEvent<DomainEvent>[]) =>
    events.flatMap((event) =>
      notifications
        .react(null, event)
        .effects.flatMap((change) => (change.type === 'request' ? [effectIdOf(change.effect)] : [])),
    );

  test('a part that is called off is a mail about that very event', () => {
    const event = recorded(partCanceled, 7);
    expect(notifications.react(null, event).effects).toEqual([
      {
        type: 'request',
        effect: { kind: 'mail', template: 'order-lines-canceled', orderId, about: event.eventId },
      },
    ]);
  });
  test('an event that is delivered twice is one mail, and one of its kind that comes later is another', () => {
    const events = [partCanceled, ...returnSteps.map(([, event]) => event)];
    for (const event of events) expect(new Set(mailIdsOf(recorded(event, 1), recorded(event, 1))).size).toBe(1);
    const ids = mailIdsOf(...events.map(recorded), recorded(partCanceled, events.length));
    expect(new Set(ids).size).toBe(events.length + 1);
  });
});
