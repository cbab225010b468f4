import type { PaymentMethod } from '../order/events.ts';
import { accept, type Decision, reject, unreachable } from '../shared/decider.ts';
import type { FulfillmentId, OrderId, PaymentId } from '../shared/ids.ts';
import type { Currency } from '../shared/money.ts';
import type { PaymentEvent } from './events.ts';
import {
  capturedMinor,
  capturePendingMinor,
  type ExistingPayment,
  isTakenElsewhere,
  type Payment,
  refundableMinor,
  uncapturedMinor,
} from './state.ts';

type ForPayment = { readonly paymentId: PaymentId; readonly orderId: OrderId };

export type RequestAuthorization = ForPayment & {
  readonly type: 'RequestAuthorization';
  readonly currency: Currency;
  readonly amountMinor: number;
  readonly method: PaymentMethod;
};
/** What the gateway's webhook, or an inquiry after an unknown outcome, has told. */
export type RequireAction = ForPayment & { readonly type: 'RequireAction'; readonly challengeUrl: string };
export type RecordAuthorization = ForPayment & {
  readonly type: 'RecordAuthorization';
  readonly amountMinor: number;
  readonly gatewayReference: string;
  readonly expiresAt: string;
};
export type RecordDecline = ForPayment & { readonly type: 'RecordDecline'; readonly code: string };
export type ExpireAuthorization = ForPayment & { readonly type: 'ExpireAuthorization' };
export type RequestCapture = ForPayment & {
  readonly type: 'RequestCapture';
  readonly captureId: string;
  readonly fulfillmentId: FulfillmentId | null;
  readonly amountMinor: number;
};
export type RecordCapture = ForPayment & { readonly type: 'RecordCapture'; readonly captureId: string };
export type RecordCaptureFailure = ForPayment & {
  readonly type: 'RecordCaptureFailure';
  readonly captureId: string;
  readonly code: string;
};
export type RequestVoid = ForPayment & { readonly type: 'RequestVoid' };
export type RecordVoid = ForPayment & { readonly type: 'RecordVoid' };
export type RequestRefund = ForPayment & {
  readonly type: 'RequestRefund';
  readonly refundId: string;
  readonly amountMinor: number;
  readonly reason: string;
};
export type RecordRefund = ForPayment & { readonly type: 'RecordRefund'; readonly refundId: string };
export type RecordRefundFailure = ForPayment & {
  readonly type: 'RecordRefundFailure';
  readonly refundId: string;
  readonly code: string;
};

export type PaymentCommand =
  | RequestAuthorization
  | RequireAction
  | RecordAuthorization
  | RecordDecline
  | ExpireAuthorization
  | RequestCapture
  | RecordCapture
  | RecordCaptureFailure
  | RequestVoid
  | RecordVoid
  | RequestRefund
  | RecordRefund
  | RecordRefundFailure;

export type PaymentRejection =
  | { readonly code: 'PaymentUnknown' }
  | { readonly code: 'PaymentClosed'; readonly status: ExistingPayment['status'] }
  | { readonly code: 'AmountInvalid' }
  | { readonly code: 'CaptureExceedsAuthorized'; readonly capturableMinor: number; readonly currency: Currency }
  | { readonly code: 'CaptureUnknown' }
  | { readonly code: 'RefundExceedsCaptured'; readonly refundableMinor: number; readonly currency: Currency }
  | { readonly code: 'RefundUnknown' }
  | { readonly code: 'PaymentTakenElsewhere' };

type PaymentDecision = Decision<PaymentEvent, PaymentRejection>;

const keys = ({ paymentId, orderId, currency }: ExistingPayment) => ({ paymentId, orderId, currency });
const closed = (payment: ExistingPayment): PaymentDecision => reject({ code: 'PaymentClosed', status: payment.status });
const awaitsBank = (payment: ExistingPayment): boolean =>
  payment.status === 'pending' || payment.status === 'requires_action';

/** Captured, or about to be. */
const takenMinor = (payment: ExistingPayment): number => capturedMinor(payment) + capturePendingMinor(payment);

const requestAuthorization = (command: RequestAuthorization, state: Payment): PaymentDecision => {
  if (state.status !== 'absent') return accept();
  if (command.amountMinor <= 0) return reject({ code: 'AmountInvalid' });
  const { paymentId, orderId, currency, amountMinor, method } = command;
  return accept({ type: 'AuthorizationRequested', paymentId, orderId, currency, amountMinor, method });
};

const requireAction = ({ challengeUrl }: RequireAction, payment: ExistingPayment): PaymentDecision =>
  // A late or doubled webhook: the payment has gone on since.
  payment.status === 'pending' ? accept({ type: 'PaymentActionRequired', ...keys(payment), challengeUrl }) : accept();

const recordAuthorization = (command: RecordAuthorization, payment: ExistingPayment): PaymentDecision => {
  if (payment.status === 'authorized' || payment.status === 'voided') return accept();
  // Expired or declined here, yet the gateway says authorized: the money is held, so it must be known to be released.
  const { amountMinor, gatewayReference, expiresAt } = command;
  if (amountMinor <= 0 || amountMinor < takenMinor(payment)) return reject({ code: 'AmountInvalid' });
  return accept({ type: 'PaymentAuthorized', ...keys(payment), amountMinor, gatewayReference, expiresAt });
};

const recordDecline = ({ code }: RecordDecline, payment: ExistingPayment): PaymentDecision =>
  awaitsBank(payment) ? accept({ type: 'PaymentDeclined', ...keys(payment), code }) : accept();

const expireAuthorization = (payment: ExistingPayment): PaymentDecision => {
  if (payment.status === 'expired') return accept();
  // What was captured stays; what is being captured may fail, and says then what is left.
  const isHeld = payment.status === 'authorized' && capturePendingMinor(payment) === 0 && uncapturedMinor(payment) > 0;
  return awaitsBank(payment) || isHeld ? accept({ type: 'AuthorizationExpired', ...keys(payment) }) : closed(payment);
};

const requestCapture = (command: RequestCapture, payment: ExistingPayment): PaymentDecision => {
  const { captureId, fulfillmentId, amountMinor } = command;
  const earlier = payment.captures[captureId];
  if (earlier && earlier.status !== 'failed') return accept();
  // Run out by our clock: what left the house is asked for all the same, and the bank's no is heard as an event.
  const wasHeld = payment.status === 'expired' && payment.authorizedMinor > 0;
  if ((payment.status !== 'authorized' && !wasHeld) || payment.voidRequested) return closed(payment);
  if (amountMinor <= 0) return reject({ code: 'AmountInvalid' });
  const most = uncapturedMinor(payment);
  if (amountMinor > most)
    return reject({ code: 'CaptureExceedsAuthorized', capturableMinor: most, currency: payment.currency });
  return accept({ type: 'CaptureRequested', ...keys(payment), captureId, fulfillmentId, amountMinor });
};

const recordCapture = ({ captureId }: RecordCapture, payment: ExistingPayment): PaymentDecision => {
  const capture = payment.captures[captureId];
  if (!capture) return reject({ code: 'CaptureUnknown' });
  if (capture.status === 'done') return accept();
  // Taken after all, though it was told as failed. Money that moved is recorded, unless another capture took its place.
  const room = uncapturedMinor(payment);
  if (capture.status === 'failed' && capture.amountMinor > room)
    return reject({ code: 'CaptureExceedsAuthorized', capturableMinor: room, currency: payment.currency });
  return accept({ type: 'PaymentCaptured', ...keys(payment), captureId, amountMinor: capture.amountMinor });
};

const recordCaptureFailure = (command: RecordCaptureFailure, payment: ExistingPayment): PaymentDecision => {
  const { captureId, code } = command;
  const capture = payment.captures[captureId];
  if (!capture) return reject({ code: 'CaptureUnknown' });
  return capture.status === 'pending' ? accept({ type: 'CaptureFailed', ...keys(payment), captureId, code }) : accept();
};

const requestVoid = (payment: ExistingPayment): PaymentDecision => {
  if (payment.voidRequested || payment.status === 'voided') return accept();
  // Before the bank has answered there is nothing to release yet; the cancellation asks again when it has.
  if (payment.status !== 'authorized' || uncapturedMinor(payment) === 0) return closed(payment);
  // What is being captured may fail, and be wanted again.
  if (capturePendingMinor(payment) > 0) return closed(payment);
  return accept({ type: 'VoidRequested', ...keys(payment) });
};

const recordVoid = (payment: ExistingPayment): PaymentDecision => {
  if (payment.status === 'voided') return accept();
  if (!payment.voidRequested) return closed(payment);
  return accept({ type: 'PaymentVoided', ...keys(payment) });
};

const requestRefund = (command: RequestRefund, payment: ExistingPayment): PaymentDecision => {
  const { refundId, amountMinor, reason } = command;
  const earlier = payment.refunds[refundId];
  if (earlier && earlier.status !== 'failed') return accept();
  if (isTakenElsewhere(payment)) return reject({ code: 'PaymentTakenElsewhere' });
  if (amountMinor <= 0) return reject({ code: 'AmountInvalid' });
  const most = refundableMinor(payment);
  if (amountMinor > most)
    return reject({ code: 'RefundExceedsCaptured', refundableMinor: most, currency: payment.currency });
  return accept({ type: 'RefundRequested', ...keys(payment), refundId, amountMinor, reason });
};

const recordRefund = ({ refundId }: RecordRefund, payment: ExistingPayment): PaymentDecision => {
  const refund = payment.refunds[refundId];
  if (!refund) return reject({ code: 'RefundUnknown' });
  if (refund.status === 'done') return accept();
  const most = refundableMinor(payment);
  if (refund.status === 'failed' && refund.amountMinor > most)
    return reject({ code: 'RefundExceedsCaptured', refundableMinor: most, currency: payment.currency });
  return accept({ type: 'PaymentRefunded', ...keys(payment), refundId, amountMinor: refund.amountMinor });
};

const recordRefundFailure = (command: RecordRefundFailure, payment: ExistingPayment): PaymentDecision => {
  const { refundId, code } = command;
  const refund = payment.refunds[refundId];
  if (!refund) return reject({ code: 'RefundUnknown' });
  return refund.status === 'pending' ? accept({ type: 'RefundFailed', ...keys(payment), refundId, code }) : accept();
};

/** Decides a command that looks at one payment alone. Pure. */
export const decide = (command: PaymentCommand, state: Payment): PaymentDecision => {
  if (command.type === 'RequestAuthorization') return requestAuthorization(command, state);
  if (state.status === 'absent') return reject({ code: 'PaymentUnknown' });
  switch (command.type) {
    case 'RequireAction':
      return requireAction(command, state);
    case 'RecordAuthorization':
      return recordAuthorization(command, state);
    case 'RecordDecline':
      return recordDecline(command, state);
    case 'ExpireAuthorization':
      return expireAuthorization(state);
    case 'RequestCapture':
      return requestCapture(command, state);
    case 'RecordCapture':
      return recordCapture(command, state);
    case 'RecordCaptureFailure':
      return recordCaptureFailure(command, state);
    case 'RequestVoid':
      return requestVoid(state);
    case 'RecordVoid':
      return recordVoid(state);
    case 'RequestRefund':
      return requestRefund(command, state);
    case 'RecordRefund':
      return recordRefund(command, state);
    case 'RecordRefundFailure':
      return recordRefundFailure(command, state);
    default:
      return unreachable(command);
  }
};
