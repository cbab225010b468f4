import type { AmendmentDeclineReason } from '#domain/order/amendment-events.ts';
import { derivedId } from '#domain/shared/derived-id.ts';
import type { FulfillmentId, LineId, OrderId, PaymentId } from '#domain/shared/ids.ts';
import { stockHoldReason } from '#domain/waybill/amend.ts';
import { amendmentPaymentIdOf } from '#domain/waybill/amendment-payment.ts';
import { quantityIn } from '#domain/waybill/quantities.ts';
import {
  type AmendmentState,
  isAwaited,
  isItsPayment,
  isSold,
  type Running,
  stockOf,
  takenOff,
  upgrade,
  type WantedLine,
  withoutCalledOff,
  withStock,
} from './amendment-state.ts';
import { defineProcess, type IssuedCommand, type Source } from './define-process.ts';
import { preferredWarehouses, sharesByWarehouse } from './sourcing.ts';

const decline = ({ orderId, amendmentId, requestedEventId }: Running, reason: AmendmentDeclineReason, source: Source) =>
  source.issue(amendmentId, { type: 'DeclineAmendment', orderId, amendmentId, reason }, requestedEventId);

const reserve = ({ orderId }: Running, { lineId, sku, quantity }: WantedLine, source: Source): IssuedCommand =>
  source.issue(lineId, { type: 'ReserveMoreStock', sku, orderId, lineId, quantity });

const stockHoldIdOf = (amendmentId: string): string => derivedId('hold', 'amendment', amendmentId);

/** Recorded, run out, and sold to someone else meanwhile: a person decides. */
const holdForStock = ({ orderId, amendmentId }: Running, source: Source): IssuedCommand => {
  const holdId = stockHoldIdOf(amendmentId);
  return source.issue(holdId, { type: 'PlaceHold', orderId, holdId, reason: stockHoldReason });
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
  const { orderId, paymentId, chargeMinor, requestedEventId } = running;
  if (chargeMinor === 0) return complete(running, source);
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

/** Sets free what was called off of what has its warehouse by now; where stock has yet to answer, it waits. */
const settleCalledOff = (running: Running, source: Source): { running: Running; commands: IssuedCommand[] } => {
  const { orderId } = running;
  let next = running;
  const commands = running.wanted.flatMap(({ lineId, sku, calledOff, stock }): IssuedCommand[] => {
    const isAnswered = stock.status === 'sold' || stock.status === 'allocated';
    if (calledOff === 0 || !isAnswered) return [];
    next = withoutCalledOff(next, lineId);
    if (stock.status !== 'allocated') return [];
    const { taken, kept } = takenOff(stock.placements, calledOff);
    next = withStock(next, lineId, { status: 'allocated', placements: kept });
    const intent = { type: 'ReleaseAllocation' as const, sku, orderId, lineId, placements: taken, restock: true };
    return [source.issue(lineId, intent)];
  });
  return { running: next, commands };
};

const goOn = (state: AmendmentState, before: Running, source: Source) => {
  const settled = settleCalledOff(before, source);
  const { running, commands } = whenAllocated(settled.running, source);
  return { state: { ...state, running }, commands: [...settled.commands, ...commands] };
};

/** Sold to someone else meanwhile. Once the amendment is recorded there is one hold, however many lines it is of. */
const soldLine = (state: AmendmentState, running: Running, lineId: LineId, source: Source) => {
  const next = withStock(withoutCalledOff(running, lineId), lineId, { status: 'sold' });
  const isHeld = running.wanted.some((line) => line.lineId !== lineId && isSold(line));
  if (next.status !== 'allocating') return { state: { ...state, running: next } };
  if (!next.wanted.some(isSold)) return goOn(state, next, source);
  return { state: { ...state, running: next }, commands: isHeld ? [] : [holdForStock(next, source)] };
};

/** Gives back what was held for an amendment that came to nothing. */
const giveUp = (state: AmendmentState, running: Running, source: Source) => {
  const { orderId, paymentId, wanted, chargeMinor } = running;
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

/**
 * AmendmentRequested → stock for what is added → a further authorization → the changes and OrderAmended in one batch →
 * warehouses for what is added. No stock, or the bank's no, and nothing of it is done: AmendmentDeclined.
 */
export const amendment = defineProcess<AmendmentState>({
  name: 'amendment',
  version: 2,
  initial: { running: null, forgone: [] },
  upgrade,
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
        paymentId: amendmentPaymentIdOf(orderId, amendmentId),
        warehousesByDistance,
        wanted: additions.map((line) => ({ ...line, calledOff: 0, stock: { status: 'asked' } })),
      };
      const reservations = running.wanted.map((line) => reserve(running, line, source));
      const { running: next, commands } = whenAnswered(running, source);
      return { state: { ...state, running: next }, commands: [...reservations, ...commands] };
    },
    StockReserved: (state, { lineId, onShelf }, source) => {
      const before = stockOf(state.running, lineId);
      if (!state.running || !isAwaited(before)) return {};
      const now = withStock(state.running, lineId, { status: 'reserved', onShelf });
      if (before !== 'asked') {
        const again = now.wanted.filter((line) => line.lineId === lineId);
        const commands = now.status === 'allocating' ? allocate(now, again, source) : [];
        return { state: { ...state, running: now }, commands };
      }
      const { running, commands } = whenAnswered(now, source);
      return { state: { ...state, running }, commands };
    },
    StockReservationRejected: (state, { lineId, available }, source) => {
      const before = stockOf(state.running, lineId);
      if (!state.running || !isAwaited(before)) return {};
      if (before !== 'asked') return soldLine(state, state.running, lineId, source);
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
      const next = withStock(withoutCalledOff(running, lineId), lineId, { status: 'expired' });
      const again = next.wanted.filter((line) => line.lineId === lineId).map((line) => reserve(next, line, source));
      return again.length > 0 ? { state: { ...state, running: next }, commands: again } : goOn(state, next, source);
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
      const holds = running.wanted.some(isSold) ? [holdForStock(running, source)] : [];
      return { state: { ...state, running }, commands: [...allocate(running, running.wanted, source), ...holds] };
    },
    OrderHoldReleased: (state, { holdId }, source) => {
      const { running } = state;
      if (!running || holdId !== stockHoldIdOf(running.amendmentId)) return {};
      const sold = running.wanted.filter(isSold);
      const next = sold.reduce((before, { lineId }) => withStock(before, lineId, { status: 'expired' }), running);
      return { state: { ...state, running: next }, commands: sold.map((line) => reserve(running, line, source)) };
    },
    // Of what it waits for, nothing is in a parcel yet: what has its parcel is taken out of there.
    OrderLinesCanceled: (state, { lines }, source) => {
      if (state.running?.status !== 'allocating') return {};
      const wanted = state.running.wanted.map((line) => {
        const calledOff = line.calledOff + quantityIn(lines, line.lineId);
        return { ...line, calledOff: Math.min(line.quantity, calledOff) };
      });
      return goOn(state, { ...state.running, wanted }, source);
    },
    StockAllocated: (state, { lineId, placements }, source) => {
      if (!state.running || stockOf(state.running, lineId) !== 'reserved') return {};
      return goOn(state, withStock(state.running, lineId, { status: 'allocated', placements }), source);
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
