import type { Totals } from '#domain/order/events.ts';
import type { FulfillmentId, LineId, OrderId, PaymentId, Sku, WarehouseCode } from '#domain/shared/ids.ts';
import { amountMinorMost } from '#domain/shared/money.ts';
import { dueForSent } from '#domain/waybill/paid.ts';

export type ShippingLine = {
  readonly sku: Sku;
  readonly quantity: number;
  readonly totalMinor: number;
  readonly shipped: number;
};

/** Money for a shipment that the bank was asked for and has not paid. */
export type OpenCapture = {
  /** Null: an amendment made dearer what had left already. */
  readonly fulfillmentId: FulfillmentId | null;
  readonly paymentId: PaymentId;
  readonly amountMinor: number;
  /** Whether it is recorded. One that had become needless by then never will be. */
  readonly isRequested: boolean;
  /** Set once the bank has said no: the hold by which a person is asked to look. */
  readonly holdId: string | null;
};

/**
 * `leftMinor`: authorized, and not yet asked for. `isDoubtful`: it has run out, or the bank has said no to a part of it.
 * The bank may still pay, so it is asked for it, but after all others.
 */
export type Authorized = { readonly paymentId: PaymentId; readonly leftMinor: number; readonly isDoubtful: boolean };

/** A refund that is to make up for what was taken too much. */
export type MakingUp = {
  readonly amountMinor: number;
  /** `price`: the order came to cost less while it went on. `end`: it was settled. */
  readonly since: 'price' | 'end';
  readonly isRefused: boolean;
};

export type Running = {
  readonly status: 'running';
  readonly lines: Readonly<Record<LineId, ShippingLine>>;
  readonly shippingMinor: number;
  /** Asked of the bank, less what was given back since the order came to cost less. */
  readonly askedMinor: number;
  /** In the order in which the bank said yes: an amendment may have asked it again. What is doubtful stands last. */
  readonly payments: readonly Authorized[];
  readonly fulfillments: Readonly<
    Record<FulfillmentId, { readonly warehouse: WarehouseCode; readonly status: 'live' | 'shipped' | 'delivered' }>
  >;
  /** Of amendments that came to nothing: what they hold is let go, and must not be counted on. */
  readonly forgone: readonly PaymentId[];
  /** By capture id. The order is not complete while there is one. */
  readonly openCaptures: Readonly<Record<string, OpenCapture>>;
  /** The refunds by which its end, or each of them, was settled. Empty until it was complete. */
  readonly settledBy: readonly string[];
  /** Of what is given back since the order costs less: not asked for yet. Its refunds follow in the same append. */
  readonly promisedMinor: number;
  /** By refund id, until the money is back. */
  readonly makingUp: Readonly<Record<string, MakingUp>>;
};

export type ShippingState = { readonly status: 'idle' } | Running;

export const dueMinor = ({ lines, shippingMinor }: Pick<Running, 'lines' | 'shippingMinor'>): number =>
  dueForSent(Object.values<ShippingLine>(lines), shippingMinor);

type Shipment = {
  readonly fulfillmentId: FulfillmentId;
  readonly orderId: OrderId;
  readonly lines: readonly { readonly lineId: LineId; readonly quantity: number }[];
};

export const afterShipment = (state: Running, { fulfillmentId, lines }: Shipment): Running => {
  const shipped = { ...state.lines };
  for (const { lineId, quantity } of lines) {
    const line = shipped[lineId];
    if (line) shipped[lineId] = { ...line, shipped: line.shipped + quantity };
  }
  const fulfillment = state.fulfillments[fulfillmentId];
  const fulfillments = fulfillment
    ? { ...state.fulfillments, [fulfillmentId]: { ...fulfillment, status: 'shipped' as const } }
    : state.fulfillments;
  return { ...state, lines: shipped, fulfillments };
};

type Repriced = {
  readonly prices: readonly {
    readonly lineId: LineId;
    readonly sku: Sku;
    readonly quantity: number;
    readonly totalMinor: number;
  }[];
  readonly totalsBefore: Totals;
  readonly totalsAfter: Totals;
  readonly refundMinor: number;
};

/** The lines and sums as they are after an amendment, or after a part was called off. */
export const repriced = (state: Running, { prices, totalsBefore, totalsAfter, refundMinor }: Repriced): Running => ({
  ...state,
  lines: Object.fromEntries(
    prices.map(({ lineId, sku, quantity, totalMinor }) => [
      lineId,
      { sku, quantity, totalMinor, shipped: state.lines[lineId]?.shipped ?? 0 },
    ]),
  ),
  shippingMinor: state.shippingMinor + totalsAfter.shippingMinor - totalsBefore.shippingMinor,
  askedMinor: state.askedMinor - refundMinor,
  promisedMinor: state.promisedMinor + refundMinor,
});

export const withoutCapture = (state: Running, captureId: string): Running => {
  const { [captureId]: _settled, ...openCaptures } = state.openCaptures;
  return { ...state, openCaptures };
};

/** A payment that is let go, or of an amendment that came to nothing: nothing more is asked of it. */
export const withoutPayment = (state: Running, paymentId: PaymentId): Running => ({
  ...state,
  payments: state.payments.filter((each) => each.paymentId !== paymentId),
});

const withDoubtfulLast = (payments: readonly Authorized[]): Authorized[] =>
  payments.toSorted((a, b) => Number(a.isDoubtful) - Number(b.isDoubtful));

/** The bank said yes: for the first time, or again. */
export const withPayment = (state: Running, paymentId: PaymentId, amountMinor: number): Running => {
  const known = state.payments.find((each) => each.paymentId === paymentId);
  const held = { paymentId, leftMinor: amountMinor, ...known, isDoubtful: false };
  if (known && !known.isDoubtful) return state;
  return { ...state, payments: withDoubtfulLast([...withoutPayment(state, paymentId).payments, held]) };
};

export const withDoubt = (state: Running, paymentId: PaymentId): Running => ({
  ...state,
  payments: withDoubtfulLast(
    state.payments.map((each) => (each.paymentId === paymentId ? { ...each, isDoubtful: true } : each)),
  ),
});

/** What was asked of a payment and not paid is left of it again. */
export const withLeft = (state: Running, paymentId: PaymentId, amountMinor: number): Running => {
  const isKnown = state.payments.some((each) => each.paymentId === paymentId);
  if (!isKnown)
    return { ...state, payments: [...state.payments, { paymentId, leftMinor: amountMinor, isDoubtful: true }] };
  return {
    ...state,
    payments: state.payments.map((each) =>
      each.paymentId === paymentId ? { ...each, leftMinor: each.leftMinor + amountMinor } : each,
    ),
  };
};

type RunningOfVersion4 = Omit<Running, 'payments' | 'promisedMinor' | 'makingUp'> & {
  readonly payments: readonly Omit<Authorized, 'isDoubtful'>[];
};
type OpenCaptureOfVersion3 = Omit<OpenCapture, 'isRequested'>;
type RunningOfVersion3 = Omit<RunningOfVersion4, 'forgone' | 'settledBy' | 'openCaptures'> & {
  readonly openCaptures: Readonly<Record<string, OpenCaptureOfVersion3>>;
};

/** One payment an order, whose authorization was not kept. */
type RunningOfVersion2 = Omit<RunningOfVersion3, 'askedMinor' | 'payments' | 'openCaptures'> & {
  readonly paymentId: PaymentId | null;
  readonly openCaptures?: Readonly<Record<string, Omit<OpenCaptureOfVersion3, 'paymentId'>>>;
};

const fromVersion2 = (before: RunningOfVersion2): RunningOfVersion3 => {
  // The first release kept no open captures.
  const { paymentId, openCaptures = {}, ...rest } = before;
  const open = Object.entries<Omit<OpenCaptureOfVersion3, 'paymentId'>>(openCaptures);
  return {
    ...rest,
    // A shipping cost that was asked for already counted as none from then on.
    askedMinor: dueMinor({ lines: before.lines, shippingMinor: 0 }),
    payments: paymentId ? [{ paymentId, leftMinor: amountMinorMost }] : [],
    openCaptures: paymentId ? Object.fromEntries(open.map(([id, each]) => [id, { ...each, paymentId }])) : {},
  };
};

const fromVersion3 = (before: RunningOfVersion3): RunningOfVersion4 => ({
  ...before,
  openCaptures: Object.fromEntries(
    Object.entries<OpenCaptureOfVersion3>(before.openCaptures).map(([id, each]) => [
      id,
      { ...each, isRequested: true },
    ]),
  ),
  forgone: [],
  settledBy: [],
});

const fromVersion4 = (before: RunningOfVersion4): Running => ({
  ...before,
  payments: before.payments.map((payment) => ({ ...payment, isDoubtful: false })),
  promisedMinor: 0,
  makingUp: {},
});

/** Lifts the state of an earlier release. */
export const upgrade = (state: unknown, version: number): ShippingState => {
  if (version < 1 || version > 4) throw new Error(`Process shipping has a state of version ${version}`);
  const before = state as { readonly status: 'idle' } | RunningOfVersion4 | RunningOfVersion3 | RunningOfVersion2;
  if (before.status === 'idle') return before;
  if ('settledBy' in before) return fromVersion4(before);
  return fromVersion4(fromVersion3('payments' in before ? before : fromVersion2(before)));
};
