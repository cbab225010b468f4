import type { LineId, OrderId, PaymentId, Sku } from '#domain/shared/ids.ts';
import { defineProcess, type TimerChange } from './define-process.ts';
import { derivedId } from './derived-id.ts';

/** How long a customer may take to answer their bank's question (3-D Secure). */
const challengeLastsMs = 10 * 60_000;

export type ExpiryState = {
  /** Lines whose stock waits for the payment; the timer stands at the last of their ends. */
  readonly waiting: Readonly<Record<LineId, { readonly sku: Sku; readonly until: string }>>;
  readonly challenged: boolean;
  /** Whether the timer of an authorization's end is set. */
  readonly authorized: boolean;
  readonly confirmed: boolean;
  /** Payments that an amendment waits for: when one runs out, the order itself is still paid for. */
  readonly additional: readonly PaymentId[];
};

const reservationTimer = (orderId: OrderId): string => derivedId('timer', 'reservation', orderId);
const challengeTimer = (paymentId: PaymentId): string => derivedId('timer', 'challenge', paymentId);
const authorizationTimer = (paymentId: PaymentId): string => derivedId('timer', 'authorization', paymentId);

const noLongerWaits = (state: ExpiryState, event: { readonly orderId: OrderId; readonly lineId: LineId }) => {
  if (!state.waiting[event.lineId]) return {};
  const { [event.lineId]: _gone, ...waiting } = state.waiting;
  const isLast = Object.keys(waiting).length === 0;
  return {
    state: { ...state, waiting },
    timers: isLast ? [{ type: 'cancel' as const, timerId: reservationTimer(event.orderId) }] : [],
  };
};

const answered = (state: ExpiryState, { paymentId }: { readonly paymentId: PaymentId }) =>
  state.challenged
    ? {
        state: { ...state, challenged: false },
        timers: [{ type: 'cancel' as const, timerId: challengeTimer(paymentId) }],
      }
    : {};

const taken = (state: ExpiryState, { paymentId }: { readonly paymentId: PaymentId }) =>
  state.authorized
    ? {
        state: { ...state, authorized: false },
        timers: [{ type: 'cancel' as const, timerId: authorizationTimer(paymentId) }],
      }
    : {};

/** What doesn't wait for ever: reserved stock, a question of the bank, an authorization. */
export const expiry = defineProcess<ExpiryState>({
  name: 'expiry',
  version: 2,
  initial: { waiting: {}, challenged: false, authorized: false, confirmed: false, additional: [] },
  upgrade: (state, version) => {
    if (version !== 1) throw new Error(`Process expiry has a state of version ${version}`);
    return { ...(state as Omit<ExpiryState, 'additional'>), additional: [] };
  },
  on: {
    StockReserved: (state, { orderId, lineId, sku, expiresAt }, source) => {
      const waiting = { ...state.waiting, [lineId]: { sku, until: expiresAt } };
      const lines = Object.entries(waiting) as [LineId, { sku: Sku; until: string }][];
      const dueAt =
        lines
          .map(([, { until }]) => until)
          .toSorted()
          .at(-1) ?? expiresAt;
      const timer: TimerChange = {
        type: 'set',
        timerId: reservationTimer(orderId),
        dueAt,
        commands: lines.map(([id, line]) =>
          source.issue(id, { type: 'ExpireReservation', sku: line.sku, orderId, lineId: id }),
        ),
      };
      return { state: { ...state, waiting }, timers: [timer] };
    },
    StockAllocated: noLongerWaits,
    ReservationReleased: noLongerWaits,
    ReservationExpired: noLongerWaits,
    PaymentActionRequired: (state, { orderId, paymentId }, source) => {
      const dueAt = new Date(Date.parse(source.recorded.recordedAt) + challengeLastsMs).toISOString();
      const expire = source.issue(paymentId, {
        type: 'ExpireAuthorization',
        orderId,
        paymentId,
        onlyWhile: 'unanswered',
      });
      return {
        state: { ...state, challenged: true },
        timers: [{ type: 'set', timerId: challengeTimer(paymentId), dueAt, commands: [expire] }],
      };
    },
    AuthorizationRequested: (state, { paymentId }) =>
      state.confirmed ? { state: { ...state, additional: [...state.additional, paymentId] } } : {},
    PaymentDeclined: answered,
    PaymentAuthorized: (before, { orderId, paymentId, expiresAt }, source) => {
      const { state = before, timers = [] } = answered(before, { paymentId });
      const expire = source.issue(paymentId, {
        type: 'ExpireAuthorization',
        orderId,
        paymentId,
        onlyWhile: 'uncaptured',
      });
      return {
        state: { ...state, authorized: true, additional: state.additional.filter((each) => each !== paymentId) },
        timers: [
          ...timers,
          { type: 'set', timerId: authorizationTimer(paymentId), dueAt: expiresAt, commands: [expire] },
        ],
      };
    },
    PaymentCaptured: taken,
    PaymentVoided: taken,
    OrderConfirmed: (state) => ({ state: { ...state, confirmed: true } }),
    AuthorizationExpired: (before, event, source) => {
      const ended = answered(before, event);
      const { orderId, paymentId } = event;
      const state = { ...(ended.state ?? before), authorized: false };
      if (!state.confirmed || state.additional.includes(paymentId)) return { ...ended, state };
      // Nothing leaves the house that nobody will pay for; a person decides.
      const holdId = derivedId('hold', 'authorization', paymentId);
      const reason = 'The payment authorization has run out.';
      return { ...ended, state, commands: [source.issue(holdId, { type: 'PlaceHold', orderId, holdId, reason })] };
    },
  },
});
