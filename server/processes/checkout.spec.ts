import { describe, test } from 'vitest';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { Placement } from '#domain/inventory/events.ts';
import type { Currency } from '#domain/shared/money.ts';
import { checkout, fulfillmentIdOf, paymentIdOf } from './checkout.ts';
import { at, lineId, lyon, orderId, orderPlaced, porto, sku } from './testing/events.ts';
import { given } from './testing/process-spec.ts';

const paymentId = paymentIdOf(orderId);
const currency = 'EUR' as Currency;
const placed = orderPlaced();
const everywhere: Placement[] = [
  { warehouse: lyon, quantity: 9 },
  { warehouse: porto, quantity: 9 },
];
const mug = { sku: sku('MUG'), orderId, lineId: lineId('line-mug') };
const tent = { sku: sku('TENT'), orderId, lineId: lineId('line-tent') };
const mugReserved = (onShelf = everywhere): DomainEvent => ({
  type: 'StockReserved',
  ...mug,
  quantity: 2,
  expiresAt: at,
  onShelf,
});
const tentReserved = (onShelf = everywhere): DomainEvent => ({
  type: 'StockReserved',
  ...tent,
  quantity: 1,
  expiresAt: at,
  onShelf,
});
const tentSoldOut: DomainEvent = { type: 'StockReservationRejected', ...tent, requested: 1, available: 0 };
const mugExpired: DomainEvent = { type: 'ReservationExpired', ...mug, quantity: 2 };
const authorized: DomainEvent = {
  type: 'PaymentAuthorized',
  paymentId,
  orderId,
  currency,
  amountMinor: placed.totals.grandTotalMinor,
  gatewayReference: 'pi_1',
  expiresAt: at,
};
const confirmed: DomainEvent = { type: 'OrderConfirmed', orderId };
const allocated = (line: typeof mug, quantity: number, ...placements: Placement[]): DomainEvent => ({
  type: 'StockAllocated',
  ...line,
  quantity,
  placements,
});

describe('checkout', () => {
  test('asks for the stock of each line when an order is placed', () => {
    given(checkout)
      .when(placed)
      .thenCommands({ type: 'ReserveStock', ...mug, quantity: 2 }, { type: 'ReserveStock', ...tent, quantity: 1 });
  });

  test('does not ask the bank while a line is unanswered', () => {
    given(checkout, placed).when(mugReserved()).thenCommands();
  });

  test('asks the bank when every line is reserved', () => {
    given(checkout, placed, mugReserved())
      .when(tentReserved())
      .thenCommands({ type: 'RequestAuthorization', orderId, paymentId });
  });

  test('never asks the bank for stock that is not there: the order is rejected, naming the lines', () => {
    given(checkout, placed, mugReserved())
      .when(tentSoldOut)
      .thenCommands({
        type: 'RejectOrder',
        orderId,
        reason: { code: 'SoldOut', lines: [{ lineId: tent.lineId, sku: tent.sku, requested: 1, available: 0 }] },
      });
  });

  test('waits for all answers, so that every line that is sold out is named', () => {
    given(checkout, placed).when(tentSoldOut).thenCommands();
    given(checkout, placed, tentSoldOut)
      .when({ type: 'StockReservationRejected', ...mug, requested: 2, available: 1 })
      .thenCommands({
        type: 'RejectOrder',
        orderId,
        reason: {
          code: 'SoldOut',
          lines: [
            { lineId: mug.lineId, sku: mug.sku, requested: 2, available: 1 },
            { lineId: tent.lineId, sku: tent.sku, requested: 1, available: 0 },
          ],
        },
      });
  });

  test('confirms an order that costs nothing without asking a bank', () => {
    const gift = orderPlaced({
      lines: [{ id: 'line-mug', sku: 'MUG', quantity: 2, price: 500 }],
      discountMinor: 1_000,
      shippingMinor: 0,
    });
    given(checkout, gift).when(mugReserved()).thenCommands({ type: 'ConfirmOrder', orderId });
  });

  test('confirms when the bank says yes', () => {
    given(checkout, placed, mugReserved(), tentReserved())
      .when(authorized)
      .thenCommands({ type: 'ConfirmOrder', orderId });
  });

  test('rejects when the bank says no, with its reason', () => {
    given(checkout, placed, mugReserved(), tentReserved())
      .when({ type: 'PaymentDeclined', paymentId, orderId, currency, code: 'insufficient_funds' })
      .thenCommands({
        type: 'RejectOrder',
        orderId,
        reason: { code: 'PaymentDeclined', declineCode: 'insufficient_funds' },
      });
  });

  test('prefers the nearest warehouse when it holds the whole order', () => {
    given(checkout, placed, mugReserved(), tentReserved(), authorized)
      .when(confirmed)
      .thenCommands(
        { type: 'AllocateStock', ...mug, preferred: [porto, lyon] },
        { type: 'AllocateStock', ...tent, preferred: [porto, lyon] },
      );
  });

  test('prefers a farther warehouse that holds the whole order to a nearer one that does not', () => {
    const mugsInPorto: Placement[] = [{ warehouse: porto, quantity: 1 }, ...everywhere.slice(0, 1)];
    given(checkout, placed, mugReserved(mugsInPorto), tentReserved(), authorized)
      .when(confirmed)
      .thenCommands(
        { type: 'AllocateStock', ...mug, preferred: [lyon, porto] },
        { type: 'AllocateStock', ...tent, preferred: [lyon, porto] },
      );
  });

  test('a reservation heard of after the confirmation, in a history told order by order, is not acted on', () => {
    given(checkout, placed, confirmed).when(mugReserved()).thenCommands();
  });

  test('sends all from one warehouse when one was found', () => {
    given(
      checkout,
      placed,
      mugReserved(),
      tentReserved(),
      authorized,
      confirmed,
      allocated(mug, 2, { warehouse: porto, quantity: 2 }),
    )
      .when(allocated(tent, 1, { warehouse: porto, quantity: 1 }))
      .thenCommands({
        type: 'CreateFulfillment',
        orderId,
        fulfillmentId: fulfillmentIdOf(orderId, porto),
        warehouse: porto,
        sourcing: 'nearest with all 2 lines',
        lines: [
          { lineId: mug.lineId, quantity: 2 },
          { lineId: tent.lineId, quantity: 1 },
        ],
      });
  });

  test('makes one fulfillment a warehouse when the order is split, a line included', () => {
    const before = [placed, mugReserved(), tentReserved(), authorized, confirmed];
    given(checkout, ...before, allocated(mug, 2, { warehouse: porto, quantity: 1 }, { warehouse: lyon, quantity: 1 }))
      .when(allocated(tent, 1, { warehouse: lyon, quantity: 1 }))
      .thenCommands(
        {
          type: 'CreateFulfillment',
          orderId,
          fulfillmentId: fulfillmentIdOf(orderId, porto),
          warehouse: porto,
          sourcing: 'split over 2 warehouses',
          lines: [{ lineId: mug.lineId, quantity: 1 }],
        },
        {
          type: 'CreateFulfillment',
          orderId,
          fulfillmentId: fulfillmentIdOf(orderId, lyon),
          warehouse: lyon,
          sourcing: 'split over 2 warehouses',
          lines: [
            { lineId: mug.lineId, quantity: 1 },
            { lineId: tent.lineId, quantity: 1 },
          ],
        },
      );
  });

  test('rejects an order whose reservation runs out before the bank has answered', () => {
    given(checkout, placed, mugReserved(), tentReserved())
      .when(mugExpired)
      .thenCommands({ type: 'RejectOrder', orderId, reason: { code: 'PaymentNotCompleted' } });
  });

  test('rejects an order whose customer did not answer the bank in time', () => {
    given(checkout, placed, mugReserved(), tentReserved())
      .when({ type: 'AuthorizationExpired', paymentId, orderId, currency })
      .thenCommands({ type: 'RejectOrder', orderId, reason: { code: 'PaymentNotCompleted' } });
  });

  test('ignores an authorization that comes after the order was given up', () => {
    given(checkout, placed, mugReserved(), tentReserved(), mugExpired).when(authorized).thenCommands();
  });

  test('reserves again when a reservation runs out between the payment and the allocation', () => {
    given(checkout, placed, mugReserved(), tentReserved(), authorized)
      .when(mugExpired)
      .thenCommands({ type: 'ReserveStock', ...mug, quantity: 2 });
    given(checkout, placed, mugReserved(), tentReserved(), authorized, mugExpired, confirmed)
      .when(mugReserved())
      .thenCommands({ type: 'AllocateStock', ...mug, preferred: [porto, lyon] });
  });

  test('leaves no paid order without stock: sold meanwhile, it is canceled', () => {
    given(checkout, placed, mugReserved(), tentReserved(), authorized, confirmed, mugExpired)
      .when({ type: 'StockReservationRejected', ...mug, requested: 2, available: 0 })
      .thenCommands({
        type: 'CancelOrder',
        orderId,
        reason: 'The goods were sold before the payment came through.',
        restock: true,
      });
  });

  test('does nothing more for an order that was canceled', () => {
    const canceled: DomainEvent = {
      type: 'OrderCanceled',
      orderId,
      lines: [],
      reason: 'changed my mind',
      restock: true,
    };
    given(checkout, placed, mugReserved(), canceled).when(tentReserved()).thenCommands();
  });
});
