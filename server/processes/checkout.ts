import type { Placement } from '#domain/inventory/events.ts';
import { derivedId } from '#domain/shared/derived-id.ts';
import type { FulfillmentId, LineId, OrderId, PaymentId, Sku, WarehouseCode } from '#domain/shared/ids.ts';
import { defineProcess, type IssuedCommand, type Source } from './define-process.ts';
import { preferredWarehouses, sharesByWarehouse, sourcingInWords } from './sourcing.ts';

type LineStock =
  | { readonly status: 'asked' | 'expired' }
  | { readonly status: 'refused'; readonly requested: number; readonly available: number }
  | { readonly status: 'reserved'; readonly onShelf: readonly Placement[] }
  | { readonly status: 'allocated'; readonly placements: readonly Placement[] };

type CheckoutLine = {
  readonly lineId: LineId;
  readonly sku: Sku;
  readonly quantity: number;
  readonly stock: LineStock;
};

type Running = {
  /** reserving: stock is asked for. authorizing: the bank is. confirming: both said yes. allocating: it is confirmed. */
  readonly status: 'reserving' | 'authorizing' | 'confirming' | 'allocating';
  /** OrderPlaced: commands that join several answers are derived from it. */
  readonly placedEventId: string;
  readonly orderId: OrderId;
  readonly isFree: boolean;
  readonly lines: readonly CheckoutLine[];
  readonly warehousesByDistance: readonly WarehouseCode[];
};

export type CheckoutState = { readonly status: 'idle' | 'closed' | 'sourced' } | Running;

const isRunning = (state: CheckoutState): state is Running => 'lines' in state;
const closed: CheckoutState = { status: 'closed' };

/** The order's first payment. */
export const paymentIdOf = (orderId: OrderId): PaymentId => derivedId('payment', orderId) as PaymentId;
/** One fulfillment a warehouse. */
export const fulfillmentIdOf = (orderId: OrderId, warehouse: WarehouseCode): FulfillmentId =>
  derivedId('fulfillment', orderId, warehouse) as FulfillmentId;

const withStock = (state: Running, lineId: LineId, stock: LineStock): Running => ({
  ...state,
  lines: state.lines.map((line) => (line.lineId === lineId ? { ...line, stock } : line)),
});

const stockOf = (state: Running, lineId: LineId): LineStock['status'] | null =>
  state.lines.find((line) => line.lineId === lineId)?.stock.status ?? null;

const reserve = (state: Running, line: CheckoutLine, source: Source): IssuedCommand => {
  const { lineId, sku, quantity } = line;
  return source.issue(lineId, { type: 'ReserveStock', sku, orderId: state.orderId, lineId, quantity });
};

/** When every line has been answered: asks the bank, or says which lines are sold out. */
const whenAnswered = (state: Running, source: Source) => {
  const { orderId, placedEventId } = state;
  if (state.lines.some(({ stock }) => stock.status === 'asked')) return { state };
  const refused = state.lines.flatMap(({ lineId, sku, stock }) =>
    stock.status === 'refused' ? [{ lineId, sku, requested: stock.requested, available: stock.available }] : [],
  );
  if (refused.length > 0) {
    const reason = { code: 'SoldOut' as const, lines: refused };
    return { state, commands: [source.issue(orderId, { type: 'RejectOrder', orderId, reason }, placedEventId)] };
  }
  if (state.isFree) {
    const confirm = source.issue(orderId, { type: 'ConfirmOrder', orderId }, placedEventId);
    return { state: { ...state, status: 'confirming' as const }, commands: [confirm] };
  }
  const paymentId = paymentIdOf(orderId);
  const authorize = source.issue(paymentId, { type: 'RequestAuthorization', orderId, paymentId }, placedEventId);
  return { state: { ...state, status: 'authorizing' as const }, commands: [authorize] };
};

const allocate = (state: Running, lines: readonly CheckoutLine[], source: Source): IssuedCommand[] => {
  const { orderId, warehousesByDistance } = state;
  const sourced = state.lines.map((line) => ({
    ...line,
    onShelf: line.stock.status === 'reserved' ? line.stock.onShelf : [],
  }));
  const preferred = preferredWarehouses(sourced, warehousesByDistance);
  return lines
    .filter(({ stock }) => stock.status === 'reserved')
    .map(({ lineId, sku }) => source.issue(lineId, { type: 'AllocateStock', sku, orderId, lineId, preferred }));
};

/** When every line has its warehouses: one fulfillment each. */
const whenAllocated = (state: Running, source: Source) => {
  const allocated = state.lines.flatMap(({ lineId, stock }) =>
    stock.status === 'allocated' ? [{ lineId, placements: stock.placements }] : [],
  );
  if (allocated.length < state.lines.length) return { state };
  const { orderId, placedEventId } = state;
  const shares = sharesByWarehouse(allocated);
  const sourcing = sourcingInWords(shares.length, state.lines.length);
  const commands = shares.map(({ warehouse, lines }) => {
    const fulfillmentId = fulfillmentIdOf(orderId, warehouse);
    const intent = { type: 'CreateFulfillment' as const, orderId, fulfillmentId, warehouse, sourcing, lines };
    return source.issue(fulfillmentId, intent, placedEventId);
  });
  return { state: { status: 'sourced' as const }, commands };
};

/**
 * OrderPlaced → stock reserved → payment authorized → OrderConfirmed → warehouses chosen → fulfillments. The bank is
 * never asked for stock that isn't there; what was held for an order that fails is released by `cancellation`.
 */
export const checkout = defineProcess<CheckoutState>({
  name: 'checkout',
  version: 1,
  initial: { status: 'idle' },
  on: {
    OrderPlaced: (before, event, source) => {
      const state: Running = {
        status: 'reserving',
        placedEventId: source.recorded.eventId,
        orderId: event.orderId,
        isFree: event.totals.grandTotalMinor === 0,
        warehousesByDistance: event.warehousesByDistance,
        lines: event.lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity, stock: { status: 'asked' } })),
      };
      const commands = state.lines.map((line) => reserve(state, line, source));
      return before.status === 'idle' ? { state, commands } : { commands };
    },
    StockReserved: (state, { lineId, onShelf }, source) => {
      if (!isRunning(state)) return {};
      const before = stockOf(state, lineId);
      if (before !== 'asked' && before !== 'expired') return {};
      const next = withStock(state, lineId, { status: 'reserved', onShelf });
      if (state.status === 'reserving') return whenAnswered(next, source);
      // Heard of late, in a history that was told order by order: what it led to is told there as well.
      if (before === 'asked') return { state: next };
      // Reserved anew after it had run out.
      const again = next.lines.filter((line) => line.lineId === lineId);
      return { state: next, commands: state.status === 'allocating' ? allocate(next, again, source) : [] };
    },
    StockReservationRejected: (state, { lineId, requested, available }, source) => {
      if (!isRunning(state)) return {};
      if (state.status === 'reserving' && stockOf(state, lineId) === 'asked')
        return whenAnswered(withStock(state, lineId, { status: 'refused', requested, available }), source);
      if (stockOf(state, lineId) !== 'expired') return {};
      // Paid for, run out, and sold to someone else meanwhile: no paid order without stock.
      const { orderId } = state;
      const reason = 'The goods were sold before the payment came through.';
      return { commands: [source.issue(orderId, { type: 'CancelOrder', orderId, reason, restock: true })] };
    },
    ReservationExpired: (state, { lineId }, source) => {
      if (!isRunning(state) || stockOf(state, lineId) !== 'reserved') return {};
      const next = withStock(state, lineId, { status: 'expired' });
      const { orderId, placedEventId } = state;
      if (state.status === 'reserving' || state.status === 'authorizing') {
        const reason = { code: 'PaymentNotCompleted' as const };
        const command = source.issue(orderId, { type: 'RejectOrder', orderId, reason }, placedEventId);
        return { state: closed, commands: [command] };
      }
      const again = next.lines.filter((line) => line.lineId === lineId).map((line) => reserve(next, line, source));
      return { state: next, commands: again };
    },
    PaymentAuthorized: (state, { orderId }, source) => {
      if (!isRunning(state) || state.status !== 'authorizing') return {};
      const command = source.issue(orderId, { type: 'ConfirmOrder', orderId });
      return { state: { ...state, status: 'confirming' }, commands: [command] };
    },
    PaymentDeclined: (state, { orderId, code }, source) => {
      if (!isRunning(state) || state.status !== 'authorizing') return {};
      const reason = { code: 'PaymentDeclined' as const, declineCode: code };
      return { state: closed, commands: [source.issue(orderId, { type: 'RejectOrder', orderId, reason })] };
    },
    AuthorizationExpired: (state, { orderId }, source) => {
      if (!isRunning(state) || state.status !== 'authorizing') return {};
      const reason = { code: 'PaymentNotCompleted' as const };
      return { state: closed, commands: [source.issue(orderId, { type: 'RejectOrder', orderId, reason })] };
    },
    OrderConfirmed: (state, _event, source) => {
      if (!isRunning(state) || state.status === 'allocating') return {};
      const next: Running = { ...state, status: 'allocating' };
      return { state: next, commands: allocate(next, next.lines, source) };
    },
    StockAllocated: (state, { lineId, placements }, source) => {
      if (!isRunning(state) || stockOf(state, lineId) === null) return {};
      return whenAllocated(withStock(state, lineId, { status: 'allocated', placements }), source);
    },
    OrderRejected: () => ({ state: closed }),
    OrderCanceled: () => ({ state: closed }),
  },
});
