import type { Placement } from '#domain/inventory/events.ts';
import type { AmendmentDeclineReason } from '#domain/order/amendment-events.ts';
import type { FulfillmentId, LineId, OrderId, PaymentId, Sku, WarehouseCode } from '#domain/shared/ids.ts';
import { defineProcess, type IssuedCommand, type Source } from './define-process.ts';
import { derivedId } from './derived-id.ts';
import { preferredWarehouses, sharesByWarehouse } from './sourcing.ts';

type LineStock =
  | { readonly status: 'asked' | 'expired' }
  | { readonly status: 'refused'; readonly available: number }
  | { readonly status: 'reserved'; readonly onShelf: readonly Placement[] }
  | { readonly status: 'allocated'; readonly placements: readonly Placement[] };

type WantedLine = {
  readonly lineId: LineId;
  readonly sku: Sku;
  /** Beyond what the order had. */
  readonly quantity: number;
  readonly stock: LineStock;
};

type Running = {
  /** reserving: stock is asked for. authorizing: the bank is. completing: both said yes. allocating: it is recorded. */
  readonly status: 'reserving' | 'authorizing' | 'completing' | 'allocating';
  readonly orderId: OrderId;
  readonly amendmentId: string;
  /** AmendmentRequested: commands that join several answers are derived from it. */
  readonly requestedEventId: string;
  readonly chargeMinor: number;
  readonly wanted: readonly WantedLine[];
  readonly warehousesByDistance: readonly WarehouseCode[];
};

export type AmendmentState = {
  readonly running: Running | null;
  /** Payments of amendments that came to nothing: whatever they still come to hold is let go. */
  readonly forgone: readonly PaymentId[];
};

export const amendmentPaymentIdOf = (amendmentId: string): PaymentId => derivedId('payment', amendmentId) as PaymentId;

const withStock = (running: Running, lineId: LineId, stock: LineStock): Running => ({
  ...running,
  wanted: running.wanted.map((line) => (line.lineId === lineId ? { ...line, stock } : line)),
});

const stockOf = (running: Running | null, lineId: LineId): LineStock['status'] | null =>
  running?.wanted.find((line) => line.lineId === lineId)?.stock.status ?? null;

const decline = ({ orderId, amendmentId, requestedEventId }: Running, reason: AmendmentDeclineReason, source: Source) =>
  source.issue(amendmentId, { type: 'DeclineAmendment', orderId, amendmentId, reason }, requestedEventId);

const reserve = ({ orderId }: Running, { lineId, sku, quantity }: WantedLine, source: Source): IssuedCommand =>
  source.issue(lineId, { type: 'ReserveMoreStock', sku, orderId, lineId, quantity });

/** Recorded, run out, and sold to someone else meanwhile: a person decides. */
const holdForStock = ({ orderId, amendmentId }: Running, source: Source): IssuedCommand => {
  const holdId = derivedId('hold', 'amendment', amendmentId);
  const reason = 'The stock for an amendment was sold before it was set aside. Amend the order, or cancel it.';
  return source.issue(holdId, { type: 'PlaceHold', orderId, holdId, reason });
};

const complete = (running: Running, source: Source) => {
  const { orderId, amendmentId, requestedEventId } = running;
  const next: Running = { ...running, status: 'completing' };
  const intent = { type: 'CompleteAmendment' as const, orderId, amendmentId };
  return { running: next, commands: [source.issue(amendmentId, intent, requestedEventId)] };
};

/** When stock has answered for every added unit: asks the bank, records the amendment, or says what is sold out. */
const whenAnswered = (running: Running, source: Source): { running: Running; commands: IssuedCommand[] } => {
  if (running.wanted.some(({ stock }) => stock.status === 'asked')) return { running, commands: [] };
  const soldOut = running.wanted.flatMap(({ lineId, sku, quantity, stock }) =>
    stock.status === 'refused' ? [{ lineId, sku, requested: quantity, available: stock.available }] : [],
  );
  if (soldOut.length > 0) return { running, commands: [decline(running, { code: 'SoldOut', lines: soldOut }, source)] };
  const { orderId, amendmentId, chargeMinor, requestedEventId } = running;
  if (chargeMinor === 0) return complete(running, source);
  const paymentId = amendmentPaymentIdOf(amendmentId);
  const intent = { type: 'RequestAuthorization' as const, orderId, paymentId, amountMinor: chargeMinor };
  return {
    running: { ...running, status: 'authorizing' },
    commands: [source.issue(paymentId, intent, requestedEventId)],
  };
};

const allocate = (running: Running, lines: readonly WantedLine[], source: Source): IssuedCommand[] => {
  const { orderId, warehousesByDistance, wanted } = running;
  const sourced = wanted.map((line) => ({
    ...line,
    onShelf: line.stock.status === 'reserved' ? line.stock.onShelf : [],
  }));
  const preferred = preferredWarehouses(sourced, warehousesByDistance);
  return lines
    .filter(({ stock }) => stock.status === 'reserved')
    .map(({ lineId, sku }) => source.issue(lineId, { type: 'AllocateStock', sku, orderId, lineId, preferred }));
};

/** When every added unit has its warehouse: each is told, in the parcel that it has open or in another one. */
const whenAllocated = (running: Running, source: Source) => {
  const allocated = running.wanted.flatMap(({ lineId, stock }) =>
    stock.status === 'allocated' ? [{ lineId, placements: stock.placements }] : [],
  );
  if (allocated.length < running.wanted.length) return { running, commands: [] };
  const { orderId, amendmentId, requestedEventId } = running;
  const commands = sharesByWarehouse(allocated).map(({ warehouse, lines }) => {
    const fulfillmentId = derivedId('fulfillment', orderId, warehouse, amendmentId) as FulfillmentId;
    return source.issue(
      fulfillmentId,
      { type: 'SourceLines', orderId, fulfillmentId, warehouse, lines },
      requestedEventId,
    );
  });
  return { running: null, commands };
};

/** Gives back what was held for an amendment that came to nothing. */
const giveUp = (state: AmendmentState, running: Running, source: Source) => {
  const { orderId, amendmentId, wanted, chargeMinor } = running;
  const paymentId = amendmentPaymentIdOf(amendmentId);
  const reason = 'The order was not amended.';
  const stock = wanted
    .filter((line) => line.stock.status === 'reserved')
    .map(({ lineId, sku }) => source.issue(lineId, { type: 'ReleaseReservation', sku, orderId, lineId, reason }));
  if (chargeMinor === 0) return { state: { ...state, running: null }, commands: stock };
  return {
    state: { running: null, forgone: [...state.forgone, paymentId] },
    commands: [...stock, letGo(orderId, paymentId, source)],
  };
};

const letGo = (orderId: OrderId, paymentId: PaymentId, source: Source): IssuedCommand =>
  source.issue(paymentId, {
    type: 'ReleasePayment',
    orderId,
    paymentId,
    refundId: derivedId('refund', paymentId, source.recorded.eventId),
    reason: 'The order was not amended.',
  });

const isItsPayment = (running: Running | null, paymentId: PaymentId): running is Running =>
  running?.status === 'authorizing' && paymentId === amendmentPaymentIdOf(running.amendmentId);

/**
 * AmendmentRequested → stock for what is added → a further authorization → the changes and OrderAmended in one batch →
 * warehouses for what is added. No stock, or the bank's no, and nothing of it is done: AmendmentDeclined.
 */
export const amendment = defineProcess<AmendmentState>({
  name: 'amendment',
  version: 1,
  initial: { running: null, forgone: [] },
  on: {
    AmendmentRequested: (state, event, source) => {
      const { orderId, amendmentId, chargeMinor, warehousesByDistance, additions } = event;
      if (state.running?.amendmentId === amendmentId) return {};
      const running: Running = {
        status: 'reserving',
        orderId,
        amendmentId,
        requestedEventId: source.recorded.eventId,
        chargeMinor,
        warehousesByDistance,
        wanted: additions.map((line) => ({ ...line, stock: { status: 'asked' } })),
      };
      const reservations = running.wanted.map((line) => reserve(running, line, source));
      const { running: next, commands } = whenAnswered(running, source);
      return { state: { ...state, running: next }, commands: [...reservations, ...commands] };
    },
    StockReserved: (state, { lineId, onShelf }, source) => {
      const before = stockOf(state.running, lineId);
      if (!state.running || (before !== 'asked' && before !== 'expired')) return {};
      const now = withStock(state.running, lineId, { status: 'reserved', onShelf });
      if (before === 'expired') {
        const again = now.wanted.filter((line) => line.lineId === lineId);
        const commands = now.status === 'allocating' ? allocate(now, again, source) : [];
        return { state: { ...state, running: now }, commands };
      }
      const { running, commands } = whenAnswered(now, source);
      return { state: { ...state, running }, commands };
    },
    StockReservationRejected: (state, { lineId, available }, source) => {
      const before = stockOf(state.running, lineId);
      if (!state.running || (before !== 'asked' && before !== 'expired')) return {};
      if (before === 'expired') return { commands: [holdForStock(state.running, source)] };
      const { running, commands } = whenAnswered(
        withStock(state.running, lineId, { status: 'refused', available }),
        source,
      );
      return { state: { ...state, running }, commands };
    },
    ReservationExpired: (state, { lineId }, source) => {
      const { running } = state;
      if (!running || stockOf(running, lineId) !== 'reserved') return {};
      if (running.status === 'reserving' || running.status === 'authorizing')
        return { commands: [decline(running, { code: 'PaymentNotCompleted' }, source)] };
      // As good as recorded: asked for anew, as the checkout does.
      const next = withStock(running, lineId, { status: 'expired' });
      const again = running.wanted
        .filter((line) => line.lineId === lineId)
        .map((line) => reserve(running, line, source));
      return { state: { ...state, running: next }, commands: again };
    },
    PaymentAuthorized: (state, { orderId, paymentId }, source) => {
      if (state.forgone.includes(paymentId)) return { commands: [letGo(orderId, paymentId, source)] };
      if (!isItsPayment(state.running, paymentId)) return {};
      const { running, commands } = complete(state.running, source);
      return { state: { ...state, running }, commands };
    },
    PaymentDeclined: ({ running }, { paymentId, code }, source) =>
      isItsPayment(running, paymentId)
        ? { commands: [decline(running, { code: 'PaymentDeclined', declineCode: code }, source)] }
        : {},
    AuthorizationExpired: ({ running }, { paymentId }, source) =>
      isItsPayment(running, paymentId) ? { commands: [decline(running, { code: 'PaymentNotCompleted' }, source)] } : {},
    OrderAmended: (state, { amendmentId }, source) => {
      if (state.running?.amendmentId !== amendmentId) return {};
      if (state.running.wanted.length === 0) return { state: { ...state, running: null } };
      const running: Running = { ...state.running, status: 'allocating' };
      return { state: { ...state, running }, commands: allocate(running, running.wanted, source) };
    },
    StockAllocated: (state, { lineId, placements }, source) => {
      if (!state.running || stockOf(state.running, lineId) !== 'reserved') return {};
      const { running, commands } = whenAllocated(
        withStock(state.running, lineId, { status: 'allocated', placements }),
        source,
      );
      return { state: { ...state, running }, commands };
    },
    AmendmentDeclined: (state, { amendmentId }, source) =>
      state.running?.amendmentId === amendmentId ? giveUp(state, state.running, source) : {},
    // What was held for it is given back by `cancellation`.
    OrderCanceled: (state) => ({ state: { ...state, running: null } }),
    /** What is no longer to be picked is no longer set aside. */
    FulfillmentReduced: (_state, { fulfillmentId, orderId, warehouse, lines, restock }, source) => ({
      commands: lines.map(({ lineId, sku, quantity }) =>
        source.issue(`${fulfillmentId}/${lineId}`, {
          type: 'ReleaseAllocation',
          sku,
          orderId,
          lineId,
          placements: [{ warehouse, quantity }],
          restock,
        }),
      ),
    }),
  },
});
