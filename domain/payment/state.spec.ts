import { expect, test } from 'vitest';
import { fold } from '../shared/decider.ts';
import type { PaymentEvent } from './events.ts';
import { evolve } from './evolve.ts';
import {
  actionRequired,
  authorizationRequested,
  authorized,
  captured,
  captureFailed,
  captureRequested,
  declined,
  heldByBank,
  paid,
  refunded,
  refundRequested,
  voided,
  voidRequested,
} from './payment.builders.ts';
import { absentPayment, capturableMinor, paymentStatus, refundableMinor } from './state.ts';

const paymentAfter = (...events: readonly PaymentEvent[]) => {
  const payment = fold(evolve, absentPayment, events);
  if (payment.status === 'absent') throw new Error('No payment');
  return payment;
};

test('the word of the payment axis follows the money', () => {
  const ways: readonly (readonly [string, readonly PaymentEvent[]])[] = [
    ['pending', [authorizationRequested()]],
    ['requires_action', [authorizationRequested(), actionRequired]],
    ['declined', [authorizationRequested(), declined]],
    ['authorized', heldByBank],
    ['authorized', [...heldByBank, captureRequested(1, 18_470)]],
    ['partially_captured', paid(5_000)],
    ['captured', paid()],
    ['captured', [...paid(), refundRequested(1, 18_470)]],
    ['partially_refunded', [...paid(), refundRequested(1, 1_000), refunded(1, 1_000)]],
    ['refunded', [...paid(5_000), refundRequested(1, 5_000), refunded(1, 5_000)]],
    ['voided', [...heldByBank, voidRequested, voided]],
    ['partially_captured', [...paid(5_000), voidRequested]],
    ['captured', [...paid(5_000), voidRequested, voided]],
  ];
  for (const [status, events] of ways) expect(paymentStatus(paymentAfter(...events))).toBe(status);
});

test('what may be captured leaves out what is on its way, and comes back when that fails', () => {
  expect(capturableMinor(paymentAfter(...heldByBank, captureRequested(1, 5_000)))).toBe(13_470);
  expect(capturableMinor(paymentAfter(...heldByBank, captureRequested(1, 5_000), captureFailed(1)))).toBe(18_470);
  expect(capturableMinor(paymentAfter(...heldByBank, voidRequested))).toBe(0);
});

test('what may be refunded leaves out what is on its way', () => {
  expect(refundableMinor(paymentAfter(...paid(), refundRequested(1, 1_000)))).toBe(17_470);
});

test('a new status leaves nothing of the old one behind', () => {
  expect(paymentAfter(authorizationRequested(), actionRequired, authorized())).not.toHaveProperty('challengeUrl');
  expect(paymentAfter(...heldByBank, captureRequested(1, 1), captured(1, 1))).toHaveProperty('gatewayReference');
  expect(paymentAfter(...heldByBank, voidRequested, voided)).not.toHaveProperty('gatewayReference');
});
