import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { WarehouseCode } from '#domain/shared/ids.ts';
import { type Currency, sum } from '#domain/shared/money.ts';
import { fulfillmentIdOf, paymentIdOf } from './checkout.ts';
import { derivedId } from './derived-id.ts';
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

  test('completes the order when every live fulfillment has arrived', () => {
    const past = [placed, authorized, created(porto, both), created(lyon, both), shipped(porto, both)];
    given(shipping, ...past, shipped(lyon, both))
      .when(delivered(porto))
      .thenCommands();
    given(shipping, ...past, shipped(lyon, both), delivered(porto))
      .when(delivered(lyon))
      .thenCommands({ type: 'CompleteOrder', orderId });
  });

  test('a canceled fulfillment does not keep the order open', () => {
    const canceled: DomainEvent = {
      type: 'FulfillmentCanceled',
      fulfillmentId: fulfillmentIdOf(orderId, lyon),
      orderId,
      reason: 'rerouted',
    };
    given(shipping, placed, authorized, created(porto, both), created(lyon, both), shipped(porto, both), canceled)
      .when(delivered(porto))
      .thenCommands({ type: 'CompleteOrder', orderId });
  });
});
