import { defineProcess, type EffectChange } from './define-process.ts';
import { type Effect, effectIdOf, type PaymentEffect } from './effects.ts';

const request = (effect: Effect): { effects: EffectChange[] } => ({ effects: [{ type: 'request', effect }] });

// Only what names the call matters for its id; the rest of the effect is not known any more when the answer comes.
type Call =
  | { readonly kind: 'authorize' | 'void'; readonly paymentId: PaymentEffect['paymentId'] }
  | { readonly kind: 'capture'; readonly captureId: string }
  | { readonly kind: 'refund'; readonly refundId: string };

const settle = (call: Call): { effects: EffectChange[] } => ({
  effects: [{ type: 'settle', effectId: effectIdOf(call as PaymentEffect) }],
});

/** Each intent to move money becomes a call to the gateway; the event of its outcome settles the call. */
export const gatewayCalls = defineProcess<null>({
  name: 'gateway-calls',
  version: 1,
  initial: null,
  on: {
    AuthorizationRequested: (_state, { orderId, paymentId, amountMinor, currency, method }) =>
      request({ kind: 'authorize', orderId, paymentId, amountMinor, currency, method }),
    PaymentAuthorized: (_state, { paymentId }) => settle({ kind: 'authorize', paymentId }),
    PaymentDeclined: (_state, { paymentId }) => settle({ kind: 'authorize', paymentId }),
    CaptureRequested: (_state, { orderId, paymentId, captureId, amountMinor }) =>
      request({ kind: 'capture', orderId, paymentId, captureId, amountMinor }),
    PaymentCaptured: (_state, { captureId }) => settle({ kind: 'capture', captureId }),
    CaptureFailed: (_state, { captureId }) => settle({ kind: 'capture', captureId }),
    VoidRequested: (_state, { orderId, paymentId }) => request({ kind: 'void', orderId, paymentId }),
    PaymentVoided: (_state, { paymentId }) => settle({ kind: 'void', paymentId }),
    RefundRequested: (_state, { orderId, paymentId, refundId, amountMinor }) =>
      request({ kind: 'refund', orderId, paymentId, refundId, amountMinor }),
    PaymentRefunded: (_state, { refundId }) => settle({ kind: 'refund', refundId }),
    RefundFailed: (_state, { refundId }) => settle({ kind: 'refund', refundId }),
  },
});
