import type { PaymentMethod } from '../order/events.ts';
import type { OrderId, PaymentId } from '../shared/ids.ts';
import { type Currency, sum } from '../shared/money.ts';

/** Raise it when `evolve` folds to another state. */
export const paymentFoldVersion = 1;

export type Movement = { readonly amountMinor: number; readonly status: 'pending' | 'done' | 'failed' };

export type PaymentBody = {
  readonly paymentId: PaymentId;
  readonly orderId: OrderId;
  readonly currency: Currency;
  readonly method: PaymentMethod;
  readonly requestedMinor: number;
  readonly authorizedMinor: number;
  readonly captures: Readonly<Record<string, Movement>>;
  readonly refunds: Readonly<Record<string, Movement>>;
  /** Of the newest authorization. */
  readonly voidRequested: boolean;
};

export type ExistingPayment = PaymentBody &
  (
    | { readonly status: 'pending' | 'voided' | 'expired' }
    | { readonly status: 'requires_action'; readonly challengeUrl: string }
    | { readonly status: 'declined'; readonly declineCode: string }
    /** Authorized or beyond; how far is derived from the movements by `paymentStatus`. */
    | { readonly status: 'authorized'; readonly gatewayReference: string; readonly expiresAt: string }
  );

export type Payment = { readonly status: 'absent' } | ExistingPayment;
export const absentPayment: Payment = { status: 'absent' };

export type PaymentStatus =
  | 'pending'
  | 'requires_action'
  | 'authorized'
  | 'partially_captured'
  | 'captured'
  | 'partially_refunded'
  | 'refunded'
  | 'voided'
  | 'declined'
  | 'expired';

const amount = (movements: Readonly<Record<string, Movement>>, status: Movement['status']): number =>
  sum(
    Object.values(movements)
      .filter((movement) => movement.status === status)
      .map((movement) => movement.amountMinor),
  );

export const capturedMinor = (payment: ExistingPayment): number => amount(payment.captures, 'done');
export const capturePendingMinor = (payment: ExistingPayment): number => amount(payment.captures, 'pending');
export const refundedMinor = (payment: ExistingPayment): number => amount(payment.refunds, 'done');
export const refundPendingMinor = (payment: ExistingPayment): number => amount(payment.refunds, 'pending');
/** What may still be given back: captured, less what was and what is being given back. */
export const refundableMinor = (payment: ExistingPayment): number =>
  capturedMinor(payment) - refundedMinor(payment) - refundPendingMinor(payment);
/** What the authorization leaves beside all that was and is being captured. */
export const uncapturedMinor = (payment: ExistingPayment): number =>
  payment.authorizedMinor - capturedMinor(payment) - capturePendingMinor(payment);
/** What may still be captured of an authorization. */
export const capturableMinor = (payment: ExistingPayment): number =>
  payment.status === 'authorized' && !payment.voidRequested ? uncapturedMinor(payment) : 0;

/** Imported: no card of it was ever with our gateway, which therefore can't move its money. */
export const isTakenElsewhere = (payment: ExistingPayment): boolean => payment.method.token === null;

/** The word of the payment axis: how far the money has moved. */
export const paymentStatus = (payment: ExistingPayment): PaymentStatus => {
  const captured = capturedMinor(payment);
  const refunded = refundedMinor(payment);
  if (captured > 0 && refunded >= captured) return 'refunded';
  if (refunded > 0) return 'partially_refunded';
  // Once the rest was released or has run out, what was captured is all there is.
  const isAll = payment.status !== 'authorized' || captured >= payment.authorizedMinor;
  if (captured > 0) return isAll ? 'captured' : 'partially_captured';
  return payment.status;
};
