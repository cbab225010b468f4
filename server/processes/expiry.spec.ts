import { describe, expect, test } from 'vitest';
import type { DomainEvent } from '#domain/events/registry.ts';
import { derivedId } from '#domain/shared/derived-id.ts';
import type { Currency } from '#domain/shared/money.ts';
import { paymentIdOf } from './checkout.ts';
import { expiry } from './expiry.ts';
import { lineId, orderId, sku } from './testing/events.ts';
import { given } from './testing/process-spec.ts';

const paymentId = paymentIdOf(orderId);
const keys = { paymentId, orderId, currency: 'EUR' as Currency };
const mug = { sku: sku('MUG'), orderId, lineId: lineId('line-mug') };
const tent = { sku: sku('TENT'), orderId, lineId: lineId('line-tent') };
const reserved = (line: typeof mug, expiresAt: string): DomainEvent => ({
  type: 'StockReserved',
  ...line,
  quantity: 1,
  expiresAt,
  onShelf: [],
});
const challenged: DomainEvent = { type: 'PaymentActionRequired', ...keys, challengeUrl: '/pay/challenge/1' };
const authorized: DomainEvent = {
  type: 'PaymentAuthorized',
  ...keys,
  amountMinor: 100,
  gatewayReference: 'pi_1',
  expiresAt: '2026-03-08T10:00:00.000Z',
};
const reservationTimer = derivedId('timer', 'reservation', orderId);
const challengeTimer = derivedId('timer', 'challenge', paymentId);
const authorizationTimer = derivedId('timer', 'authorization', paymentId);

describe('expiry', () => {
  test('one timer an order stands at the end of its last reservation, and expires every line', () => {
    const reaction = given(expiry, reserved(mug, '2026-03-01T10:15:00.000Z')).when(
      reserved(tent, '2026-03-01T10:16:00.000Z'),
    );
    reaction.thenReaction({
      commands: [],
      timers: [
        {
          type: 'set',
          timerId: reservationTimer,
          dueAt: '2026-03-01T10:16:00.000Z',
          commands: [
            { intent: { type: 'ExpireReservation', ...mug } },
            { intent: { type: 'ExpireReservation', ...tent } },
          ] as never,
        },
      ],
    });
  });

  test('the timer goes when the last line is allocated or released', () => {
    const both = [reserved(mug, '2026-03-01T10:15:00.000Z'), reserved(tent, '2026-03-01T10:15:00.000Z')];
    const released: DomainEvent = { type: 'ReservationReleased', ...mug, quantity: 1, reason: 'x' };
    given(expiry, ...both)
      .when(released)
      .thenReaction({ timers: [] });
    given(expiry, ...both, released)
      .when({ type: 'StockAllocated', ...tent, quantity: 1, placements: [] })
      .thenReaction({ timers: [{ type: 'cancel', timerId: reservationTimer }] });
  });

  test('a question of the bank that nobody answers expires the payment after ten minutes', () => {
    given(expiry)
      .when(challenged)
      .thenReaction({
        timers: [
          {
            type: 'set',
            timerId: challengeTimer,
            dueAt: '2026-03-01T10:10:00.000Z',
            commands: [
              { intent: { type: 'ExpireAuthorization', orderId, paymentId, onlyWhile: 'unanswered' } },
            ] as never,
          },
        ],
      });
  });

  test('an answer stops the clock of the question and starts that of the authorization', () => {
    given(expiry, challenged)
      .when(authorized)
      .thenReaction({
        timers: [
          { type: 'cancel', timerId: challengeTimer },
          {
            type: 'set',
            timerId: authorizationTimer,
            dueAt: '2026-03-08T10:00:00.000Z',
            commands: [
              { intent: { type: 'ExpireAuthorization', orderId, paymentId, onlyWhile: 'uncaptured' } },
            ] as never,
          },
        ],
      });
  });

  const capture = (amountMinor: number): DomainEvent => ({
    type: 'PaymentCaptured',
    ...keys,
    captureId: derivedId('capture', 'any'),
    amountMinor,
  });
  const again = {
    type: 'set' as const,
    timerId: authorizationTimer,
    dueAt: '2026-03-08T10:00:00.000Z',
    commands: [{ intent: { type: 'ExpireAuthorization', orderId, paymentId, onlyWhile: 'uncaptured' } }] as never,
  };

  test('what is left beside a capture still ends; nothing ends once all of it is captured', () => {
    given(expiry, authorized)
      .when(capture(40))
      .thenReaction({ timers: [again] });
    given(expiry, authorized, capture(40))
      .when(capture(60))
      .thenReaction({ timers: [{ type: 'cancel', timerId: authorizationTimer }] });
  });

  test('the clock of what was being captured, and was not, is set again: it may have struck meanwhile', () => {
    given(expiry, authorized)
      .when({ type: 'CaptureFailed', ...keys, captureId: derivedId('capture', 'any'), code: 'x' })
      .thenReaction({ timers: [again] });
  });

  test('the capture of one payment leaves the clock of another alone', () => {
    const second = derivedId('payment', 'second') as typeof paymentId;
    given(expiry, authorized, { ...authorized, paymentId: second } as DomainEvent, capture(100))
      .when({ ...capture(100), paymentId: second } as DomainEvent)
      .thenReaction({ timers: [{ type: 'cancel', timerId: derivedId('timer', 'authorization', second) }] });
  });

  test('a state of an earlier release goes on: the clocks that are set keep standing', () => {
    const before = { waiting: {}, challenged: false, confirmed: true };
    const after = { ...before, authorizations: {}, additional: [] };
    expect(expiry.upgrade({ ...before, authorized: true }, 1)).toEqual(after);
    expect(expiry.upgrade({ ...before, authorized: true, additional: [paymentId] }, 2)).toEqual({
      ...after,
      additional: [paymentId],
    });
  });

  test('a voided payment needs no clock', () => {
    given(expiry, authorized)
      .when({ type: 'PaymentVoided', ...keys })
      .thenReaction({ timers: [{ type: 'cancel', timerId: authorizationTimer }] });
  });

  test('a confirmed order whose authorization has run out is held for a person', () => {
    const holdId = derivedId('hold', 'authorization', paymentId);
    given(expiry, authorized, { type: 'OrderConfirmed', orderId })
      .when({ type: 'AuthorizationExpired', ...keys })
      .thenCommands({
        type: 'PlaceHold',
        orderId,
        holdId,
        reason: 'The payment authorization has run out.',
        unlessPaidFor: true,
      });
  });
});
