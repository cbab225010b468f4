import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DomainEvent } from '#domain/events/registry.ts';
import { derivedId } from '#domain/shared/derived-id.ts';
import type { WarehouseCode } from '#domain/shared/ids.ts';
import { amountMinorMost, type Currency, sum } from '#domain/shared/money.ts';
import { amendmentPaymentIdOf } from '#domain/waybill/amendment-payment.ts';
import { fulfillmentIdOf, paymentIdOf } from './checkout.ts';
import { settleReason } from './complete-money-intents.ts';
import { shipping } from './shipping.ts';
import { at, lineId, lyon, orderId, orderPlaced, porto, recorded, sku } from './testing/events.ts';
import { given } from './testing/process-spec.ts';

const paymentId = paymentIdOf(orderId);
const placed = orderPlaced();
const authorized: DomainEvent = {
  type: 'PaymentAuthorized',
  paymentId,
  orderId,
  currency: 'EUR' as Currency,
  amountMinor: placed.totals.grandTotalMinor,
  gatewayReference: 'pi_1',
  expiresAt: at,
};
const created = (warehouse: WarehouseCode, lines: readonly { id: string; quantity: number }[]): DomainEvent => ({
  type: 'FulfillmentCreated',
  fulfillmentId: fulfillmentIdOf(orderId, warehouse),
  orderId,
  orderNumber: 'WB-48213',
  subjectId: placed.subjectId,
  tier: 'gold',
  warehouse,
  sourcing: 'nearest',
  shipTo: placed.shipTo,
  shippingMethod: placed.shippingMethod,
  promise: placed.promise,
  lines: lines.map(({ id, quantity }) => ({
    lineId: lineId(id),
    sku: sku(id === 'line-mug' ? 'MUG' : 'TENT'),
    name: id,
    picture: null,
    hue: 1,
    bin: null,
    quantity,
  })),
});
const shipped = (warehouse: WarehouseCode, lines: readonly { id: string; quantity: number }[]): DomainEvent => ({
  type: 'FulfillmentShipped',
  fulfillmentId: fulfillmentIdOf(orderId, warehouse),
  orderId,
  warehouse,
  carrier: 'CTT',
  trackingNumber: 'PT1',
  lines: lines.map(({ id, quantity }) => ({
    lineId: lineId(id),
    sku: sku(id === 'line-mug' ? 'MUG' : 'TENT'),
    quantity,
  })),
});
const delivered = (warehouse: WarehouseCode): DomainEvent => ({
  type: 'FulfillmentDelivered',
  fulfillmentId: fulfillmentIdOf(orderId, warehouse),
  orderId,
});
const bankKeys = { paymentId, orderId, currency: 'EUR' as Currency };
const paid = (warehouse: WarehouseCode): DomainEvent => ({
  type: 'PaymentCaptured',
  ...bankKeys,
  captureId: derivedId('capture', fulfillmentIdOf(orderId, warehouse)),
  amountMinor: 1,
});
const asked = (warehouse: WarehouseCode, amountMinor = 1): DomainEvent => ({
  type: 'CaptureRequested',
  ...bankKeys,
  captureId: derivedId('capture', fulfillmentIdOf(orderId, warehouse)),
  fulfillmentId: fulfillmentIdOf(orderId, warehouse),
  amountMinor,
});
const canceled = (warehouse: WarehouseCode): DomainEvent => ({
  type: 'FulfillmentCanceled',
  fulfillmentId: fulfillmentIdOf(orderId, warehouse),
  orderId,
  reason: 'rerouted',
});
const both = [
  { id: 'line-mug', quantity: 2 },
  { id: 'line-tent', quantity: 1 },
];
const stock = (warehouse: WarehouseCode, id: string, code: string, quantity: number) => ({
  type: 'ShipStock' as const,
  sku: sku(code),
  orderId,
  lineId: lineId(id),
  warehouse,
  quantity,
});
const capture = (warehouse: WarehouseCode, amountMinor: number) => ({
  type: 'RequestCapture' as const,
  orderId,
  paymentId,
  captureId: derivedId('capture', fulfillmentIdOf(orderId, warehouse)),
  fulfillmentId: fulfillmentIdOf(orderId, warehouse),
  amountMinor,
});

describe('shipping', () => {
  test('takes shipped goods off the books and captures the whole sum when all goes at once', () => {
    given(shipping, placed, authorized, created(porto, both))
      .when(shipped(porto, both))
      .thenCommands(
        stock(porto, 'line-mug', 'MUG', 2),
        stock(porto, 'line-tent', 'TENT', 1),
        capture(porto, 2 * 1_250 + 19_999 + 490),
      );
  });

  test('captures each part with its shipment; the first carries the shipping cost', () => {
    const mug = [{ id: 'line-mug', quantity: 1 }];
    const rest = [
      { id: 'line-mug', quantity: 1 },
      { id: 'line-tent', quantity: 1 },
    ];
    const before = [placed, authorized, created(porto, mug), created(lyon, rest)];
    given(shipping, ...before)
      .when(shipped(porto, mug))
      .thenCommands(stock(porto, 'line-mug', 'MUG', 1), capture(porto, 1_250 + 490));
    given(shipping, ...before, shipped(porto, mug))
      .when(shipped(lyon, rest))
      .thenCommands(
        stock(lyon, 'line-mug', 'MUG', 1),
        stock(lyon, 'line-tent', 'TENT', 1),
        capture(lyon, 1_250 + 19_999),
      );
  });

  test('captures add up to the authorization to the minor unit, however the order is cut into shipments', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 9 }), price: fc.integer({ min: 0, max: 99_999 }) }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.integer({ min: 0, max: 2_000 }),
        fc.integer({ min: 1, max: 50_000 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 60 }),
        (lines, shippingMinor, discountMinor, cuts) => {
          const order = orderPlaced({
            lines: lines.map((line, index) => ({ id: `line-${index}`, sku: `S${index}`, ...line })),
            shippingMinor,
            discountMinor,
          });
          const pieces = order.lines.flatMap((line) => Array.from({ length: line.quantity }, () => line));
          const past: DomainEvent[] = [order, { ...authorized, type: 'PaymentAuthorized' } as DomainEvent];
          const captured: number[] = [];
          let state = past.reduce((s, e, i) => shipping.react(s, recorded(e, i)).state, shipping.initial);
          for (let nth = 0; pieces.length > 0; nth += 1) {
            const parcel = pieces.splice(0, cuts[nth] ?? pieces.length);
            const byLine = Map.groupBy(parcel, (line) => line.lineId);
            const warehouse = `W${nth}` as WarehouseCode;
            const contents = [...byLine].map(([id, some]) => ({ id, quantity: some.length }));
            for (const event of [created(warehouse, contents), shipped(warehouse, contents)]) {
              const reaction = shipping.react(state, recorded(event, 10 + nth));
              state = reaction.state;
              for (const { intent } of reaction.commands)
                if (intent.type === 'RequestCapture') captured.push(intent.amountMinor);
            }
          }
          expect(sum(captured)).toBe(order.totals.grandTotalMinor);
        },
      ),
    );
  });

  test('takes missing pieces off the claim, and not back on sale', () => {
    const event: DomainEvent = {
      type: 'ShortPickReported',
      fulfillmentId: fulfillmentIdOf(orderId, porto),
      orderId,
      lineId: lineId('line-mug'),
      sku: sku('MUG'),
      missing: 1,
    };
    given(shipping, placed, authorized, created(porto, both))
      .when(event)
      .thenCommands({
        type: 'ReleaseAllocation',
        sku: sku('MUG'),
        orderId,
        lineId: lineId('line-mug'),
        placements: [{ warehouse: porto, quantity: 1 }],
        restock: false,
      });
  });

  test('completes the order when every live fulfillment has arrived and is paid', () => {
    const past = [placed, authorized, created(porto, both), created(lyon, both), shipped(porto, both), paid(porto)];
    given(shipping, ...past, shipped(lyon, both), paid(lyon))
      .when(delivered(porto))
      .thenCommands();
    given(shipping, ...past, shipped(lyon, both), paid(lyon), delivered(porto))
      .when(delivered(lyon))
      .thenCommands({ type: 'CompleteOrder', orderId });
  });

  test('what has arrived before it is paid completes the order with the payment', () => {
    const past = [placed, authorized, created(porto, both), shipped(porto, both), asked(porto)];
    given(shipping, ...past)
      .when(delivered(porto))
      .thenCommands();
    given(shipping, ...past, delivered(porto))
      .when(paid(porto))
      .thenCommands({ type: 'CompleteOrder', orderId });
  });

  test('a capture that was not recorded, as nothing was left to ask for, does not keep the order open', () => {
    given(shipping, placed, authorized, created(porto, both), shipped(porto, both))
      .when(delivered(porto))
      .thenCommands({ type: 'CompleteOrder', orderId });
  });

  test('a canceled fulfillment does not keep the order open', () => {
    const past = [placed, authorized, created(porto, both), created(lyon, both), shipped(porto, both), paid(porto)];
    given(shipping, ...past, canceled(lyon))
      .when(delivered(porto))
      .thenCommands({ type: 'CompleteOrder', orderId });
    given(shipping, ...past, delivered(porto))
      .when(canceled(lyon))
      .thenCommands({ type: 'CompleteOrder', orderId });
  });

  test('asks whether to call the order off when nothing of it was found anywhere', () => {
    given(shipping, placed, authorized, created(porto, both))
      .when(canceled(porto))
      .thenCommands({ type: 'CancelUnfound', orderId });
    given(shipping, placed, authorized, created(porto, both), created(lyon, both)).when(canceled(porto)).thenCommands();
  });

  test('gives back what a complete order did not need of its authorization, and what was taken too much', () => {
    const past = [placed, authorized, created(porto, both), shipped(porto, both), paid(porto), delivered(porto)];
    const completed: DomainEvent = { type: 'OrderCompleted', orderId };
    const refundId = derivedId('refund', 'settled', recorded(completed, past.length).eventId);
    given(shipping, ...past)
      .when(completed)
      .thenCommands(
        { type: 'ReleaseRemainder', orderId, paymentId },
        { type: 'Settle', orderId, refundId, earlier: [] },
      );
  });
});

describe('a shipment that the bank does not pay for', () => {
  const captureId = derivedId('capture', fulfillmentIdOf(orderId, porto));
  const holdId = derivedId('hold', 'capture', captureId);
  const refused: DomainEvent = { type: 'CaptureFailed', ...bankKeys, captureId, code: 'not_capturable' };
  const released: DomainEvent = { type: 'OrderHoldReleased', orderId, holdId };
  const past = [placed, authorized, created(porto, both), shipped(porto, both)];

  test('holds the order, so that a person looks', () => {
    const reason = 'The bank did not pay for a shipment (not_capturable). Releasing this hold asks it again.';
    const noteWhenOver =
      'The bank did not pay for a shipment (not_capturable), and the order is over. The customer owes the money.';
    given(shipping, ...past)
      .when(refused)
      .thenCommands({ type: 'PlaceHold', orderId, holdId, reason, noteWhenOver });
  });

  test('is asked for again, as another capture, when the hold is released', () => {
    const { amountMinor } = capture(porto, 2 * 1_250 + 19_999 + 490);
    const again = derivedId('capture', fulfillmentIdOf(orderId, porto), recorded(released, past.length + 1).eventId);
    given(shipping, ...past, refused)
      .when(released)
      .thenCommands({ ...capture(porto, amountMinor), captureId: again });
    given(shipping, ...past)
      .when({ ...released, holdId: derivedId('hold', 'another') })
      .thenCommands();
  });

  test('does not complete the order that has arrived', () => {
    given(shipping, ...past, refused)
      .when(delivered(porto))
      .thenCommands();
  });

  test('may no longer be needed once the hold is released: what has arrived is then complete', () => {
    const { amountMinor } = capture(porto, 2 * 1_250 + 19_999 + 490);
    const again = derivedId('capture', fulfillmentIdOf(orderId, porto), recorded(released, past.length + 2).eventId);
    given(shipping, ...past, refused, delivered(porto))
      .when(released)
      .thenCommands({ ...capture(porto, amountMinor), captureId: again }, { type: 'CompleteOrder', orderId });
  });

  test('is asked for of a payment that took the place of the one that came to nothing', () => {
    const { amountMinor } = capture(porto, 2 * 1_250 + 19_999 + 490);
    const second = derivedId('payment', 'second') as typeof paymentId;
    const more = { ...authorized, paymentId: second, amountMinor: amountMinor - 1_000 } as DomainEvent;
    const cause = ['capture', fulfillmentIdOf(orderId, porto), recorded(released, past.length + 2).eventId] as const;
    given(shipping, ...past, refused, more)
      .when(released)
      .thenCommands(
        { ...capture(porto, amountMinor - 1_000), paymentId: second, captureId: derivedId(...cause) },
        { ...capture(porto, 1_000), captureId: derivedId(...cause, paymentId) },
      );
  });
});

describe('an authorization that has run out', () => {
  const total = 2 * 1_250 + 19_999 + 490;
  const second = derivedId('payment', 'second') as typeof paymentId;
  const ended: DomainEvent = { type: 'AuthorizationExpired', ...bankKeys };
  const more = { ...authorized, paymentId: second, amountMinor: total } as DomainEvent;
  const goods = [stock(porto, 'line-mug', 'MUG', 2), stock(porto, 'line-tent', 'TENT', 1)];
  const past = [placed, authorized, created(porto, both)];

  test('is asked after those that have not, whichever came first', () => {
    for (const payments of [
      [ended, more],
      [more, ended],
    ])
      given(shipping, ...past, ...payments)
        .when(shipped(porto, both))
        .thenCommands(...goods, { ...capture(porto, total), paymentId: second });
  });
  test('is asked when there is no other: the bank may pay late', () => {
    given(shipping, ...past, ended)
      .when(shipped(porto, both))
      .thenCommands(...goods, capture(porto, total));
  });
  test('is asked in its turn when the bank has said yes after all', () => {
    given(shipping, ...past, ended, authorized, { ...more, amountMinor: 1 } as DomainEvent)
      .when(shipped(porto, both))
      .thenCommands(...goods, capture(porto, total));
  });
  test('gives no more than was not captured of it', () => {
    const mug = [{ id: 'line-mug', quantity: 1 }];
    const rest = [{ id: 'line-tent', quantity: 1 }];
    const split = [placed, authorized, created(porto, mug), created(lyon, rest), shipped(porto, mug), paid(porto)];
    given(shipping, ...split, ended, { ...more, amountMinor: 10_000 } as DomainEvent)
      .when(shipped(lyon, rest))
      .thenCommands(
        stock(lyon, 'line-tent', 'TENT', 1),
        { ...capture(lyon, 10_000), paymentId: second },
        { ...capture(lyon, 9_999), captureId: derivedId('capture', fulfillmentIdOf(orderId, lyon), paymentId) },
      );
  });
});

describe('a state of an earlier release goes on', () => {
  const mugs = { sku: sku('MUG'), quantity: 2, totalMinor: 2_500, shipped: 1 };
  const before = { status: 'running', lines: { 'line-mug': mugs }, shippingMinor: 0, paymentId, fulfillments: {} };
  const payments = [{ paymentId, leftMinor: amountMinorMost }];
  const nothingBack = { promisedMinor: 0, makingUp: {} };
  const certain = [{ paymentId, leftMinor: amountMinorMost, isDoubtful: false }];
  test('of the second: what has left was asked for', () => {
    const open = { fulfillmentId: fulfillmentIdOf(orderId, porto), amountMinor: 1_250, holdId: null };
    expect(shipping.upgrade({ ...before, openCaptures: { c1: open } }, 2)).toEqual({
      status: 'running',
      lines: before.lines,
      shippingMinor: 0,
      fulfillments: {},
      askedMinor: 1_250,
      payments: certain,
      forgone: [],
      openCaptures: { c1: { ...open, isRequested: true, paymentId } },
      settledBy: [],
      ...nothingBack,
    });
  });
  test('of the third: what was asked for is waited for, and nothing was settled', () => {
    const { paymentId: _one, ...rest } = { ...before, askedMinor: 1_250, payments };
    const open = { fulfillmentId: null, paymentId, amountMinor: 1_250, holdId: null };
    expect(shipping.upgrade({ ...rest, openCaptures: { c1: open } }, 3)).toEqual({
      ...rest,
      payments: certain,
      forgone: [],
      openCaptures: { c1: { ...open, isRequested: true } },
      settledBy: [],
      ...nothingBack,
    });
  });
  test('of the fourth: no payment is doubted, and no refund was refused', () => {
    const { paymentId: _one, ...rest } = { ...before, askedMinor: 1_250, forgone: [], openCaptures: {}, settledBy: [] };
    expect(shipping.upgrade({ ...rest, payments }, 4)).toEqual({ ...rest, payments: certain, ...nothingBack });
  });
  test('of the first, which kept no open captures', () => {
    expect(shipping.upgrade(before, 1)).toMatchObject({ openCaptures: {}, payments });
    expect(shipping.upgrade({ status: 'idle' }, 1)).toEqual({ status: 'idle' });
  });
});

describe('shipping what was amended', () => {
  const totals = (grandTotalMinor: number, shippingMinor = 490) => ({
    ...placed.totals,
    grandTotalMinor,
    shippingMinor,
  });
  const price = (id: string, code: string, quantity: number, totalMinor: number) => ({
    lineId: lineId(id),
    sku: sku(code),
    quantity,
    discountMinor: 0,
    taxMinor: 0,
    totalMinor,
  });
  const amended = (prices: ReturnType<typeof price>[], refundMinor = 0): DomainEvent => ({
    type: 'OrderAmended',
    orderId,
    amendmentId: derivedId('amendment', 'any'),
    currency: 'EUR' as Currency,
    prices,
    taxRateBasisPoints: 0,
    promise: placed.promise,
    warehousesByDistance: [porto],
    totalsBefore: placed.totals,
    totalsAfter: totals(sum(prices.map(({ totalMinor }) => totalMinor)) + 490),
    balanceDelta: 0,
    refundMinor,
  });
  const mug = [{ id: 'line-mug', quantity: 1 }];
  const tent = [{ id: 'line-tent', quantity: 1 }];

  test('captures by the new prices', () => {
    const cheaper = amended([price('line-mug', 'MUG', 2, 2_000), price('line-tent', 'TENT', 1, 19_999)]);
    given(shipping, placed, authorized, created(porto, both), cheaper)
      .when(shipped(porto, mug))
      .thenCommands(stock(porto, 'line-mug', 'MUG', 1), capture(porto, 1_000 + 490));
  });

  test('takes what was captured too much off the next shipment, unless it was given back', () => {
    const past = [placed, authorized, created(porto, mug), created(lyon, tent), shipped(porto, mug)];
    const prices = [price('line-mug', 'MUG', 1, 250), price('line-tent', 'TENT', 1, 19_999)];
    given(shipping, ...past, amended(prices))
      .when(shipped(lyon, tent))
      .thenCommands(stock(lyon, 'line-tent', 'TENT', 1), capture(lyon, 19_999 - 1_000));
    given(shipping, ...past, amended(prices, 1_000))
      .when(shipped(lyon, tent))
      .thenCommands(stock(lyon, 'line-tent', 'TENT', 1), capture(lyon, 19_999));
  });

  describe('of which the bank refuses to give back what it came to cost less', () => {
    const past = [placed, authorized, created(porto, mug), created(lyon, tent), shipped(porto, mug)];
    const prices = [price('line-mug', 'MUG', 1, 250), price('line-tent', 'TENT', 1, 19_999)];
    const refundId = derivedId('refund', 'of the amendment');
    const back = (reason: string): DomainEvent => ({
      type: 'RefundRequested',
      ...bankKeys,
      refundId,
      amountMinor: 1_000,
      reason,
    });
    const forLess = [amended(prices, 1_000), back('The order was amended')];
    const refusal: DomainEvent = { type: 'RefundFailed', ...bankKeys, refundId, code: 'not_refundable' };
    const stockOfTent = stock(lyon, 'line-tent', 'TENT', 1);
    const note = (index: number, text: string) => ({
      type: 'AddNote' as const,
      orderId,
      noteId: derivedId('note', 'refund', refundId, recorded(refusal, index).eventId),
      text,
      visibility: 'internal' as const,
    });

    test('tells a person', () => {
      const text =
        'The bank did not give back what the order has come to cost less (not_refundable). It is asked again when the order is changed, or ends.';
      const before = [...past, ...forLess];
      given(shipping, ...before)
        .when(refusal)
        .thenCommands(note(before.length, text));
    });
    test('takes it off the next shipment', () => {
      given(shipping, ...past, ...forLess, refusal)
        .when(shipped(lyon, tent))
        .thenCommands(stockOfTent, capture(lyon, 19_999 - 1_000));
    });
    test('unless it went through after all, or is asked for again', () => {
      const through: DomainEvent = { type: 'PaymentRefunded', ...bankKeys, refundId, amountMinor: 1_000 };
      for (const after of [through, back('The order was amended')])
        given(shipping, ...past, ...forLess, refusal, after)
          .when(shipped(lyon, tent))
          .thenCommands(stockOfTent, capture(lyon, 19_999));
    });
    test('refunds for other reasons change nothing', () => {
      given(shipping, ...past, back('Sorry'), refusal)
        .when(shipped(lyon, tent))
        .thenCommands(stockOfTent, capture(lyon, 19_999));
      given(shipping, ...past, back('Sorry'))
        .when(refusal)
        .thenCommands();
    });
    test('tells a person when it is the end that could not be settled', () => {
      const text =
        'The bank did not give back what was taken too much (not_refundable). The customer is owed it: give it back in another way.';
      const before = [...past, back(settleReason)];
      given(shipping, ...before)
        .when(refusal)
        .thenCommands(note(before.length, text));
    });
  });

  test('captures at once what has become dearer after it left', () => {
    const dearer = amended([price('line-mug', 'MUG', 2, 2_600), price('line-tent', 'TENT', 1, 19_999)]);
    given(shipping, placed, authorized, created(porto, both), shipped(porto, both))
      .when(dearer)
      .thenCommands({
        ...capture(porto, 100),
        captureId: derivedId('capture', derivedId('amendment', 'any')),
        fulfillmentId: null as never,
      });
  });

  test('asks the second payment for what the first doesn’t hold', () => {
    const second = derivedId('payment', 'second') as typeof paymentId;
    const small = { ...authorized, amountMinor: 1_000 } as DomainEvent;
    const more = { ...authorized, paymentId: second, amountMinor: 99_999 } as DomainEvent;
    given(shipping, placed, small, more, created(porto, mug))
      .when(shipped(porto, mug))
      .thenCommands(stock(porto, 'line-mug', 'MUG', 1), capture(porto, 1_000), {
        ...capture(porto, 740),
        paymentId: second,
        captureId: derivedId('capture', fulfillmentIdOf(orderId, porto), second),
      });
  });

  test('does not ask a payment that is let go: one of an amendment that came to nothing, or released', () => {
    const amendmentId = derivedId('amendment', 'declined');
    const forgone = amendmentPaymentIdOf(orderId, amendmentId);
    const small = { ...authorized, amountMinor: 1_000 } as DomainEvent;
    const late = { ...authorized, paymentId: forgone, amountMinor: 740 } as DomainEvent;
    const third = derivedId('payment', 'third') as typeof paymentId;
    const more = { ...authorized, paymentId: third, amountMinor: 740 } as DomainEvent;
    const declined: DomainEvent = {
      type: 'AmendmentDeclined',
      orderId,
      amendmentId,
      reason: { code: 'PaymentNotCompleted' },
    };
    const released: DomainEvent = { type: 'VoidRequested', ...bankKeys, paymentId: forgone };
    const rest = { ...capture(porto, 740), captureId: derivedId('capture', fulfillmentIdOf(orderId, porto), third) };
    for (const past of [
      [declined, late, more],
      [late, declined, more],
      [late, more, released],
    ])
      given(shipping, placed, small, created(porto, mug), ...past)
        .when(shipped(porto, mug))
        .thenCommands(stock(porto, 'line-mug', 'MUG', 1), capture(porto, 1_000), { ...rest, paymentId: third });
  });

  test('still asks the order’s own payment when an amendment that bears the order’s id comes to nothing', () => {
    const declined: DomainEvent = {
      type: 'AmendmentDeclined',
      orderId,
      amendmentId: orderId,
      reason: { code: 'PaymentNotCompleted' },
    };
    given(shipping, placed, authorized, created(porto, mug), declined)
      .when(shipped(porto, mug))
      .thenCommands(stock(porto, 'line-mug', 'MUG', 1), capture(porto, 1_740));
  });

  test('an order whose last missing part was called off is complete', () => {
    const past = [placed, authorized, created(porto, mug), shipped(porto, mug), paid(porto), delivered(porto)];
    const calledOff = {
      ...amended([price('line-mug', 'MUG', 1, 1_250)]),
      type: 'OrderLinesCanceled',
    } as unknown as DomainEvent;
    given(shipping, ...past)
      .when(calledOff)
      .thenCommands({ type: 'CompleteOrder', orderId });
  });

  test('when the last that could be sent is taken out, what is left may be what nobody could find', () => {
    const past = [placed, authorized, created(porto, mug), created(lyon, tent), canceled(lyon)];
    const reduced: DomainEvent = {
      type: 'FulfillmentReduced',
      fulfillmentId: fulfillmentIdOf(orderId, porto),
      orderId,
      warehouse: porto,
      lines: [{ lineId: lineId('line-mug'), sku: sku('MUG'), quantity: 2 }],
      isEmpty: true,
      restock: true,
    };
    const tentOnly = amended([price('line-tent', 'TENT', 1, 19_999)]);
    for (const change of [tentOnly, { ...tentOnly, type: 'OrderLinesCanceled' } as unknown as DomainEvent])
      given(shipping, ...past, reduced)
        .when(change)
        .thenCommands({ type: 'CancelUnfound', orderId });
  });
});
