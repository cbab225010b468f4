import type { FulfillmentId, LineId, OrderId, PaymentId, Sku, WarehouseCode } from '#domain/shared/ids.ts';
import { sum } from '#domain/shared/money.ts';
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
  readonly fulfillmentId: FulfillmentId;
  readonly amountMinor: number;
  /** Set once the bank has said no: the hold by which a person is asked to look. */
  readonly holdId: string | null;
};

type Running = {
  readonly status: 'running';
  readonly lines: Readonly<Record<LineId, ShippingLine>>;
  /** Shipping cost that no capture has carried yet. */
  readonly shippingMinor: number;
  readonly paymentId: PaymentId | null;
  readonly fulfillments: Readonly<
    Record<FulfillmentId, { readonly warehouse: WarehouseCode; readonly status: 'live' | 'shipped' | 'delivered' }>
  >;
  /** By capture id. The order is not complete while there is one. */
  readonly openCaptures: Readonly<Record<string, OpenCapture>>;
};

export type ShippingState = { readonly status: 'idle' } | Running;

/**
 * What `quantity` more pieces of a line cost. Each piece is worth its step on the way to the line's total, so that
 * all of them add up to it to the minor unit, however they are shipped.
 */
const worthOf = (line: ShippingLine, quantity: number): number => {
  const upTo = (pieces: number) => (BigInt(line.totalMinor) * BigInt(pieces)) / BigInt(line.quantity);
  return Number(upTo(line.shipped + quantity) - upTo(line.shipped));
};

const captureIdOf = (fulfillmentId: FulfillmentId): string => derivedId('capture', fulfillmentId);

type Shipment = {
  readonly fulfillmentId: FulfillmentId;
  readonly orderId: OrderId;
  readonly lines: readonly { readonly lineId: LineId; readonly quantity: number }[];
};

const capture = (state: Running, { fulfillmentId, orderId, lines }: Shipment, source: Source) => {
  const goodsMinor = sum(
    lines.map(({ lineId, quantity }) => {
      const line = state.lines[lineId];
      return line ? worthOf(line, quantity) : 0;
    }),
  );
  const amountMinor = goodsMinor + state.shippingMinor;
  const { paymentId } = state;
  // A gift, or a shipment of nothing but gifts: no money to take.
  if (!paymentId || amountMinor === 0) return { openCaptures: state.openCaptures, commands: [] };
  const captureId = captureIdOf(fulfillmentId);
  return {
    openCaptures: { ...state.openCaptures, [captureId]: { fulfillmentId, amountMinor, holdId: null } },
    commands: [
      source.issue(captureId, { type: 'RequestCapture', orderId, paymentId, captureId, fulfillmentId, amountMinor }),
    ],
  };
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
  return { ...state, lines: shipped, shippingMinor: 0, fulfillments };
};

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
  const { paymentId } = state;
  if (!failedId || !failed || !paymentId) return {};
  const { fulfillmentId, amountMinor } = failed;
  // Another capture: the gateway would answer the old one as it did before.
  const captureId = derivedId('capture', fulfillmentId, source.recorded.eventId);
  const rest = withoutCapture(state, failedId);
  return {
    state: { ...rest, openCaptures: { ...rest.openCaptures, [captureId]: { ...failed, holdId: null } } },
    commands: [
      source.issue(captureId, { type: 'RequestCapture', orderId, paymentId, captureId, fulfillmentId, amountMinor }),
    ],
  };
};

/** What leaves the house leaves the books and is paid for; what has all arrived, and is paid, completes the order. */
export const shipping = defineProcess<ShippingState>({
  name: 'shipping',
  version: 2,
  initial: { status: 'idle' },
  upgrade: (state, version) => {
    if (version !== 1) throw new Error(`Process shipping has a state of version ${version}`);
    const before = state as { readonly status: 'idle' } | Omit<Running, 'openCaptures'>;
    return before.status === 'idle' ? before : { ...before, openCaptures: {} };
  },
  on: {
    OrderPlaced: (state, event) => {
      if (state.status !== 'idle') return {};
      const lines: Record<LineId, ShippingLine> = {};
      for (const { lineId, sku, quantity, totalMinor } of event.lines)
        lines[lineId] = { sku, quantity, totalMinor, shipped: 0 };
      const { shippingMinor } = event.totals;
      return {
        state: { status: 'running', lines, shippingMinor, paymentId: null, fulfillments: {}, openCaptures: {} },
      };
    },
    PaymentAuthorized: (state, { paymentId }) => (state.status === 'running' ? { state: { ...state, paymentId } } : {}),
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
      const { openCaptures, commands } = capture(state, event, source);
      return { state: { ...afterShipment(state, event), openCaptures }, commands: [...stock, ...commands] };
    },
    FulfillmentDelivered: (state, { fulfillmentId, orderId }, source) => {
      if (state.status !== 'running') return {};
      const fulfillment = state.fulfillments[fulfillmentId];
      if (!fulfillment) return {};
      const fulfillments = { ...state.fulfillments, [fulfillmentId]: { ...fulfillment, status: 'delivered' as const } };
      return completeWhenDone({ ...state, fulfillments }, orderId, source);
    },
    PaymentCaptured: (state, { captureId, orderId }, source) =>
      state.status === 'running' && state.openCaptures[captureId]
        ? completeWhenDone(withoutCapture(state, captureId), orderId, source)
        : {},
    CaptureFailed: (state, event, source) => (state.status === 'running' ? holdForMoney(state, event, source) : {}),
    OrderHoldReleased: (state, { orderId, holdId }, source) =>
      state.status === 'running' ? askAgain(state, orderId, holdId, source) : {},
    OrderCompleted: (state, { orderId }, source) =>
      state.status === 'running' && state.paymentId
        ? {
            commands: [
              source.issue(state.paymentId, { type: 'ReleaseRemainder', orderId, paymentId: state.paymentId }),
            ],
          }
        : {},
  },
});
