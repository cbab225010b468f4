import type { LineId, OrderId, PaymentId, Sku } from '#domain/shared/ids.ts';
import { defineProcess, type IssuedCommand, type Source } from './define-process.ts';
import { derivedId } from './derived-id.ts';

type Held = { readonly sku: Sku; readonly as: 'reservation' | 'allocation' };

export type CancellationState = {
  /** Null while the order lives. */
  readonly closed: { readonly reason: string; readonly restock: boolean } | null;
  readonly held: Readonly<Record<LineId, Held>>;
  readonly payments: readonly PaymentId[];
};

const releaseStock = (orderId: OrderId, lineId: LineId, held: Held, state: CancellationState, source: Source) => {
  const reason = state.closed?.reason ?? '';
  const forLine = { sku: held.sku, orderId, lineId };
  return held.as === 'reservation'
    ? source.issue(lineId, { type: 'ReleaseReservation', ...forLine, reason })
    : source.issue(lineId, {
        type: 'ReleaseAllocation',
        ...forLine,
        placements: null,
        restock: state.closed?.restock ?? true,
      });
};

const releasePayment = (orderId: OrderId, paymentId: PaymentId, reason: string, source: Source): IssuedCommand =>
  source.issue(paymentId, {
    type: 'ReleasePayment',
    orderId,
    paymentId,
    refundId: derivedId('refund', paymentId, source.recorded.eventId),
    reason,
  });

const close = (
  before: CancellationState,
  orderId: OrderId,
  closed: NonNullable<CancellationState['closed']>,
  source: Source,
) => {
  const state: CancellationState = { ...before, closed };
  const held = Object.entries(before.held) as [LineId, Held][];
  return {
    state,
    commands: [
      ...held.map(([lineId, line]) => releaseStock(orderId, lineId, line, state, source)),
      ...before.payments.map((paymentId) => releasePayment(orderId, paymentId, closed.reason, source)),
    ],
  };
};

const hold = (
  before: CancellationState,
  event: { readonly orderId: OrderId; readonly lineId: LineId; readonly sku: Sku },
  as: Held['as'],
  source: Source,
) => {
  const held: Held = { sku: event.sku, as };
  const state = { ...before, held: { ...before.held, [event.lineId]: held } };
  // It came after the order was closed: given back at once.
  return before.closed
    ? { state, commands: [releaseStock(event.orderId, event.lineId, held, state, source)] }
    : { state };
};

const letGo = (state: CancellationState, { lineId }: { readonly lineId: LineId }) => {
  const { [lineId]: _gone, ...held } = state.held;
  return { state: { ...state, held } };
};

const release = (
  state: CancellationState,
  { orderId, paymentId }: { readonly orderId: OrderId; readonly paymentId: PaymentId },
  source: Source,
) => ({ commands: state.closed ? [releasePayment(orderId, paymentId, state.closed.reason, source)] : [] });

const forget = (state: CancellationState, { paymentId }: { readonly paymentId: PaymentId }) => ({
  state: { ...state, payments: state.payments.filter((known) => known !== paymentId) },
});

/** Once an order is canceled or rejected, whatever it holds, or comes to hold later, is given back: stock and money. */
export const cancellation = defineProcess<CancellationState>({
  name: 'cancellation',
  version: 1,
  initial: { closed: null, held: {}, payments: [] },
  on: {
    StockReserved: (state, event, source) => hold(state, event, 'reservation', source),
    StockAllocated: (state, event, source) => hold(state, event, 'allocation', source),
    ReservationReleased: letGo,
    ReservationExpired: letGo,
    AllocationReleased: (state, event) => (state.closed ? letGo(state, event) : {}),
    AuthorizationRequested: (state, event, source) => ({
      ...release(state, event, source),
      state: { ...state, payments: [...forget(state, event).state.payments, event.paymentId] },
    }),
    PaymentAuthorized: (state, event, source) => ({
      ...release(state, event, source),
      state: { ...state, payments: [...forget(state, event).state.payments, event.paymentId] },
    }),
    PaymentCaptured: (state, event, source) => release(state, event, source),
    PaymentDeclined: forget,
    AuthorizationExpired: forget,
    PaymentVoided: forget,
    OrderCanceled: (state, { orderId, reason, restock }, source) => close(state, orderId, { reason, restock }, source),
    OrderRejected: (state, { orderId, reason }, source) =>
      close(state, orderId, { reason: reason.code, restock: true }, source),
  },
});
