import { unreachable } from '../shared/decider.ts';
import type { PaymentEvent } from './events.ts';
import type { ExistingPayment, Movement, Payment, PaymentBody } from './state.ts';

const existing = (state: Payment, event: PaymentEvent): ExistingPayment => {
  if (state.status === 'absent') throw new Error(`${event.type} before AuthorizationRequested on ${event.paymentId}`);
  return state;
};

/** What a payment keeps when its status changes; what only the old status had stays behind. */
const body = (state: Payment, event: PaymentEvent): PaymentBody => {
  const { paymentId, orderId, currency, method, ...rest } = existing(state, event);
  const { requestedMinor, authorizedMinor, captures, refunds, voidRequested } = rest;
  return { paymentId, orderId, currency, method, requestedMinor, authorizedMinor, captures, refunds, voidRequested };
};

const settle = (
  movements: Readonly<Record<string, Movement>>,
  id: string,
  movement: Movement,
): Readonly<Record<string, Movement>> => ({ ...movements, [id]: movement });

const failed = (movements: Readonly<Record<string, Movement>>, id: string): Readonly<Record<string, Movement>> => ({
  ...movements,
  [id]: { amountMinor: movements[id]?.amountMinor ?? 0, status: 'failed' },
});

/** A payment after one more event. */
export const evolve = (state: Payment, event: PaymentEvent): Payment => {
  switch (event.type) {
    case 'AuthorizationRequested': {
      const { paymentId, orderId, currency, method, amountMinor } = event;
      return {
        status: 'pending',
        paymentId,
        orderId,
        currency,
        method,
        requestedMinor: amountMinor,
        authorizedMinor: 0,
        captures: {},
        refunds: {},
        voidRequested: false,
      };
    }
    case 'PaymentActionRequired':
      return { ...body(state, event), status: 'requires_action', challengeUrl: event.challengeUrl };
    case 'PaymentAuthorized': {
      const { amountMinor, gatewayReference, expiresAt } = event;
      return {
        ...body(state, event),
        status: 'authorized',
        authorizedMinor: amountMinor,
        // Money that is held anew has to be released anew.
        voidRequested: false,
        gatewayReference,
        expiresAt,
      };
    }
    case 'PaymentDeclined':
      return { ...body(state, event), status: 'declined', declineCode: event.code };
    case 'AuthorizationExpired':
      return { ...body(state, event), status: 'expired' };
    case 'CaptureRequested': {
      const payment = existing(state, event);
      const movement: Movement = { amountMinor: event.amountMinor, status: 'pending' };
      return { ...payment, captures: settle(payment.captures, event.captureId, movement) };
    }
    case 'PaymentCaptured': {
      const payment = existing(state, event);
      const movement: Movement = { amountMinor: event.amountMinor, status: 'done' };
      return { ...payment, captures: settle(payment.captures, event.captureId, movement) };
    }
    case 'CaptureFailed': {
      const payment = existing(state, event);
      return { ...payment, captures: failed(payment.captures, event.captureId) };
    }
    case 'VoidRequested':
      return { ...existing(state, event), voidRequested: true };
    case 'PaymentVoided':
      return { ...body(state, event), status: 'voided' };
    case 'RefundRequested': {
      const payment = existing(state, event);
      const movement: Movement = { amountMinor: event.amountMinor, status: 'pending' };
      return { ...payment, refunds: settle(payment.refunds, event.refundId, movement) };
    }
    case 'PaymentRefunded': {
      const payment = existing(state, event);
      const movement: Movement = { amountMinor: event.amountMinor, status: 'done' };
      return { ...payment, refunds: settle(payment.refunds, event.refundId, movement) };
    }
    case 'RefundFailed': {
      const payment = existing(state, event);
      return { ...payment, refunds: failed(payment.refunds, event.refundId) };
    }
    default:
      return unreachable(event);
  }
};
