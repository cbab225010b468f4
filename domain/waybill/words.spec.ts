import { describe, expect, test } from 'vitest';
import { fulfillmentCreated, pickingStarted } from '../fulfillment/fulfillment.builders.ts';
import { adjusted, allocated, inPorto, inRotterdam } from '../inventory/inventory.builders.ts';
import { noteAdded, notificationSent, orderPlaced } from '../order/order.builders.ts';
import { authorized, refundFailed, refundRequested } from '../payment/payment.builders.ts';
import { euro, lineIdOf } from '../shared/ids.builders.ts';
import { erased } from '../shared/personal.ts';
import { describeEvent, type EventFormat } from './event-words.ts';
import { type AnyDomainRejection, plainMoney, rejectionWords } from './rejection-words.ts';

const format: EventFormat = {
  money: (minor) => `€ ${(minor / 100).toFixed(2)}`,
  warehouse: (code) => code.charAt(0) + code.slice(1).toLowerCase(),
  staff: (id) => id.charAt(0).toUpperCase() + id.slice(1),
};

describe('events in words', () => {
  test('tell what happened, with amounts and places as the screen writes them', () => {
    expect(describeEvent(pickingStarted, format)).toEqual({ title: 'Picking started in Porto' });
    expect(describeEvent(authorized(), format)).toEqual({ title: 'Payment authorized for € 184.70' });
    expect(describeEvent(fulfillmentCreated(), format)).toEqual({
      title: '2 lines assigned to Porto: nearest with all 2 lines',
    });
    expect(describeEvent(allocated(1, inPorto(2), inRotterdam(1)), format)).toEqual({
      title: '2 × CANDLE-BEESWAX set aside in Porto, 1 × CANDLE-BEESWAX set aside in Rotterdam',
    });
  });
  test('say why a refund failed, and what to do, where the gateway has a mere code', () => {
    expect(describeEvent({ ...refundFailed(1), code: 'taken_elsewhere' }, format)).toEqual({
      title: 'Refund failed: the payment was taken in another system. Refund it there',
    });
    expect(describeEvent({ ...refundFailed(1), code: 'something_new' }, format)).toEqual({
      title: 'Refund failed',
      quote: 'something_new',
    });
  });
  test('quote what a person wrote', () => {
    expect(describeEvent(refundRequested(1, 1_990), format)).toEqual({
      title: 'Refund of € 19.90 requested',
      quote: 'Arrived broken',
    });
    expect(describeEvent(adjusted(-2), format)).toEqual({ title: 'Stock in Porto corrected by −2', quote: 'Counted' });
  });
  test('name each mail that went out', () => {
    const { type, orderId, notificationId } = notificationSent();
    const told = (['order-lines-canceled', 'return-approved', 'return-declined', 'return-received'] as const).map(
      (template) => describeEvent({ type, orderId, notificationId, template }, format).title,
    );
    expect(told).toEqual([
      'Mail sent: partial cancellation notice',
      'Mail sent: return approval',
      'Mail sent: return decline notice',
      'Mail sent: return arrival notice',
    ]);
  });
  test('say so where a person was erased', () => {
    expect(describeEvent(noteAdded({ text: erased }), format)).toEqual({ title: 'Note added', quote: 'erased' });
    expect(describeEvent(orderPlaced({}, { contact: erased }), format)).toEqual({
      title: 'Order placed by a customer whose data were erased: 2 lines for € 184.70',
    });
  });
});

/** One of each code: a new rejection doesn't compile without its example. */
const rejections: { readonly [Code in AnyDomainRejection['code']]: Extract<AnyDomainRejection, { code: Code }> } = {
  OrderUnknown: { code: 'OrderUnknown' },
  OrderExists: { code: 'OrderExists' },
  OrderEmpty: { code: 'OrderEmpty' },
  OrderTooLarge: { code: 'OrderTooLarge', lines: 2_001, most: 2_000 },
  LineRepeated: { code: 'LineRepeated', lineId: lineIdOf(1) },
  TotalsWrong: { code: 'TotalsWrong' },
  OrderClosed: { code: 'OrderClosed', status: 'canceled' },
  DraftClosed: { code: 'DraftClosed', status: 'placed' },
  DraftIncomplete: { code: 'DraftIncomplete', missing: 'street' },
  DraftChanged: { code: 'DraftChanged' },
  OverrideUnfounded: { code: 'OverrideUnfounded', lineId: lineIdOf(1) },
  AmendmentPending: { code: 'AmendmentPending' },
  AmendmentEmpty: { code: 'AmendmentEmpty' },
  OrderBeingSourced: { code: 'OrderBeingSourced' },
  OrderLineUnknown: { code: 'OrderLineUnknown' },
  QuantityCommitted: { code: 'QuantityCommitted', name: 'Desk lamp', least: 1 },
  NothingToReaddress: { code: 'NothingToReaddress', status: 'packed' },
  NothingLeftOfOrder: { code: 'NothingLeftOfOrder' },
  CapturePending: { code: 'CapturePending' },
  ReturnUnknown: { code: 'ReturnUnknown' },
  ReturnNotDelivered: { code: 'ReturnNotDelivered' },
  ReturnEmpty: { code: 'ReturnEmpty' },
  ReturnNotReady: { code: 'ReturnNotReady', status: 'declined' },
  ReturnExceeds: { code: 'ReturnExceeds', left: 1 },
  InspectionIncomplete: { code: 'InspectionIncomplete', left: 2 },
  TooManyTags: { code: 'TooManyTags', most: 30 },
  NobodyToWriteTo: { code: 'NobodyToWriteTo' },
  PickingHasStarted: { code: 'PickingHasStarted', status: 'delivery_failed' },
  OrderOnHold: { code: 'OrderOnHold', reasons: ['Address check', 'Fraud check'] },
  OrderNotConfirmed: { code: 'OrderNotConfirmed' },
  OrderNotDelivered: { code: 'OrderNotDelivered' },
  PaymentUnknown: { code: 'PaymentUnknown' },
  PaymentClosed: { code: 'PaymentClosed', status: 'requires_action' },
  AmountInvalid: { code: 'AmountInvalid' },
  CaptureExceedsAuthorized: { code: 'CaptureExceedsAuthorized', capturableMinor: 470, currency: euro },
  CaptureUnknown: { code: 'CaptureUnknown' },
  PaymentTakenElsewhere: { code: 'PaymentTakenElsewhere' },
  RefundExceedsCaptured: { code: 'RefundExceedsCaptured', refundableMinor: 3_980, currency: euro },
  RefundUnknown: { code: 'RefundUnknown' },
  FulfillmentUnknown: { code: 'FulfillmentUnknown' },
  FulfillmentNotReady: { code: 'FulfillmentNotReady', status: 'on_hold' },
  FulfillmentOnHold: { code: 'FulfillmentOnHold', reason: 'Stock count' },
  FulfillmentExceedsOrder: { code: 'FulfillmentExceedsOrder', lineId: lineIdOf(1), left: 1 },
  LineUnknown: { code: 'LineUnknown' },
  PickExceedsLine: { code: 'PickExceedsLine', left: 1 },
  ItemsNotPicked: { code: 'ItemsNotPicked', left: 3 },
  NothingPicked: { code: 'NothingPicked' },
  SkuUnknown: { code: 'SkuUnknown' },
  ReservationUnknown: { code: 'ReservationUnknown' },
  ReservationNotExpired: { code: 'ReservationNotExpired', expiresAt: '2026-11-14T09:15:00.000Z' },
  AllocationUnknown: { code: 'AllocationUnknown' },
  StockInsufficient: { code: 'StockInsufficient', available: 2 },
};

describe('rejections in words', () => {
  test.each(Object.values(rejections))('$code is a calm sentence', (rejection) => {
    const sentence = rejectionWords(rejection, format.money);
    expect(sentence).toMatch(/^[A-Z0-9].*\.$/);
    expect(sentence).not.toMatch(/!|_|undefined|oops|sorry|successfully|error/i);
  });
  test('write amounts as the screen does, or plainly by the currency’s own decimals', () => {
    const rejection = rejections.RefundExceedsCaptured;
    expect(rejectionWords(rejection, format.money)).toBe('At most € 39.80 can still be refunded. Lower the amount.');
    expect(rejectionWords(rejection)).toBe('At most EUR 39.80 can still be refunded. Lower the amount.');
    expect(plainMoney(1_500, 'JPY')).toBe('JPY 1500');
  });
  test('say when nothing is left', () => {
    expect(rejectionWords({ ...rejections.RefundExceedsCaptured, refundableMinor: 0 })).toBe(
      'Nothing is left to refund.',
    );
    expect(rejectionWords({ ...rejections.StockInsufficient, available: 0 })).toBe(
      'None is free; all of it is promised to buyers.',
    );
  });
});
