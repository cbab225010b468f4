import { derivedId } from '#domain/shared/derived-id.ts';
import type { LineId, OrderId, PaymentId, Sku } from '#domain/shared/ids.ts';
import { defineProcess, type IssuedCommand, type Source } from './define-process.ts';

/** An amendment may reserve more of a line that has its warehouse already. */
type Held = { readonly sku: Sku; readonly reservation: boolean; readonly allocation: boolean };

export type CancellationState = {
  /** Null while the order lives. */
  readonly closed: { readonly reason: string; readonly restock: boolean } | null;
  readonly held: Readonly<Record<LineId, Held>>;
  readonly payments: readonly PaymentId[];
};

const releaseStock = (
  orderId: OrderId,
  lineId: LineId,
  held: Held,
  { closed }: CancellationState,
  source: Source,
): IssuedCommand[] => {
  const forLine = { sku: held.sku, orderId, lineId };
  const [reason, restock] = [closed?.reason ?? '', closed?.restock ?? true];
  return [
    ...(held.reservation ? [source.issue(lineId, { type: 'ReleaseReservation', ...forLine, reason })] : []),
    ...(held.allocation
      ? [source.issue(lineId, { type: 'ReleaseAllocation', ...forLine, placements: null, restock })]
      : []),
  ];
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
      ...held.flatMap(([lineId, line]) => releaseStock(orderId, lineId, line, state, source)),
      ...before.payments.map((paymentId) => releasePayment(orderId, paymentId, closed.reason, source)),
    ],
  };
};

type ForLine = { readonly orderId: OrderId; readonly lineId: LineId; readonly sku: Sku };

/** What is held of a line after it changed; what came after the order was closed is given back at once. */
const held = (before: CancellationState, event: ForLine, change: Partial<Omit<Held, 'sku'>>, source: Source) => {
  const { [event.lineId]: known, ...others } = before.held;
  const now: Held = { reservation: false, allocation: false, ...known, sku: event.sku, ...change };
  const isHeld = now.reservation || now.allocation;
  const state = { ...before, held: isHeld ? { ...others, [event.lineId]: now } : others };
  if (!before.closed) return { state };
  const came: Held = { ...now, reservation: change.reservation === true, allocation: change.allocation === true };
  return { state, commands: releaseStock(event.orderId, event.lineId, came, state, source) };
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
  version: 2,
  initial: { closed: null, held: {}, payments: [] },
  upgrade: (state, version) => {
    if (version !== 1) throw new Error(`Process cancellation has a state of version ${version}`);
    const before = state as Omit<CancellationState, 'held'> & {
      readonly held: Readonly<Record<LineId, { readonly sku: Sku; readonly as: 'reservation' | 'allocation' }>>;
    };
    const lines = Object.entries<{ readonly sku: Sku; readonly as: 'reservation' | 'allocation' }>(before.held);
    const now = lines.map(([lineId, { sku, as }]): [string, Held] => [
      lineId,
      { sku, reservation: as === 'reservation', allocation: as === 'allocation' },
    ]);
    return { ...before, held: Object.fromEntries(now) };
  },
  on: {
    StockReserved: (state, event, source) => held(state, event, { reservation: true }, source),
    StockAllocated: (state, event, source) => held(state, event, { reservation: false, allocation: true }, source),
    ReservationReleased: (state, event, source) => held(state, event, { reservation: false }, source),
    ReservationExpired: (state, event, source) => held(state, event, { reservation: false }, source),
    AllocationReleased: (state, event, source) =>
      state.closed ? held(state, event, { allocation: false }, source) : {},
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
