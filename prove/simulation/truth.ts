import type { DomainEvent, WaybillEvent } from '#domain/events/registry.ts';
import { allLines } from '#domain/inventory/by-line.ts';
import { decide as decideStock, type InventoryCommand } from '#domain/inventory/decide.ts';
import type { InventoryEvent } from '#domain/inventory/events.ts';
import { evolve as evolveStock } from '#domain/inventory/evolve.ts';
import { availableQuantity, type Inventory, type StockLevel, untracked } from '#domain/inventory/state.ts';
import { addsUp } from '#domain/order/pricing.ts';
import { capturedMinor, capturePendingMinor, refundedMinor, refundPendingMinor } from '#domain/payment/state.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import { sum } from '#domain/shared/money.ts';
import { decide, type WaybillCommand } from '#domain/waybill/decide.ts';
import { blankWaybill, evolve, type Waybill } from '#domain/waybill/state.ts';
import { summarize } from '#domain/waybill/summary.ts';
import { expect } from './simulation-error.ts';

type Recorded = RecordedEvent<DomainEvent>;
type Ledger = { received: number; shipped: number; adjusted: number };

/** The states that all events fold to, and what has to hold of them after each. */
export type Truth = {
  readonly waybills: ReadonlyMap<string, Waybill>;
  readonly stocks: ReadonlyMap<string, Inventory>;
  /** Folds one event, and checks everything that it touches. */
  take(recorded: Recorded): void;
  readonly counts: ReadonlyMap<string, number>;
  /** Throws what `take` threw first: whoever appended may take that for an error of the database, and try again. */
  expectKept(): void;
};

const isStock = (recorded: Recorded): recorded is RecordedEvent<InventoryEvent> => recorded.streamType === 'inventory';

const checkStock = (state: Inventory, ledger: Ledger): void => {
  if (state.status === 'untracked') return;
  const { sku } = state;
  const levels = Object.values<StockLevel>(state.levels);
  expect(availableQuantity(state) >= 0, 'Available stock is never below zero', { sku });
  for (const { onHand, allocated, unavailable } of levels)
    expect(
      onHand >= 0 && allocated >= 0 && unavailable >= 0 && onHand - allocated - unavailable >= 0,
      'No shelf is ever below zero',
      { sku, levels },
    );
  const reservations = allLines(state.reservations);
  expect(state.reserved === sum(reservations.map(({ quantity }) => quantity)), 'Reserved is the sum of reservations');
  const claims = allLines(state.allocations);
  expect(
    sum(levels.map(({ allocated }) => allocated)) ===
      sum(claims.flatMap(({ placements }) => placements.map(({ quantity }) => quantity))),
    'Allocated is the sum of allocations',
    { sku },
  );
  expect(
    sum(levels.map(({ onHand }) => onHand)) === ledger.received - ledger.shipped + ledger.adjusted,
    'No stock is lost: on hand = received − shipped + adjusted',
    { sku, ledger },
  );
};

/** An amendment is one batch: its facts come before its sums, and those before what is given back. */
const beforeTheSums: ReadonlySet<string> = new Set([
  'OrderLineAdded',
  'OrderLineQuantityChanged',
  'OrderLineRemoved',
  'OrderLinePriceOverridden',
  'DiscountApplied',
  'DiscountRemoved',
  'ShippingAddressChanged',
  'ShippingMethodChanged',
  'FulfillmentReduced',
  'FulfillmentReaddressed',
]);
const beforeTheRefund: ReadonlySet<string> = new Set([
  ...beforeTheSums,
  'OrderAmended',
  'OrderLinesCanceled',
  'RefundRequested',
]);

/**
 * What the bank refused to give back. Refused for an amendment, nobody can make it; refused for another reason, it had
 * held up what an amendment gives back, which is asked for again at the order's end: `checkPaid` wants that to the unit.
 */
const refusedMinor = ({ payments }: Waybill): number =>
  sum(
    Object.values(payments)
      .flatMap(({ refunds }) => Object.values(refunds))
      .filter(({ status }) => status === 'failed')
      .map(({ amountMinor }) => amountMinor),
  );

const checkMoney = (waybill: Waybill, type: DomainEvent['type']): void => {
  for (const payment of Object.values(waybill.payments)) {
    const [captured, refunded] = [capturedMinor(payment), refundedMinor(payment)];
    const amounts = {
      paymentId: payment.paymentId,
      authorized: payment.authorizedMinor,
      captured,
      capturePending: capturePendingMinor(payment),
      refunded,
      refundPending: refundPendingMinor(payment),
    };
    expect(refunded + amounts.refundPending <= captured, 'refunded + refundPending ≤ captured', amounts);
    expect(captured + amounts.capturePending <= payment.authorizedMinor, 'captured ≤ authorized', amounts);
  }
  const { order } = waybill;
  if (order.status === 'absent') return;
  if (!beforeTheSums.has(type)) expect(addsUp(order), 'Totals add up to the minor unit', { orderId: order.orderId });
  const summary = summarize(waybill);
  if (!summary) return;
  const { paidMinor, refundedMinor: refunded, refundPendingMinor: pending, refundableMinor } = summary;
  expect(refunded + pending + refundableMinor === paidMinor, 'refunded + pending + refundable = paid', summary);
  if (!beforeTheRefund.has(type))
    expect(
      paidMinor - refunded - pending - refusedMinor(waybill) <= order.totals.grandTotalMinor,
      'Nobody pays more than the order costs, what is given back set aside',
      summary,
    );
};

/** A command without an id of its own: that the same one came again is known by its command id alone. */
const reliesOnCommandId: ReadonlySet<string> = new Set([
  'PickItem',
  'ReportShortPick',
  'UpdateTracking',
  'CancelLines',
  'ExtendFulfillment',
  'ReceiveStock',
  'AdjustStock',
  'ReserveMoreStock',
  'ReturnStock',
]);

/** What was just decided and done, decided again: nothing may change. */
export const expectSettled = (command: WaybillCommand, waybill: Waybill): void => {
  if (reliesOnCommandId.has(command.type)) return;
  const again = decide(command, waybill);
  expect(!again.ok || again.events.length === 0, 'A command given twice changes nothing the second time', {
    command: command.type,
    again,
  });
};

export const expectStockSettled = (command: InventoryCommand, stock: Inventory): void => {
  if (reliesOnCommandId.has(command.type)) return;
  const again = decideStock(command, stock);
  const events = again.ok ? again.events.filter(({ type }) => type !== 'StockReservationRejected') : [];
  expect(events.length === 0, 'A command on stock given twice changes nothing the second time', { command, events });
};

export const createTruth = (): Truth => {
  const waybills = new Map<string, Waybill>();
  const stocks = new Map<string, Inventory>();
  const ledgers = new Map<string, Ledger>();
  const counts = new Map<string, number>();
  let broken: unknown = null;

  const take = (recorded: Recorded): void => {
    const { event } = recorded;
    counts.set(event.type, (counts.get(event.type) ?? 0) + 1);
    if (isStock(recorded)) {
      const { event: moved } = recorded;
      const ledger = ledgers.get(moved.sku) ?? { received: 0, shipped: 0, adjusted: 0 };
      if (moved.type === 'StockReceived' || moved.type === 'StockReturned') ledger.received += moved.quantity;
      if (moved.type === 'StockShipped') ledger.shipped += moved.quantity;
      if (moved.type === 'StockAdjusted') ledger.adjusted += moved.delta;
      ledgers.set(moved.sku, ledger);
      const state = evolveStock(stocks.get(moved.sku) ?? untracked, moved);
      stocks.set(moved.sku, state);
      checkStock(state, ledger);
      return;
    }
    const orderKey = recorded.orderKey ?? '';
    const waybill = evolve(waybills.get(orderKey) ?? blankWaybill, event as WaybillEvent);
    waybills.set(orderKey, waybill);
    checkMoney(waybill, event.type);
  };

  return {
    waybills,
    stocks,
    counts,
    take: (recorded) => {
      try {
        take(recorded);
      } catch (error) {
        broken ??= error;
        throw error;
      }
    },
    expectKept: () => {
      if (broken !== null) throw broken;
    },
  };
};
