import type { PaymentMethod } from '../order/events.ts';
import { euro, fulfillmentId, orderId, paymentId, uuid } from '../shared/ids.builders.ts';
import type { PaymentCommand } from './decide.ts';
import type { PaymentEvent } from './events.ts';

type Of<Type extends PaymentEvent['type']> = Extract<PaymentEvent, { type: Type }>;
type Command<Type extends PaymentCommand['type']> = Extract<PaymentCommand, { type: Type }>;

const keys = { paymentId, orderId, currency: euro };
const ids = { paymentId, orderId };
const card: PaymentMethod = { kind: 'card', token: 'tok_approve', brand: 'Visa', last4: '4242' };

/** The gateway's words. */
export const insufficientFunds = 'insufficient_funds';
const challengeUrl = 'https://gateway.example/challenge/1';
const gatewayReference = 'auth_1';
const expiresAt = '2026-11-21T12:00:00.000Z';

export const authorizationRequested = (amountMinor = 18_470): Of<'AuthorizationRequested'> => ({
  type: 'AuthorizationRequested',
  ...keys,
  amountMinor,
  method: card,
});
export const actionRequired: Of<'PaymentActionRequired'> = { type: 'PaymentActionRequired', ...keys, challengeUrl };
export const authorized = (amountMinor = 18_470): Of<'PaymentAuthorized'> => ({
  type: 'PaymentAuthorized',
  ...keys,
  amountMinor,
  gatewayReference,
  expiresAt,
});
export const declined: Of<'PaymentDeclined'> = { type: 'PaymentDeclined', ...keys, code: insufficientFunds };
export const authorizationExpired: Of<'AuthorizationExpired'> = { type: 'AuthorizationExpired', ...keys };
export const captureRequested = (number: number, amountMinor: number): Of<'CaptureRequested'> => ({
  type: 'CaptureRequested',
  ...keys,
  captureId: uuid(number),
  fulfillmentId,
  amountMinor,
});
export const captured = (number: number, amountMinor: number): Of<'PaymentCaptured'> => ({
  type: 'PaymentCaptured',
  ...keys,
  captureId: uuid(number),
  amountMinor,
});
export const captureFailed = (number: number): Of<'CaptureFailed'> => ({
  type: 'CaptureFailed',
  ...keys,
  captureId: uuid(number),
  code: 'gateway_error',
});
export const voidRequested: Of<'VoidRequested'> = { type: 'VoidRequested', ...keys };
export const voided: Of<'PaymentVoided'> = { type: 'PaymentVoided', ...keys };
export const refundRequested = (number: number, amountMinor: number): Of<'RefundRequested'> => ({
  type: 'RefundRequested',
  ...keys,
  refundId: uuid(number),
  amountMinor,
  reason: 'Arrived broken',
});
export const refunded = (number: number, amountMinor: number): Of<'PaymentRefunded'> => ({
  type: 'PaymentRefunded',
  ...keys,
  refundId: uuid(number),
  amountMinor,
});
export const refundFailed = (number: number): Of<'RefundFailed'> => ({
  type: 'RefundFailed',
  ...keys,
  refundId: uuid(number),
  code: 'gateway_error',
});

export const requestAuthorization = (amountMinor = 18_470): Command<'RequestAuthorization'> => ({
  type: 'RequestAuthorization',
  ...keys,
  amountMinor,
  method: card,
});
export const requireAction: Command<'RequireAction'> = { type: 'RequireAction', ...ids, challengeUrl };
export const recordAuthorization = (amountMinor = 18_470): Command<'RecordAuthorization'> => ({
  type: 'RecordAuthorization',
  ...ids,
  amountMinor,
  gatewayReference,
  expiresAt,
});
export const recordDecline: Command<'RecordDecline'> = { type: 'RecordDecline', ...ids, code: insufficientFunds };
export const expireAuthorization: Command<'ExpireAuthorization'> = { type: 'ExpireAuthorization', ...ids };
export const requestCapture = (number: number, amountMinor: number): Command<'RequestCapture'> => ({
  type: 'RequestCapture',
  ...ids,
  captureId: uuid(number),
  fulfillmentId,
  amountMinor,
});
export const recordCapture = (number: number): Command<'RecordCapture'> => ({
  type: 'RecordCapture',
  ...ids,
  captureId: uuid(number),
});
export const recordCaptureFailure = (number: number): Command<'RecordCaptureFailure'> => ({
  type: 'RecordCaptureFailure',
  ...ids,
  captureId: uuid(number),
  code: 'gateway_error',
});
export const requestVoid: Command<'RequestVoid'> = { type: 'RequestVoid', ...ids };
export const recordVoid: Command<'RecordVoid'> = { type: 'RecordVoid', ...ids };
export const requestRefund = (number: number, amountMinor: number): Command<'RequestRefund'> => ({
  type: 'RequestRefund',
  ...ids,
  refundId: uuid(number),
  amountMinor,
  reason: 'Arrived broken',
});
export const recordRefund = (number: number): Command<'RecordRefund'> => ({
  type: 'RecordRefund',
  ...ids,
  refundId: uuid(number),
});
export const recordRefundFailure = (number: number): Command<'RecordRefundFailure'> => ({
  type: 'RecordRefundFailure',
  ...ids,
  refundId: uuid(number),
  code: 'gateway_error',
});

/** A payment of € 184.70 that the bank holds. */
export const heldByBank: readonly PaymentEvent[] = [authorizationRequested(), authorized()];
/** The same, of which `amountMinor` was captured as capture 1. */
export const paid = (amountMinor = 18_470): readonly PaymentEvent[] => [
  ...heldByBank,
  captureRequested(1, amountMinor),
  captured(1, amountMinor),
];
