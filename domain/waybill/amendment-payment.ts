import { derivedId } from '../shared/derived-id.ts';
import type { OrderId, PaymentId } from '../shared/ids.ts';

/**
 * By what an amendment asks the bank. The amendment's id is the client's: without the order's it could name the payment
 * of another, or the order's own.
 */
export const amendmentPaymentIdOf = (orderId: OrderId, amendmentId: string): PaymentId =>
  derivedId('payment', 'amendment', orderId, amendmentId) as PaymentId;
