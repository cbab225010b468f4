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

type Running = {
  readonly status: 'running';
  readonly lines: Readonly<Record<LineId, ShippingLine>>;
  /** Shipping cost that no capture has carried yet. */
  readonly shippingMinor: number;
  readonly paymentId: PaymentId | null;
  readonly fulfillments: Readonly<
    Record<FulfillmentId, { readonly warehouse: WarehouseCode; readonly status: 'live' | 'shipped' | 'delivered' }>
  >;
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
  if (!paymentId || amountMinor === 0) return [];
  const captureId = captureIdOf(fulfillmentId);
  return [
    source.issue(captureId, { type: 'RequestCapture', orderId, paymentId, captureId, fulfillmentId, amountMinor }),
  ];
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

/** What leaves the house leaves the books and is paid for; what has all arrived completes the order. */
export const shipping = defineProcess<ShippingState>({
  name: 'shipping',
  version: 1,
  initial: { status: 'idle' },
  on: {
    OrderPlaced: (state, event) => {
      if (state.status !== 'idle') return {};
      const lines: Record<LineId, ShippingLine> = {};
      for (const { lineId, sku, quantity, totalMinor } of event.lines)
        lines[lineId] = { sku, quantity, totalMinor, shipped: 0 };
      const { shippingMinor } = event.totals;
      return { state: { status: 'running', lines, shippingMinor, paymentId: null, fulfillments: {} } };
    },
    PaymentAuthorized: (state, { paymentId }) => (state.status === 'running' ? { state: { ...state, paymentId } } : {}),
    FulfillmentCreated: (state, { fulfillmentId, warehouse }) => {
      if (state.status !== 'running' || state.fulfillments[fulfillmentId]) return {};
      return {
        state: { ...state, fulfillments: { ...state.fulfillments, [fulfillmentId]: { warehouse, status: 'live' } } },
      };
    },
    FulfillmentCanceled: (state, { fulfillmentId }) => {
      if (state.status !== 'running') return {};
      const { [fulfillmentId]: _canceled, ...fulfillments } = state.fulfillments;
      return { state: { ...state, fulfillments } };
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
      return { state: afterShipment(state, event), commands: [...stock, ...capture(state, event, source)] };
    },
    FulfillmentDelivered: (state, { fulfillmentId, orderId }, source) => {
      if (state.status !== 'running') return {};
      const fulfillment = state.fulfillments[fulfillmentId];
      if (!fulfillment) return {};
      const fulfillments = { ...state.fulfillments, [fulfillmentId]: { ...fulfillment, status: 'delivered' as const } };
      const allArrived = Object.values<{ status: string }>(fulfillments).every(({ status }) => status === 'delivered');
      return {
        state: { ...state, fulfillments },
        commands: allArrived ? [source.issue(orderId, { type: 'CompleteOrder', orderId })] : [],
      };
    },
  },
});
