import { describe, expect, test } from 'vitest';
import type { DomainEvent } from '#domain/events/registry.ts';
import { blankAmendment } from '#domain/order/amend.ts';
import { derivedId } from '#domain/shared/derived-id.ts';
import { uuid } from '#domain/shared/ids.builders.ts';
import type { FulfillmentId } from '#domain/shared/ids.ts';
import type { Currency } from '#domain/shared/money.ts';
import { stockHoldReason } from '#domain/waybill/amend.ts';
import { amendmentPaymentIdOf } from '#domain/waybill/amendment-payment.ts';
import { amendment } from './amendment.ts';
import { amendmentPaymentIdsOf } from './amendment-state.ts';
import { paymentIdOf } from './checkout.ts';
import { at, lineId, lyon, orderId, orderPlaced, porto, sku } from './testing/events.ts';
import { given } from './testing/process-spec.ts';

const placed = orderPlaced();
const amendmentId = derivedId('amendment', 'first');
const paymentId = amendmentPaymentIdOf(orderId, amendmentId);
const mug = { lineId: lineId('line-mug'), sku: sku('MUG'), quantity: 1 };
const tent = { lineId: lineId('line-tent'), sku: sku('TENT'), quantity: 2 };

const requested = (additions: (typeof mug)[], chargeMinor = 0): DomainEvent => ({
  type: 'AmendmentRequested',
  orderId,
  amendmentId,
  subjectId: placed.subjectId,
  ...blankAmendment,
  additions,
  warehousesByDistance: [porto, lyon],
  currency: 'EUR' as Currency,
  totalsBefore: placed.totals,
  totalsAfter: placed.totals,
  chargeMinor,
  refundMinor: 0,
});
const shelf = (quantity: number) => [{ warehouse: porto, quantity }];
const reserved = (line: typeof mug): DomainEvent => ({
  type: 'StockReserved',
  orderId,
  ...line,
  expiresAt: at,
  onShelf: shelf(9),
});
const refused = ({ quantity, ...line }: typeof mug): DomainEvent => ({
  type: 'StockReservationRejected',
  orderId,
  ...line,
  requested: quantity,
  available: 0,
});
const allocated = (line: typeof mug): DomainEvent => ({
  type: 'StockAllocated',
  orderId,
  ...line,
  placements: shelf(line.quantity),
});
const bank = { paymentId, orderId, currency: 'EUR' as Currency };
const authorized: DomainEvent = {
  type: 'PaymentAuthorized',
  ...bank,
  amountMinor: 500,
  gatewayReference: 'pi_2',
  expiresAt: at,
};
const declinedByBank: DomainEvent = { type: 'PaymentDeclined', ...bank, code: 'insufficient_funds' };
const recorded: DomainEvent = {
  type: 'OrderAmended',
  orderId,
  amendmentId,
  currency: 'EUR' as Currency,
  prices: [],
  taxRateBasisPoints: 0,
  promise: placed.promise,
  warehousesByDistance: [porto],
  totalsBefore: placed.totals,
  totalsAfter: placed.totals,
  balanceDelta: 0,
  refundMinor: 0,
};
const notMade: DomainEvent = {
  type: 'AmendmentDeclined',
  orderId,
  amendmentId,
  reason: { code: 'PaymentNotCompleted' },
};

const more = ({ quantity, ...line }: typeof mug) => ({ type: 'ReserveMoreStock' as const, orderId, ...line, quantity });
const authorize = { type: 'RequestAuthorization', orderId, paymentId, amountMinor: 500 } as const;
const complete = { type: 'CompleteAmendment', orderId, amendmentId } as const;

describe('an amendment', () => {
  test('that adds nothing and costs nothing is recorded at once', () => {
    given(amendment).when(requested([])).thenCommands(complete);
  });
  test('asks for the stock first, and the bank when all of it is there', () => {
    given(amendment)
      .when(requested([mug, tent], 500))
      .thenCommands(more(mug), more(tent));
    given(amendment, requested([mug, tent], 500))
      .when(reserved(mug))
      .thenCommands();
    given(amendment, requested([mug, tent], 500), reserved(mug))
      .when(reserved(tent))
      .thenCommands(authorize);
  });
  test('is recorded when the bank has said yes', () => {
    given(amendment, requested([mug], 500), reserved(mug))
      .when(authorized)
      .thenCommands(complete);
  });
  test('needs no bank for what it holds already', () => {
    given(amendment, requested([mug]))
      .when(reserved(mug))
      .thenCommands(complete);
  });
  test('is declined when something is sold out, once everything has been answered', () => {
    given(amendment, requested([mug, tent], 500), refused(mug))
      .when(reserved(tent))
      .thenCommands({
        type: 'DeclineAmendment',
        orderId,
        amendmentId,
        reason: { code: 'SoldOut', lines: [{ lineId: mug.lineId, sku: mug.sku, requested: 1, available: 0 }] },
      });
  });
  test('is declined when the bank says no, or says nothing in time', () => {
    given(amendment, requested([mug], 500), reserved(mug))
      .when(declinedByBank)
      .thenCommands({
        type: 'DeclineAmendment',
        orderId,
        amendmentId,
        reason: { code: 'PaymentDeclined', declineCode: 'insufficient_funds' },
      });
    given(amendment, requested([mug], 500), reserved(mug))
      .when({ type: 'AuthorizationExpired', ...bank })
      .thenCommands({ type: 'DeclineAmendment', orderId, amendmentId, reason: { code: 'PaymentNotCompleted' } });
  });
  test('that was declined gives back its stock and lets go of the bank', () => {
    const { reaction } = given(amendment, requested([mug], 500), reserved(mug)).when(notMade);
    expect(reaction.commands.map(({ intent }) => intent)).toMatchObject([
      { type: 'ReleaseReservation', lineId: mug.lineId },
      { type: 'ReleasePayment', paymentId },
    ]);
  });
  test('that was declined lets go of what the bank comes to hold afterwards', () => {
    const { reaction } = given(amendment, requested([mug], 500), reserved(mug), notMade).when(authorized);
    expect(reaction.commands.map(({ intent }) => intent)).toMatchObject([{ type: 'ReleasePayment', paymentId }]);
  });
  test('finds a warehouse for what was added, and tells it', () => {
    const past = [requested([mug, tent]), reserved(mug), reserved(tent)];
    const preferred = [porto, lyon];
    given(amendment, ...past)
      .when(recorded)
      .thenCommands(
        { type: 'AllocateStock', sku: mug.sku, orderId, lineId: mug.lineId, preferred },
        { type: 'AllocateStock', sku: tent.sku, orderId, lineId: tent.lineId, preferred },
      );
    given(amendment, ...past, recorded, allocated(mug))
      .when(allocated(tent))
      .thenCommands({
        type: 'SourceLines',
        orderId,
        fulfillmentId: derivedId('fulfillment', orderId, porto, amendmentId) as FulfillmentId,
        warehouse: porto,
        lines: [
          { lineId: mug.lineId, quantity: 1 },
          { lineId: tent.lineId, quantity: 2 },
        ],
      });
  });
  describe('whose stock ran out and was sold after it was recorded', () => {
    const expired = (line: typeof mug): DomainEvent => ({ type: 'ReservationExpired', orderId, ...line });
    const calledOff = (...lines: (typeof mug)[]): DomainEvent => ({
      type: 'OrderLinesCanceled',
      orderId,
      lines,
      reason: 'Sold out',
      restock: true,
      prices: [],
      currency: 'EUR' as Currency,
      totalsBefore: placed.totals,
      totalsAfter: placed.totals,
      refundMinor: 0,
    });
    const holdId = derivedId('hold', 'amendment', amendmentId);
    const hold = { type: 'PlaceHold', orderId, holdId, reason: stockHoldReason } as const;
    const released: DomainEvent = { type: 'OrderHoldReleased', orderId, holdId };
    const reservedAll = [requested([mug, tent]), reserved(mug), reserved(tent)];
    const past = [...reservedAll, recorded, expired(tent)];
    const source = (...lines: { lineId: typeof mug.lineId; quantity: number }[]) => ({
      type: 'SourceLines' as const,
      orderId,
      fulfillmentId: derivedId('fulfillment', orderId, porto, amendmentId) as FulfillmentId,
      warehouse: porto,
      lines,
    });
    const setFree = ({ quantity, ...line }: typeof mug, units: number) => ({
      type: 'ReleaseAllocation' as const,
      orderId,
      ...line,
      placements: [{ warehouse: porto, quantity: units }],
      restock: true,
    });
    const oneTent = { ...tent, quantity: 1 };

    test('holds the order once, however many lines it is of', () => {
      given(amendment, ...past)
        .when(refused(tent))
        .thenCommands(hold);
      given(amendment, ...past, expired(mug), refused(tent))
        .when(refused(mug))
        .thenCommands();
    });
    test('holds it only when it is recorded: it may still come to nothing', () => {
      const lost = [...reservedAll, expired(tent)];
      given(amendment, ...lost)
        .when(refused(tent))
        .thenCommands();
      given(amendment, ...lost, refused(tent))
        .when(recorded)
        .thenCommands(
          { type: 'AllocateStock', sku: mug.sku, orderId, lineId: mug.lineId, preferred: [porto, lyon] },
          hold,
        );
    });
    test('asks for it again when the hold is released, and holds the order again', () => {
      given(amendment, ...past, refused(tent))
        .when(released)
        .thenCommands(more(tent));
      given(amendment, ...past, refused(tent), released)
        .when(refused(tent))
        .thenCommands(hold);
      given(amendment, ...past, refused(tent))
        .when({ ...released, holdId: derivedId('hold', 'another') })
        .thenCommands();
    });
    test('goes on with the rest when it is called off', () => {
      const before = [...past, refused(tent), allocated(mug)];
      given(amendment, ...before)
        .when(calledOff(tent))
        .thenCommands(source({ lineId: mug.lineId, quantity: 1 }));
      given(amendment, ...before, calledOff(oneTent))
        .when(released)
        .thenCommands(more(oneTent));
    });
    test('sets free what was called off and has its warehouse already, the last first', () => {
      given(amendment, ...past, refused(tent), allocated(mug))
        .when(calledOff(mug))
        .thenCommands(setFree(mug, 1));
      given(amendment, ...reservedAll, recorded, expired(mug), refused(mug), allocated(tent))
        .when(calledOff(mug, oneTent))
        .thenCommands(setFree(tent, 1), source({ lineId: tent.lineId, quantity: 1 }));
    });
    test('sets free what was called off while its stock was asked for', () => {
      const asked = [...past, expired(mug), refused(mug)];
      given(amendment, ...asked)
        .when(calledOff(oneTent))
        .thenCommands();
      given(amendment, ...asked, calledOff(mug, oneTent), reserved(tent))
        .when(allocated(tent))
        .thenCommands(setFree(tent, 1), source({ lineId: tent.lineId, quantity: 1 }));
      given(amendment, ...asked, calledOff(mug, oneTent))
        .when(refused(tent))
        .thenCommands(hold);
      given(amendment, ...asked, calledOff(mug, tent))
        .when(refused(tent))
        .thenCommands();
      given(amendment, ...asked, calledOff(mug, oneTent), reserved(tent))
        .when(expired(tent))
        .thenCommands(more(oneTent));
    });
    test('a state of the first release: what had run out was refused', () => {
      const run = { ...requested([mug]), status: 'allocating', requestedEventId: 'any', wanted: [] };
      const line = { ...mug, stock: { status: 'expired' } };
      const former = derivedId('payment', amendmentId);
      expect(amendment.upgrade({ running: { ...run, wanted: [line] }, forgone: [] }, 1)).toEqual({
        running: { ...run, paymentId: former, wanted: [{ ...mug, calledOff: 0, stock: { status: 'sold' } }] },
        forgone: [],
      });
      expect(amendment.upgrade({ running: null, forgone: [paymentId] }, 1)).toEqual({
        running: null,
        forgone: [paymentId],
      });
    });
  });
  test('asks the bank by a payment of its own, whatever its client called it', () => {
    const ofTheOrder = paymentIdOf(orderId);
    const named = { ...requested([], 500), amendmentId: orderId } as DomainEvent;
    const another = uuid(7) as typeof orderId;
    const { reaction } = given(amendment, named).when({ ...notMade, amendmentId: orderId } as DomainEvent);
    const released = reaction.commands.map(({ intent }) => ('paymentId' in intent ? intent.paymentId : null));
    expect(released).toEqual([amendmentPaymentIdOf(orderId, orderId)]);
    expect(released).not.toContain(ofTheOrder);
    expect(amendmentPaymentIdsOf(orderId, orderId)).not.toContain(ofTheOrder);
    expect(amendmentPaymentIdOf(another, amendmentId)).not.toBe(paymentId);
  });
  test('that was under way in a release before keeps the payment that the bank was asked by', () => {
    const former = derivedId('payment', amendmentId);
    const running = { status: 'authorizing', orderId, amendmentId, chargeMinor: 500, wanted: [] };
    const before = { running, forgone: [] };
    expect(amendment.upgrade(before, 1)).toEqual({ running: { ...running, paymentId: former }, forgone: [] });
    expect(amendment.upgrade({ running: null, forgone: [] }, 1)).toEqual({ running: null, forgone: [] });
    const named = { ...running, amendmentId: orderId };
    expect(amendment.upgrade({ running: named, forgone: [] }, 1).running?.paymentId).toBe(
      amendmentPaymentIdOf(orderId, orderId),
    );
  });
  test('is left alone once the order is canceled: what it held is the cancellation’s to give back', () => {
    const canceled: DomainEvent = { type: 'OrderCanceled', orderId, lines: [], reason: 'No', restock: true };
    given(amendment, requested([mug], 500), canceled)
      .when(reserved(mug))
      .thenCommands();
  });
  test('sets free what is no longer to be picked', () => {
    const fulfillmentId = derivedId('fulfillment', orderId, porto) as FulfillmentId;
    given(amendment)
      .when({
        type: 'FulfillmentReduced',
        fulfillmentId,
        orderId,
        warehouse: porto,
        lines: [mug],
        isEmpty: false,
        restock: false,
      })
      .thenCommands({
        type: 'ReleaseAllocation',
        sku: mug.sku,
        orderId,
        lineId: mug.lineId,
        placements: [{ warehouse: porto, quantity: 1 }],
        restock: false,
      });
  });
});
