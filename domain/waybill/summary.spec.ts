import { describe, expect, test } from 'vitest';
import type { WaybillEvent } from '../events/registry.ts';
import {
  candles,
  deliveryFailed,
  fulfillmentCanceled,
  fulfillmentCreated,
  fulfillmentHeld,
  lamps,
} from '../fulfillment/fulfillment.builders.ts';
import { holdPlaced, orderCanceled, orderCompleted } from '../order/order.builders.ts';
import {
  actionRequired,
  authorizationExpired,
  authorizationRequested,
  authorized,
  captured,
  captureRequested,
  declined,
  refunded,
  refundRequested,
  voided,
  voidRequested,
} from '../payment/payment.builders.ts';
import { fold } from '../shared/decider.ts';
import { fulfillmentIdOf, paymentIdOf } from '../shared/ids.builders.ts';
import { blankWaybill, evolve } from './state.ts';
import { mostUrgentBadge, summarize, type WaybillSummary } from './summary.ts';
import { beingPicked, confirmed, delivered, placed, readyToPick, shipped } from './waybill.builders.ts';

const summaryOf = (...events: readonly WaybillEvent[]): WaybillSummary => {
  const summary = summarize(fold(evolve, blankWaybill, events));
  if (!summary) throw new Error('No order was placed');
  return summary;
};
const badgeOf = (...events: readonly WaybillEvent[]) => mostUrgentBadge(summaryOf(...events));
const voucher = { paymentId: paymentIdOf(2) };

test('there is no summary before the order', () => {
  expect(summarize(blankWaybill)).toBeNull();
});

test('sums up a delivered order of which a part is being refunded', () => {
  expect(summaryOf(...delivered, refundRequested(1, 1_000), refunded(1, 1_000), refundRequested(2, 500))).toEqual({
    orderStatus: 'confirmed',
    paymentStatus: 'partially_refunded',
    fulfillmentStatus: 'delivered',
    holds: [],
    currency: 'EUR',
    authorizedMinor: 18_470,
    paidMinor: 18_470,
    refundedMinor: 1_000,
    refundPendingMinor: 500,
    refundableMinor: 16_970,
  });
});

describe('the payment status over several payments', () => {
  const statusOf = (...events: readonly WaybillEvent[]) => summaryOf(...placed, ...events).paymentStatus;

  test('awaits the payment while none was asked for, or any has not answered', () => {
    expect(statusOf()).toBe('pending');
    expect(statusOf(authorizationRequested(), authorized(), { ...authorizationRequested(), ...voucher })).toBe(
      'pending',
    );
  });
  test('asks for the bank check first', () => {
    expect(statusOf(authorizationRequested(), actionRequired)).toBe('requires_action');
  });
  test('forgets a declined card once another one is good', () => {
    expect(statusOf(authorizationRequested(), declined)).toBe('declined');
    expect(
      statusOf(
        authorizationRequested(),
        declined,
        { ...authorizationRequested(), ...voucher },
        { ...authorized(), ...voucher },
      ),
    ).toBe('authorized');
  });
  test('is part paid until all that is held was captured', () => {
    const two = [
      authorizationRequested(10_000),
      authorized(10_000),
      { ...authorizationRequested(8_470), ...voucher },
      { ...authorized(8_470), ...voucher },
      captureRequested(1, 10_000),
      captured(1, 10_000),
    ];
    expect(statusOf(...two)).toBe('partially_captured');
    expect(statusOf(...two, { ...captureRequested(2, 8_470), ...voucher }, { ...captured(2, 8_470), ...voucher })).toBe(
      'captured',
    );
  });
  test('tells refunded, voided and expired', () => {
    const held = [authorizationRequested(), authorized()];
    const paid = [...held, captureRequested(1, 18_470), captured(1, 18_470)];
    expect(statusOf(...paid, refundRequested(1, 18_470), refunded(1, 18_470))).toBe('refunded');
    expect(statusOf(...held, voidRequested, voided)).toBe('voided');
    expect(statusOf(...held, authorizationExpired)).toBe('expired');
  });
});

describe('the fulfillment status over several fulfillments', () => {
  const split = [
    ...confirmed,
    fulfillmentCreated({ lines: [candles] }),
    fulfillmentCreated({ fulfillmentId: fulfillmentIdOf(2), lines: [lamps] }),
  ];

  test('is none before there is one', () => {
    expect(summaryOf(...confirmed).fulfillmentStatus).toBeNull();
  });
  test('is that of the one furthest behind', () => {
    expect(summaryOf(...split, ...delivered.slice(readyToPick.length)).fulfillmentStatus).toBe('open');
  });
  test('tells troubles first, and counts canceled ones only when there is no other', () => {
    expect(summaryOf(...split, fulfillmentHeld)).toMatchObject({
      fulfillmentStatus: 'on_hold',
      holds: ['Stock count'],
    });
    expect(summaryOf(...split, fulfillmentCanceled()).fulfillmentStatus).toBe('open');
    expect(summaryOf(...readyToPick, fulfillmentCanceled()).fulfillmentStatus).toBe('canceled');
  });
});

describe('the one badge of a list', () => {
  test('follows the order on its way', () => {
    expect(badgeOf(...placed)).toEqual({ axis: 'order', status: 'placed' });
    expect(badgeOf(...confirmed)).toEqual({ axis: 'order', status: 'confirmed' });
    expect(badgeOf(...beingPicked)).toEqual({ axis: 'fulfillment', status: 'picking' });
    expect(badgeOf(...delivered, orderCompleted)).toEqual({ axis: 'order', status: 'completed' });
    expect(badgeOf(...readyToPick, fulfillmentCanceled(), orderCanceled())).toEqual({
      axis: 'order',
      status: 'canceled',
    });
  });
  test('puts first what a person must look at', () => {
    expect(badgeOf(...beingPicked, holdPlaced())).toEqual({ axis: 'hold', reason: 'Address check' });
    expect(badgeOf(...placed, authorizationRequested(), actionRequired)).toEqual({
      axis: 'payment',
      status: 'requires_action',
    });
    expect(badgeOf(...shipped, deliveryFailed)).toEqual({ axis: 'fulfillment', status: 'delivery_failed' });
    expect(badgeOf(...delivered, orderCompleted, refundRequested(1, 100))).toEqual({ axis: 'pending', what: 'refund' });
  });
  test('tells of a refund on a completed order', () => {
    expect(badgeOf(...delivered, orderCompleted, refundRequested(1, 100), refunded(1, 100))).toEqual({
      axis: 'payment',
      status: 'partially_refunded',
    });
  });
});
