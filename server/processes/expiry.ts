import { derivedId } from '#domain/shared/derived-id.ts';
import type { LineId, OrderId, PaymentId, Sku } from '#domain/shared/ids.ts';
import { defineProcess, type Source, type TimerChange } from './define-process.ts';

/** How long a customer may take to answer their bank's question (3-D Secure). */
const challengeLastsMs = 10 * 60_000;

export type ExpiryState = {
  /** Lines whose stock waits for the payment; the timer stands at the last of their ends. */
  readonly waiting: Readonly<Record<LineId, { readonly sku: Sku; readonly until: string }>>;
  readonly challenged: boolean;
  /** What the bank holds until when, while any of it is left to capture; each has a timer at its end. */
  readonly authorizations: Readonly<Record<PaymentId, { readonly until: string; readonly leftMinor: number }>>;
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

type ForPayment = { readonly orderId: OrderId; readonly paymentId: PaymentId };

const whenAuthorizationEnds = ({ orderId, paymentId }: ForPayment, dueAt: string, source: Source): TimerChange => ({
  type: 'set',
  timerId: authorizationTimer(paymentId),
  dueAt,
  commands: [source.issue(paymentId, { type: 'ExpireAuthorization', orderId, paymentId, onlyWhile: 'uncaptured' })],
});

const nothingLeft = (state: ExpiryState, { paymentId }: { readonly paymentId: PaymentId }) => {
  if (!state.authorizations[paymentId]) return {};
  const { [paymentId]: _over, ...authorizations } = state.authorizations;
  return {
    state: { ...state, authorizations },
    timers: [{ type: 'cancel' as const, timerId: authorizationTimer(paymentId) }],
  };
};

/** Nothing ends while a capture is under way: the clock is set again, which may have struck meanwhile. */
const captureAnswered = (state: ExpiryState, event: ForPayment, amountMinor: number, source: Source) => {
  const held = state.authorizations[event.paymentId];
  if (!held) return {};
  const leftMinor = held.leftMinor - amountMinor;
  if (leftMinor <= 0) return nothingLeft(state, event);
  const authorizations = { ...state.authorizations, [event.paymentId]: { ...held, leftMinor } };
  return { state: { ...state, authorizations }, timers: [whenAuthorizationEnds(event, held.until, source)] };
};

type StateOfVersion2 = Omit<ExpiryState, 'authorizations'> & { readonly authorized: boolean };
type StateOfVersion1 = Omit<StateOfVersion2, 'additional'>;

/** The timers that are set keep standing. Until the second version a capture took them away, whatever was left. */
const upgrade = (state: unknown, version: number): ExpiryState => {
  if (version < 1 || version > 2) throw new Error(`Process expiry has a state of version ${version}`);
  const { authorized: _isSet, ...before } = state as StateOfVersion1 | StateOfVersion2;
  return { additional: [], ...before, authorizations: {} };
};

/** What doesn't wait for ever: reserved stock, a question of the bank, an authorization. */
export const expiry = defineProcess<ExpiryState>({
  name: 'expiry',
  version: 3,
  initial: { waiting: {}, challenged: false, authorizations: {}, confirmed: false, additional: [] },
  upgrade,
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
    PaymentAuthorized: (before, event, source) => {
      const { paymentId, amountMinor, expiresAt } = event;
      const { state = before, timers = [] } = answered(before, { paymentId });
      const held = { until: expiresAt, leftMinor: amountMinor };
      return {
        state: {
          ...state,
          authorizations: { ...state.authorizations, [paymentId]: held },
          additional: state.additional.filter((each) => each !== paymentId),
        },
        timers: [...timers, whenAuthorizationEnds(event, expiresAt, source)],
      };
    },
    PaymentCaptured: (state, event, source) => captureAnswered(state, event, event.amountMinor, source),
    CaptureFailed: (state, event, source) => captureAnswered(state, event, 0, source),
    PaymentVoided: nothingLeft,
    OrderConfirmed: (state) => ({ state: { ...state, confirmed: true } }),
    AuthorizationExpired: (before, event, source) => {
      const unanswered = answered(before, event);
      const held = nothingLeft(unanswered.state ?? before, event);
      const state = held.state ?? unanswered.state ?? before;
      const timers = [...(unanswered.timers ?? []), ...(held.timers ?? [])];
      const { orderId, paymentId } = event;
      if (!state.confirmed || state.additional.includes(paymentId)) return { state, timers };
      // Nothing leaves the house that nobody will pay for; a person decides.
      const holdId = derivedId('hold', 'authorization', paymentId);
      const reason = 'The payment authorization has run out.';
      const hold = { type: 'PlaceHold' as const, orderId, holdId, reason, unlessPaidFor: true };
      return { state, timers, commands: [source.issue(holdId, hold)] };
    },
  },
});
