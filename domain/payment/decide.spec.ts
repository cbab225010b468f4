import { describe, test } from 'vitest';
import { euro } from '../shared/ids.builders.ts';
import { specificationOf } from '../shared/spec.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import {
  actionRequired,
  authorizationExpired,
  authorizationRequested,
  authorized,
  captured,
  captureFailed,
  captureRequested,
  declined,
  expireAuthorization,
  heldByBank,
  paid,
  recordAuthorization,
  recordCapture,
  recordCaptureFailure,
  recordDecline,
  recordRefund,
  recordRefundFailure,
  recordVoid,
  refunded,
  refundFailed,
  refundRequested,
  requestAuthorization,
  requestCapture,
  requestRefund,
  requestVoid,
  requireAction,
  voided,
  voidRequested,
} from './payment.builders.ts';
import { absentPayment } from './state.ts';

const given = specificationOf({ decide, evolve, initial: absentPayment });

test('nothing but a request for authorization opens a payment', () => {
  for (const command of [
    requireAction,
    recordAuthorization(),
    recordDecline,
    expireAuthorization,
    requestCapture(1, 100),
    recordCapture(1),
    recordCaptureFailure(1),
    requestVoid,
    recordVoid,
    requestRefund(1, 100),
    recordRefund(1),
    recordRefundFailure(1),
  ])
    given().when(command).thenRejected({ code: 'PaymentUnknown' });
});

describe('authorizing', () => {
  test('is an intent before the bank is asked, and is asked once', () => {
    given().when(requestAuthorization()).thenEvents(authorizationRequested());
    given(authorizationRequested()).when(requestAuthorization()).thenNothing();
  });
  test('is refused for nothing', () => {
    given().when(requestAuthorization(0)).thenRejected({ code: 'AmountInvalid' });
  });
  test('may need the customer first (3-D Secure)', () => {
    given(authorizationRequested()).when(requireAction).thenEvents(actionRequired);
    given(authorizationRequested(), actionRequired).when(requireAction).thenNothing();
    given(authorizationRequested(), actionRequired).when(recordAuthorization()).thenEvents(authorized());
  });
  test('ignores a challenge that comes after the answer', () => {
    given(...heldByBank)
      .when(requireAction)
      .thenNothing();
  });
  test('is taken down once', () => {
    given(authorizationRequested()).when(recordAuthorization()).thenEvents(authorized());
    given(...heldByBank)
      .when(recordAuthorization())
      .thenNothing();
    given(...heldByBank, voidRequested, voided)
      .when(recordAuthorization())
      .thenNothing();
  });
  test('is taken down after a decline or an expiry too: the money is held, so it must be known to be released', () => {
    given(authorizationRequested(), declined).when(recordAuthorization()).thenEvents(authorized());
    given(authorizationRequested(), authorizationExpired).when(recordAuthorization()).thenEvents(authorized());
  });
  test('is refused for nothing, and for less than was already taken', () => {
    given(authorizationRequested()).when(recordAuthorization(0)).thenRejected({ code: 'AmountInvalid' });
    given(...heldByBank, captureRequested(1, 500), captureFailed(1), authorizationExpired, captured(1, 500))
      .when(recordAuthorization(499))
      .thenRejected({ code: 'AmountInvalid' });
  });
  test('declines while the bank is being asked, and not after', () => {
    given(authorizationRequested()).when(recordDecline).thenEvents(declined);
    given(authorizationRequested(), actionRequired).when(recordDecline).thenEvents(declined);
    given(authorizationRequested(), declined).when(recordDecline).thenNothing();
    given(...heldByBank)
      .when(recordDecline)
      .thenNothing();
  });
});

describe('expiring', () => {
  test('ends an authorization that nobody used, once', () => {
    given(authorizationRequested()).when(expireAuthorization).thenEvents(authorizationExpired);
    given(...heldByBank)
      .when(expireAuthorization)
      .thenEvents(authorizationExpired);
    given(...heldByBank, authorizationExpired)
      .when(expireAuthorization)
      .thenNothing();
  });
  test('ends one whose only capture failed', () => {
    given(...heldByBank, captureRequested(1, 500), captureFailed(1))
      .when(expireAuthorization)
      .thenEvents(authorizationExpired);
  });
  test('ends what is left beside what was captured, which stays', () => {
    given(...paid(5_000))
      .when(expireAuthorization)
      .thenEvents(authorizationExpired);
    given(...paid(5_000), authorizationExpired)
      .when(requestRefund(1, 5_000))
      .thenEvents(refundRequested(1, 5_000));
    given(...paid(5_000), authorizationExpired)
      .when(requestCapture(2, 13_471))
      .thenRejected({ code: 'CaptureExceedsAuthorized', capturableMinor: 13_470, currency: euro });
  });
  test('is refused while money is taken from it, when all of it was, and after a decline', () => {
    given(...heldByBank, captureRequested(1, 500))
      .when(expireAuthorization)
      .thenRejected({ code: 'PaymentClosed', status: 'authorized' });
    given(...paid())
      .when(expireAuthorization)
      .thenRejected({ code: 'PaymentClosed', status: 'authorized' });
    given(authorizationRequested(), declined)
      .when(expireAuthorization)
      .thenRejected({ code: 'PaymentClosed', status: 'declined' });
  });
});

describe('capturing', () => {
  test('is an intent first, and once per capture id', () => {
    given(...heldByBank)
      .when(requestCapture(1, 5_000))
      .thenEvents(captureRequested(1, 5_000));
    given(...heldByBank, captureRequested(1, 5_000))
      .when(requestCapture(1, 5_000))
      .thenNothing();
    given(...paid(5_000))
      .when(requestCapture(1, 5_000))
      .thenNothing();
  });
  test('takes part by part, up to what is authorized', () => {
    given(...heldByBank, captureRequested(1, 18_000))
      .when(requestCapture(2, 471))
      .thenRejected({ code: 'CaptureExceedsAuthorized', capturableMinor: 470, currency: euro });
    given(...heldByBank, captureRequested(1, 18_000))
      .when(requestCapture(2, 470))
      .thenEvents(captureRequested(2, 470));
  });
  test('is refused for nothing', () => {
    given(...heldByBank)
      .when(requestCapture(1, 0))
      .thenRejected({ code: 'AmountInvalid' });
  });
  test('is refused without an authorization, or once its release was asked for', () => {
    given(authorizationRequested())
      .when(requestCapture(1, 100))
      .thenRejected({ code: 'PaymentClosed', status: 'pending' });
    given(...heldByBank, voidRequested)
      .when(requestCapture(1, 100))
      .thenRejected({ code: 'PaymentClosed', status: 'authorized' });
  });
  test('is tried though the authorization has run out: the goods have left, and the bank alone knows', () => {
    given(...heldByBank, authorizationExpired)
      .when(requestCapture(1, 100))
      .thenEvents(captureRequested(1, 100));
    given(...heldByBank, authorizationExpired)
      .when(requestCapture(1, 18_471))
      .thenRejected({ code: 'CaptureExceedsAuthorized', capturableMinor: 18_470, currency: euro });
    given(authorizationRequested(), authorizationExpired)
      .when(requestCapture(1, 100))
      .thenRejected({ code: 'PaymentClosed', status: 'expired' });
  });
  test('is done when the gateway says so, once', () => {
    given(...heldByBank, captureRequested(1, 5_000))
      .when(recordCapture(1))
      .thenEvents(captured(1, 5_000));
    given(...paid(5_000))
      .when(recordCapture(1))
      .thenNothing();
    given(...heldByBank)
      .when(recordCapture(1))
      .thenRejected({ code: 'CaptureUnknown' });
  });
  test('may fail, once, and be asked for again under the same id', () => {
    const requested = [...heldByBank, captureRequested(1, 5_000)];
    given(...requested)
      .when(recordCaptureFailure(1))
      .thenEvents(captureFailed(1));
    given(...requested, captureFailed(1))
      .when(recordCaptureFailure(1))
      .thenNothing();
    given(...requested, captureFailed(1))
      .when(requestCapture(1, 5_000))
      .thenEvents(captureRequested(1, 5_000));
    given(...paid(5_000))
      .when(recordCaptureFailure(1))
      .thenNothing();
    given(...heldByBank)
      .when(recordCaptureFailure(1))
      .thenRejected({ code: 'CaptureUnknown' });
  });
  test('that was told as failed and then as done is recorded: money that moved is never forgotten', () => {
    given(...heldByBank, captureRequested(1, 5_000), captureFailed(1))
      .when(recordCapture(1))
      .thenEvents(captured(1, 5_000));
  });
  test('that was told as failed and then as done never takes more than authorized with the one in its place', () => {
    given(...heldByBank, captureRequested(1, 18_470), captureFailed(1), captureRequested(2, 18_000))
      .when(recordCapture(1))
      .thenRejected({ code: 'CaptureExceedsAuthorized', capturableMinor: 470, currency: euro });
  });
});

describe('voiding', () => {
  test('asks for the release of an untouched authorization, once', () => {
    given(...heldByBank)
      .when(requestVoid)
      .thenEvents(voidRequested);
    given(...heldByBank, voidRequested)
      .when(requestVoid)
      .thenNothing();
    given(...heldByBank, voidRequested, voided)
      .when(requestVoid)
      .thenNothing();
  });
  test('releases what is left beside what was captured', () => {
    given(...paid(5_000))
      .when(requestVoid)
      .thenEvents(voidRequested);
    given(...paid(5_000), voidRequested)
      .when(recordVoid)
      .thenEvents(voided);
    given(...paid(5_000), voidRequested, voided)
      .when(requestRefund(1, 5_000))
      .thenEvents(refundRequested(1, 5_000));
  });
  test('is refused before the bank has answered, while money is being taken, and when all of it was', () => {
    given(authorizationRequested()).when(requestVoid).thenRejected({ code: 'PaymentClosed', status: 'pending' });
    given(...heldByBank, captureRequested(1, 1))
      .when(requestVoid)
      .thenRejected({ code: 'PaymentClosed', status: 'authorized' });
    given(...paid())
      .when(requestVoid)
      .thenRejected({ code: 'PaymentClosed', status: 'authorized' });
  });
  test('is done when the gateway says so, once, and only when it was asked for', () => {
    given(...heldByBank, voidRequested)
      .when(recordVoid)
      .thenEvents(voided);
    given(...heldByBank, voidRequested, voided)
      .when(recordVoid)
      .thenNothing();
    given(...heldByBank)
      .when(recordVoid)
      .thenRejected({ code: 'PaymentClosed', status: 'authorized' });
  });
  test('is asked for anew when the bank holds the money anew', () => {
    given(...heldByBank, voidRequested, authorizationExpired, authorized())
      .when(requestVoid)
      .thenEvents(voidRequested);
  });
});

describe('refunding', () => {
  test('is refused where the money was taken in another system', () => {
    const [asked, ...rest] = paid();
    if (asked?.type !== 'AuthorizationRequested') throw new Error('The first event is the request');
    const imported = { ...asked, method: { ...asked.method, token: null } };
    given(imported, ...rest)
      .when(requestRefund(1, 100))
      .thenRejected({ code: 'PaymentTakenElsewhere' });
  });
  test('is an intent first, and once per refund id', () => {
    given(...paid())
      .when(requestRefund(1, 1_990))
      .thenEvents(refundRequested(1, 1_990));
    given(...paid(), refundRequested(1, 1_990))
      .when(requestRefund(1, 1_990))
      .thenNothing();
    given(...paid(), refundRequested(1, 1_990), refunded(1, 1_990))
      .when(requestRefund(1, 1_990))
      .thenNothing();
  });
  test('gives back at most what was captured, less what was and is being given back', () => {
    given(...paid(5_000), refundRequested(1, 2_000), refunded(1, 2_000), refundRequested(2, 1_000))
      .when(requestRefund(3, 2_001))
      .thenRejected({ code: 'RefundExceedsCaptured', refundableMinor: 2_000, currency: euro });
  });
  test('gives nothing back of what is only authorized, or still being captured', () => {
    given(...heldByBank, captureRequested(1, 5_000))
      .when(requestRefund(1, 1))
      .thenRejected({ code: 'RefundExceedsCaptured', refundableMinor: 0, currency: euro });
  });
  test('is refused for nothing', () => {
    given(...paid())
      .when(requestRefund(1, 0))
      .thenRejected({ code: 'AmountInvalid' });
  });
  test('is done when the gateway says so, once', () => {
    given(...paid(), refundRequested(1, 1_990))
      .when(recordRefund(1))
      .thenEvents(refunded(1, 1_990));
    given(...paid(), refundRequested(1, 1_990), refunded(1, 1_990))
      .when(recordRefund(1))
      .thenNothing();
    given(...paid())
      .when(recordRefund(1))
      .thenRejected({ code: 'RefundUnknown' });
  });
  test('may fail, once, and be asked for again under the same id', () => {
    const failed = [...paid(), refundRequested(1, 1_990), refundFailed(1)];
    given(...paid(), refundRequested(1, 1_990))
      .when(recordRefundFailure(1))
      .thenEvents(refundFailed(1));
    given(...failed)
      .when(recordRefundFailure(1))
      .thenNothing();
    given(...failed)
      .when(requestRefund(1, 1_990))
      .thenEvents(refundRequested(1, 1_990));
    given(...paid(), refundRequested(1, 1_990), refunded(1, 1_990))
      .when(recordRefundFailure(1))
      .thenNothing();
    given(...paid())
      .when(recordRefundFailure(1))
      .thenRejected({ code: 'RefundUnknown' });
  });
  test('that was told as failed and then as done is recorded, unless another took its place', () => {
    given(...paid(), refundRequested(1, 18_470), refundFailed(1))
      .when(recordRefund(1))
      .thenEvents(refunded(1, 18_470));
    given(...paid(), refundRequested(1, 18_470), refundFailed(1), refundRequested(2, 18_000))
      .when(recordRefund(1))
      .thenRejected({ code: 'RefundExceedsCaptured', refundableMinor: 470, currency: euro });
  });
});
