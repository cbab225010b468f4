import { describe, test } from 'vitest';
import type { DomainEvent } from '#domain/events/registry.ts';
import { derivedId } from '#domain/shared/derived-id.ts';
import type { Currency } from '#domain/shared/money.ts';
import { cancellation } from './cancellation.ts';
import { paymentIdOf } from './checkout.ts';
import { at, lineId, orderId, orderPlaced, porto, recorded, sku } from './testing/events.ts';
import { given } from './testing/process-spec.ts';

const paymentId = paymentIdOf(orderId);
const keys = { paymentId, orderId, currency: 'EUR' as Currency };
const placed = orderPlaced();
const mug = { sku: sku('MUG'), orderId, lineId: lineId('line-mug') };
const reserved: DomainEvent = { type: 'StockReserved', ...mug, quantity: 2, expiresAt: at, onShelf: [] };
const allocated: DomainEvent = {
  type: 'StockAllocated',
  ...mug,
  quantity: 2,
  placements: [{ warehouse: porto, quantity: 2 }],
};
const requested: DomainEvent = {
  type: 'AuthorizationRequested',
  ...keys,
  amountMinor: 100,
  method: placed.paymentMethod,
};
const authorized: DomainEvent = {
  type: 'PaymentAuthorized',
  ...keys,
  amountMinor: 100,
  gatewayReference: 'pi_1',
  expiresAt: at,
};
const canceled: DomainEvent = { type: 'OrderCanceled', orderId, lines: [], reason: 'ordered twice', restock: false };
const rejected: DomainEvent = { type: 'OrderRejected', orderId, reason: { code: 'PaymentNotCompleted' } };
const releasePayment = (nth: number, reason: string) => ({
  type: 'ReleasePayment' as const,
  orderId,
  paymentId,
  refundId: derivedId('refund', paymentId, recorded(canceled, nth).eventId),
  reason,
});

describe('cancellation', () => {
  test('a canceled order gives back its allocation, with the restock flag, and its payment', () => {
    given(cancellation, reserved, requested, authorized, allocated)
      .when(canceled)
      .thenCommands(
        { type: 'ReleaseAllocation', ...mug, placements: null, restock: false },
        releasePayment(4, 'ordered twice'),
      );
  });

  test('a rejected order gives back its reservation', () => {
    given(cancellation, reserved)
      .when(rejected)
      .thenCommands({ type: 'ReleaseReservation', ...mug, reason: 'PaymentNotCompleted' });
  });

  test('asks for nothing back that was given back already', () => {
    const released: DomainEvent = { type: 'ReservationReleased', ...mug, quantity: 2, reason: 'x' };
    given(cancellation, reserved, released, requested, { type: 'PaymentDeclined', ...keys, code: 'card_declined' })
      .when(rejected)
      .thenCommands();
  });

  test('stock that is reserved or allocated after the cancel is given back at once', () => {
    given(cancellation, canceled)
      .when(reserved)
      .thenCommands({ type: 'ReleaseReservation', ...mug, reason: 'ordered twice' });
    given(cancellation, reserved, canceled)
      .when(allocated)
      .thenCommands({ type: 'ReleaseAllocation', ...mug, placements: null, restock: false });
  });

  test('an authorization that arrives after the cancel is released', () => {
    given(cancellation, requested, canceled).when(authorized).thenCommands(releasePayment(2, 'ordered twice'));
  });

  test('a capture that was under way when the order was canceled is refunded when it is done', () => {
    given(cancellation, requested, authorized, canceled)
      .when({ type: 'PaymentCaptured', ...keys, captureId: derivedId('capture', 'f'), amountMinor: 100 })
      .thenCommands(releasePayment(3, 'ordered twice'));
  });
});
