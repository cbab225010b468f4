import { describe, expect, test } from 'vitest';
import type { WaybillEvent } from '#domain/events/registry.ts';
import { fold } from '#domain/shared/decider.ts';
import { derivedId } from '#domain/shared/derived-id.ts';
import type { Currency } from '#domain/shared/money.ts';
import { blankWaybill, evolve } from '#domain/waybill/state.ts';
import { fulfillmentIdOf, paymentIdOf } from './checkout.ts';
import { completeForInventory, completeForWaybill } from './complete-intents.ts';
import type { WaybillIntent } from './intents.ts';
import { at, lineId, orderId, orderPlaced, porto, sku } from './testing/events.ts';

const placed = orderPlaced();
const paymentId = paymentIdOf(orderId);
const keys = { paymentId, orderId, currency: 'EUR' as Currency };
const captureId = derivedId('capture', 'one');
const refundId = derivedId('refund', 'one');
const requested: WaybillEvent = {
  type: 'AuthorizationRequested',
  ...keys,
  amountMinor: 100,
  method: placed.paymentMethod,
};
const authorized: WaybillEvent = {
  type: 'PaymentAuthorized',
  ...keys,
  amountMinor: 100,
  gatewayReference: 'pi_1',
  expiresAt: at,
};
const captured: WaybillEvent[] = [
  { type: 'CaptureRequested', ...keys, captureId, fulfillmentId: null, amountMinor: 60 },
  { type: 'PaymentCaptured', ...keys, captureId, amountMinor: 60 },
];
const complete = (intent: WaybillIntent, ...events: WaybillEvent[]) =>
  completeForWaybill(intent, fold(evolve, blankWaybill, [placed, ...events]));

describe('an intent is completed on what the order is now', () => {
  const release = { type: 'ReleasePayment' as const, orderId, paymentId, refundId, reason: 'canceled' };

  test('a payment without an answer is released by letting it expire', () => {
    expect(complete(release, requested)).toEqual({ type: 'ExpireAuthorization', orderId, paymentId });
  });
  test('an authorized payment is released by a void', () => {
    expect(complete(release, requested, authorized)).toEqual({ type: 'RequestVoid', orderId, paymentId });
  });
  test('a captured payment is released by refunding what was captured', () => {
    expect(complete(release, requested, authorized, ...captured)).toEqual({
      type: 'RequestRefund',
      orderId,
      paymentId,
      refundId,
      amountMinor: 60,
      reason: 'canceled',
    });
  });
  test('a payment that was taken in another system is released by a note to the agents', () => {
    const imported = { ...requested, method: { ...placed.paymentMethod, token: null } } as const;
    expect(complete(release, imported, authorized, ...captured)).toEqual({
      type: 'AddNote',
      orderId,
      noteId: refundId,
      text: 'This payment was taken in another system. Give the money back there.',
      visibility: 'internal',
    });
  });
  test('what is left of an authorization is released, unless nothing is left or it is being released', () => {
    const remainder = { type: 'ReleaseRemainder' as const, orderId, paymentId };
    const over: WaybillEvent = { type: 'OrderCompleted', orderId };
    expect(complete(remainder, requested, authorized, ...captured, over)).toEqual({
      type: 'RequestVoid',
      orderId,
      paymentId,
    });
    const released: WaybillEvent = { type: 'VoidRequested', ...keys };
    expect(complete(remainder, requested, authorized, ...captured, over, released)).toBeNull();
    const rest = derivedId('capture', 'the rest');
    const all: WaybillEvent[] = [
      ...captured,
      { type: 'CaptureRequested', ...keys, captureId: rest, fulfillmentId: null, amountMinor: 40 },
    ];
    expect(complete(remainder, requested, authorized, ...all, over)).toBeNull();
    expect(complete(remainder, requested, { type: 'AuthorizationExpired', ...keys }, over)).toBeNull();
  });
  test('a declined payment holds nothing: there is nothing to do', () => {
    expect(complete(release, requested, { type: 'PaymentDeclined', ...keys, code: 'x' })).toBeNull();
  });
  test('the clock of an unanswered question does not expire a payment that was authorized meanwhile', () => {
    const expire = { type: 'ExpireAuthorization' as const, orderId, paymentId, onlyWhile: 'unanswered' as const };
    expect(complete(expire, requested, authorized)).toBeNull();
    expect(complete(expire, requested)).toEqual({ type: 'ExpireAuthorization', orderId, paymentId });
  });
  test('the end of an authorization ends what was not captured of it, unless that is being captured', () => {
    const expire = { type: 'ExpireAuthorization' as const, orderId, paymentId, onlyWhile: 'uncaptured' as const };
    const ended = { type: 'ExpireAuthorization', orderId, paymentId };
    const capture = (amountMinor: number): [WaybillEvent, WaybillEvent] => [
      { type: 'CaptureRequested', ...keys, captureId, fulfillmentId: null, amountMinor },
      { type: 'PaymentCaptured', ...keys, captureId, amountMinor },
    ];
    const [asked, done] = capture(60);
    expect(complete(expire, requested, authorized)).toEqual(ended);
    expect(complete(expire, requested, authorized, asked)).toBeNull();
    expect(complete(expire, requested, authorized, asked, done)).toEqual(ended);
    expect(complete(expire, requested, authorized, ...capture(100))).toBeNull();
  });
  test('an order is not held for an authorization that it doesn’t need any more', () => {
    const hold = { type: 'PlaceHold' as const, orderId, holdId: derivedId('hold', 'any'), reason: 'It ran out' };
    const total = { ...authorized, amountMinor: placed.totals.grandTotalMinor };
    const unless = { ...hold, unlessPaidFor: true };
    expect(complete(unless, requested, total)).toBeNull();
    expect(complete(hold, requested, total)).toEqual(hold);
    expect(complete(unless, requested, total, { type: 'AuthorizationExpired', ...keys })).toEqual(hold);
  });
  test('an authorization asks for the total, by the method of the order', () => {
    expect(complete({ type: 'RequestAuthorization', orderId, paymentId })).toEqual({
      type: 'RequestAuthorization',
      ...keys,
      amountMinor: placed.totals.grandTotalMinor,
      method: placed.paymentMethod,
    });
  });
  test('a fulfillment gets address, promise and products from the order', () => {
    const fulfillmentId = fulfillmentIdOf(orderId, porto);
    const command = complete({
      type: 'CreateFulfillment',
      orderId,
      fulfillmentId,
      warehouse: porto,
      sourcing: 'nearest with stock',
      lines: [{ lineId: lineId('line-mug'), quantity: 1 }],
    });
    expect(command).toEqual({
      type: 'CreateFulfillment',
      orderId,
      fulfillmentId,
      orderNumber: placed.orderNumber,
      subjectId: placed.subjectId,
      tier: placed.tier,
      warehouse: porto,
      sourcing: 'nearest with stock',
      shipTo: placed.shipTo,
      shippingMethod: placed.shippingMethod,
      promise: placed.promise,
      lines: [
        {
          lineId: lineId('line-mug'),
          sku: sku('MUG'),
          name: 'MUG',
          picture: null,
          hue: 30,
          bin: 'C-04-2',
          quantity: 1,
        },
      ],
    });
  });
  test('stock is reserved for fifteen minutes from when it is asked for', () => {
    const intent = { type: 'ReserveStock' as const, sku: sku('MUG'), orderId, lineId: lineId('a'), quantity: 1 };
    expect(completeForInventory(intent, new Date('2026-03-01T10:00:00.000Z'))).toEqual({
      ...intent,
      expiresAt: '2026-03-01T10:15:00.000Z',
    });
  });
});
