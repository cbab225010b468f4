import type { Totals } from '#domain/order/events.ts';
import type { FulfillmentId, LineId, OrderId, PaymentId, Sku, WarehouseCode } from '#domain/shared/ids.ts';
import { amountMinorMost, sum } from '#domain/shared/money.ts';
import { defineProcess, type Source } from './define-process.ts';
import { derivedId } from './derived-id.ts';

type ShippingLine = {
  readonly sku: Sku;
  readonly quantity: number;
  readonly totalMinor: number;
  readonly shipped: number;
};

/** Money for a shipment that the bank was asked for and has not paid. */
type OpenCapture = {
  /** Null: an amendment made dearer what had left already. */
  readonly fulfillmentId: FulfillmentId | null;
  readonly paymentId: PaymentId;
  readonly amountMinor: number;
  /** Set once the bank has said no: the hold by which a person is asked to look. */
  readonly holdId: string | null;
};

/** `leftMinor`: authorized, and not yet asked for. */
type Authorized = { readonly paymentId: PaymentId; readonly leftMinor: number };

type Running = {
  readonly status: 'running';
  readonly lines: Readonly<Record<LineId, ShippingLine>>;
  readonly shippingMinor: number;
  /** Asked of the bank, less what was given back since the order came to cost less. */
  readonly askedMinor: number;
  /** In the order in which the bank said yes: an amendment may have asked it again. */
  readonly payments: readonly Authorized[];
  readonly fulfillments: Readonly<
    Record<FulfillmentId, { readonly warehouse: WarehouseCode; readonly status: 'live' | 'shipped' | 'delivered' }>
  >;
  /** By capture id. The order is not complete while there is one. */
  readonly openCaptures: Readonly<Record<string, OpenCapture>>;
};

export type ShippingState = { readonly status: 'idle' } | Running;

/**
 * What is due once this much has left. Each piece is worth its step on the way to the line's total, so that all of
 * them add up to it to the minor unit, however they are shipped; the shipping cost is due with the first.
 */
const dueMinor = ({ lines, shippingMinor }: Pick<Running, 'lines' | 'shippingMinor'>): number => {
  const all = Object.values<ShippingLine>(lines);
  const goods = all.map(({ totalMinor, quantity, shipped }) =>
    Number((BigInt(totalMinor) * BigInt(Math.min(shipped, quantity))) / BigInt(quantity)),
  );
  return sum(goods) + (all.some(({ shipped }) => shipped > 0) ? shippingMinor : 0);
};

type Shipment = {
  readonly fulfillmentId: FulfillmentId;
  readonly orderId: OrderId;
  readonly lines: readonly { readonly lineId: LineId; readonly quantity: number }[];
};

const afterShipment = (state: Running, { fulfillmentId, lines }: Shipment): Running => {
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

/** `cause`: the fulfillment that was shipped, or the amendment. */
const captureIdOf = (cause: string, paymentId: PaymentId, isFirst: boolean): string =>
  isFirst ? derivedId('capture', cause) : derivedId('capture', cause, paymentId);

type Due = { readonly orderId: OrderId; readonly fulfillmentId: FulfillmentId | null; readonly cause: string };

/** How the payments share an amount: each gives what it has; what exceeds them all is asked of the last. */
const shares = (payments: readonly Authorized[], amountMinor: number): Authorized[] => {
  let left = amountMinor;
  return payments.map(({ paymentId, leftMinor }, index) => {
    const isLast = index === payments.length - 1;
    const part = isLast ? left : Math.min(left, leftMinor);
    left -= part;
    return { paymentId, leftMinor: part };
  });
};

/** Asks for what a shipment, or an amendment after it, has made due. Nothing for a gift, or where enough was paid before an amendment. */
const capture = (state: Running, { fulfillmentId, orderId, cause }: Due, source: Source) => {
  const amountMinor = dueMinor(state) - state.askedMinor;
  if (state.payments.length === 0 || amountMinor <= 0) return { state, commands: [] };
  const parts = shares(state.payments, amountMinor).flatMap(({ paymentId, leftMinor: part }, index) =>
    part === 0 ? [] : [{ captureId: captureIdOf(cause, paymentId, index === 0), paymentId, amountMinor: part }],
  );
  const asked = new Map(parts.map((part) => [part.paymentId, part.amountMinor]));
  const open = parts.map(({ captureId, ...part }) => [captureId, { fulfillmentId, ...part, holdId: null }] as const);
  return {
    state: {
      ...state,
      askedMinor: state.askedMinor + amountMinor,
      payments: state.payments.map(({ paymentId, leftMinor }) => ({
        paymentId,
        leftMinor: Math.max(0, leftMinor - (asked.get(paymentId) ?? 0)),
      })),
      openCaptures: { ...state.openCaptures, ...Object.fromEntries(open) },
    },
    commands: parts.map((part) =>
      source.issue(part.captureId, { type: 'RequestCapture', orderId, fulfillmentId, ...part }),
    ),
  };
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
const repriced = (state: Running, { prices, totalsBefore, totalsAfter, refundMinor }: Repriced): Running => ({
  ...state,
  lines: Object.fromEntries(
    prices.map(({ lineId, sku, quantity, totalMinor }) => [
      lineId,
      { sku, quantity, totalMinor, shipped: state.lines[lineId]?.shipped ?? 0 },
    ]),
  ),
  shippingMinor: state.shippingMinor + totalsAfter.shippingMinor - totalsBefore.shippingMinor,
  askedMinor: state.askedMinor - refundMinor,
});

const completeWhenDone = (state: Running, orderId: OrderId, source: Source) => {
  const fulfillments = Object.values<{ status: string }>(state.fulfillments);
  const allArrived = fulfillments.length > 0 && fulfillments.every(({ status }) => status === 'delivered');
  const isPaid = Object.keys(state.openCaptures).length === 0;
  return {
    state,
    commands: allArrived && isPaid ? [source.issue(orderId, { type: 'CompleteOrder', orderId })] : [],
  };
};

const withoutCapture = (state: Running, captureId: string): Running => {
  const { [captureId]: _settled, ...openCaptures } = state.openCaptures;
  return { ...state, openCaptures };
};

/** The bank's no to money for what has left already. A person decides; releasing the hold asks the bank again. */
const holdForMoney = (state: Running, event: { orderId: OrderId; captureId: string; code: string }, source: Source) => {
  const { orderId, captureId, code } = event;
  const open = state.openCaptures[captureId];
  if (!open) return {};
  const holdId = derivedId('hold', 'capture', captureId);
  const reason = `The bank did not pay for a shipment (${code}). Releasing this hold asks it again.`;
  return {
    state: { ...state, openCaptures: { ...state.openCaptures, [captureId]: { ...open, holdId } } },
    commands: [source.issue(holdId, { type: 'PlaceHold', orderId, holdId, reason })],
  };
};

const askAgain = (state: Running, orderId: OrderId, holdId: string, source: Source) => {
  const [failedId, failed] = Object.entries(state.openCaptures).find(([, open]) => open.holdId === holdId) ?? [];
  if (!failedId || !failed) return {};
  const { fulfillmentId, paymentId, amountMinor } = failed;
  // Another capture: the gateway would answer the old one as it did before.
  const captureId = derivedId('capture', fulfillmentId ?? failedId, source.recorded.eventId);
  const rest = withoutCapture(state, failedId);
  return {
    state: { ...rest, openCaptures: { ...rest.openCaptures, [captureId]: { ...failed, holdId: null } } },
    commands: [
      source.issue(captureId, { type: 'RequestCapture', orderId, paymentId, captureId, fulfillmentId, amountMinor }),
    ],
  };
};

/** One payment an order, whose authorization was not kept. */
type RunningOfVersion2 = Omit<Running, 'askedMinor' | 'payments' | 'openCaptures'> & {
  readonly paymentId: PaymentId | null;
  readonly openCaptures?: Readonly<Record<string, Omit<OpenCapture, 'paymentId'>>>;
};

/** What leaves the house leaves the books and is paid for; what has all arrived, and is paid, completes the order. */
export const shipping = defineProcess<ShippingState>({
  name: 'shipping',
  version: 3,
  initial: { status: 'idle' },
  upgrade: (state, version) => {
    if (version !== 1 && version !== 2) throw new Error(`Process shipping has a state of version ${version}`);
    const before = state as { readonly status: 'idle' } | RunningOfVersion2;
    if (before.status === 'idle') return before;
    // The first release kept no open captures.
    const { paymentId, openCaptures = {}, ...rest } = before;
    const open = Object.entries<Omit<OpenCapture, 'paymentId'>>(openCaptures);
    return {
      ...rest,
      // A shipping cost that was asked for already counted as none from then on.
      askedMinor: dueMinor({ lines: before.lines, shippingMinor: 0 }),
      payments: paymentId ? [{ paymentId, leftMinor: amountMinorMost }] : [],
      openCaptures: paymentId ? Object.fromEntries(open.map(([id, each]) => [id, { ...each, paymentId }])) : {},
    };
  },
  on: {
    OrderPlaced: (state, event) => {
      if (state.status !== 'idle') return {};
      const lines: Record<LineId, ShippingLine> = {};
      for (const { lineId, sku, quantity, totalMinor } of event.lines)
        lines[lineId] = { sku, quantity, totalMinor, shipped: 0 };
      const { shippingMinor } = event.totals;
      return {
        state: {
          status: 'running',
          lines,
          shippingMinor,
          askedMinor: 0,
          payments: [],
          fulfillments: {},
          openCaptures: {},
        },
      };
    },
    PaymentAuthorized: (state, { paymentId, amountMinor }) => {
      if (state.status !== 'running' || state.payments.some((each) => each.paymentId === paymentId)) return {};
      return { state: { ...state, payments: [...state.payments, { paymentId, leftMinor: amountMinor }] } };
    },
    PaymentVoided: (state, { paymentId }) =>
      state.status === 'running'
        ? { state: { ...state, payments: state.payments.filter((each) => each.paymentId !== paymentId) } }
        : {},
    FulfillmentCreated: (state, { fulfillmentId, warehouse }) => {
      if (state.status !== 'running' || state.fulfillments[fulfillmentId]) return {};
      return {
        state: { ...state, fulfillments: { ...state.fulfillments, [fulfillmentId]: { warehouse, status: 'live' } } },
      };
    },
    FulfillmentCanceled: (state, { fulfillmentId, orderId }, source) => {
      if (state.status !== 'running' || !state.fulfillments[fulfillmentId]) return {};
      const { [fulfillmentId]: _canceled, ...fulfillments } = state.fulfillments;
      const next = { ...state, fulfillments };
      if (Object.keys(fulfillments).length > 0) return completeWhenDone(next, orderId, source);
      // Nothing will ever be sent. When it was the order that was canceled, this is a no-op.
      const reason = 'None of the goods could be found.';
      return {
        state: next,
        commands: [source.issue(orderId, { type: 'CancelOrder', orderId, reason, restock: true })],
      };
    },
    ShortPickReported: (state, { fulfillmentId, orderId, lineId, sku, missing }, source) => {
      if (state.status !== 'running') return {};
      const warehouse = state.fulfillments[fulfillmentId]?.warehouse;
      if (!warehouse) return {};
      // It is not where it should be, so it doesn't go back on sale.
      const placements = [{ warehouse, quantity: missing }];
      const target = `${fulfillmentId}/${lineId}`;
      const intent = { type: 'ReleaseAllocation' as const, sku, orderId, lineId, placements, restock: false };
      return { commands: [source.issue(target, intent)] };
    },
    FulfillmentShipped: (state, event, source) => {
      if (state.status !== 'running' || state.fulfillments[event.fulfillmentId]?.status !== 'live') return {};
      const { fulfillmentId, orderId, warehouse } = event;
      const stock = event.lines.map(({ lineId, sku, quantity }) =>
        source.issue(`${fulfillmentId}/${lineId}`, { type: 'ShipStock', sku, orderId, lineId, warehouse, quantity }),
      );
      const due = { orderId, fulfillmentId, cause: fulfillmentId };
      const captured = capture(afterShipment(state, event), due, source);
      return { state: captured.state, commands: [...stock, ...captured.commands] };
    },
    FulfillmentDelivered: (state, { fulfillmentId, orderId }, source) => {
      if (state.status !== 'running') return {};
      const fulfillment = state.fulfillments[fulfillmentId];
      if (!fulfillment) return {};
      const fulfillments = { ...state.fulfillments, [fulfillmentId]: { ...fulfillment, status: 'delivered' as const } };
      return completeWhenDone({ ...state, fulfillments }, orderId, source);
    },
    // Less than was wanted, when the order came to cost less meanwhile.
    CaptureRequested: (state, { captureId, amountMinor }) => {
      const open = state.status === 'running' ? state.openCaptures[captureId] : undefined;
      if (state.status !== 'running' || !open || open.amountMinor === amountMinor) return {};
      const less = open.amountMinor - amountMinor;
      return {
        state: {
          ...state,
          askedMinor: state.askedMinor - less,
          payments: state.payments.map((each) =>
            each.paymentId === open.paymentId ? { ...each, leftMinor: each.leftMinor + less } : each,
          ),
          openCaptures: { ...state.openCaptures, [captureId]: { ...open, amountMinor } },
        },
      };
    },
    AmendmentDeclined: (state, { orderId }, source) =>
      state.status === 'running' ? completeWhenDone(state, orderId, source) : {},
    PaymentCaptured: (state, { captureId, orderId }, source) =>
      state.status === 'running' && state.openCaptures[captureId]
        ? completeWhenDone(withoutCapture(state, captureId), orderId, source)
        : {},
    CaptureFailed: (state, event, source) => (state.status === 'running' ? holdForMoney(state, event, source) : {}),
    OrderHoldReleased: (state, { orderId, holdId }, source) =>
      state.status === 'running' ? askAgain(state, orderId, holdId, source) : {},
    FulfillmentReduced: (state, { fulfillmentId, isEmpty }) => {
      if (state.status !== 'running' || !isEmpty) return {};
      const { [fulfillmentId]: _emptied, ...fulfillments } = state.fulfillments;
      return { state: { ...state, fulfillments } };
    },
    OrderAmended: (state, event, source) => {
      if (state.status !== 'running') return {};
      const { orderId, amendmentId } = event;
      const due = { orderId, fulfillmentId: null, cause: amendmentId };
      const { state: next, commands } = capture(repriced(state, event), due, source);
      const end = completeWhenDone(next, orderId, source);
      return { state: end.state, commands: [...commands, ...end.commands] };
    },
    OrderLinesCanceled: (state, event, source) => {
      if (state.status !== 'running') return {};
      // It may have been the last that the order waited for.
      return completeWhenDone(repriced(state, event), event.orderId, source);
    },
    OrderCompleted: (state, { orderId }, source) => {
      if (state.status !== 'running') return {};
      const remainders = state.payments.map(({ paymentId }) =>
        source.issue(paymentId, { type: 'ReleaseRemainder', orderId, paymentId }),
      );
      // Captured for what was to follow and was then not to be found, or has become cheaper since.
      const amountMinor = state.askedMinor - dueMinor(state);
      if (amountMinor <= 0) return { commands: remainders };
      const refundId = derivedId('refund', 'settled', source.recorded.eventId);
      const refund = source.issue(refundId, { type: 'Settle', orderId, refundId, amountMinor });
      return { state: { ...state, askedMinor: state.askedMinor - amountMinor }, commands: [...remainders, refund] };
    },
  },
});
