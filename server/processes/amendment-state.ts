import type { Placement } from '#domain/inventory/events.ts';
import { derivedId } from '#domain/shared/derived-id.ts';
import type { LineId, OrderId, PaymentId, Sku, WarehouseCode } from '#domain/shared/ids.ts';
import { amendmentPaymentIdOf } from '#domain/waybill/amendment-payment.ts';
import { paymentIdOf } from './checkout.ts';

export type LineStock =
  /** expired: run out, and asked for anew. sold: to someone else meanwhile; a person looks. */
  | { readonly status: 'asked' | 'expired' | 'sold' }
  | { readonly status: 'refused'; readonly available: number }
  | { readonly status: 'reserved'; readonly onShelf: readonly Placement[] }
  | { readonly status: 'allocated'; readonly placements: readonly Placement[] };

export type WantedLine = {
  readonly lineId: LineId;
  readonly sku: Sku;
  /** Beyond what the order had. */
  readonly quantity: number;
  /** Of these, called off while stock was asked: set free once it has answered. */
  readonly calledOff: number;
  readonly stock: LineStock;
};

export type Running = {
  /** reserving: stock is asked for. authorizing: the bank is. completing: both said yes. allocating: it is recorded. */
  readonly status: 'reserving' | 'authorizing' | 'completing' | 'allocating';
  readonly orderId: OrderId;
  readonly amendmentId: string;
  /** AmendmentRequested: commands that join several answers are derived from it. */
  readonly requestedEventId: string;
  readonly chargeMinor: number;
  /** What a further charge is asked of. */
  readonly paymentId: PaymentId;
  readonly wanted: readonly WantedLine[];
  readonly warehousesByDistance: readonly WarehouseCode[];
};

export type AmendmentState = {
  readonly running: Running | null;
  /** Payments of amendments that came to nothing: whatever they still come to hold is let go. */
  readonly forgone: readonly PaymentId[];
};

/** As it was derived before; null where that is the order's own payment, which no amendment may let go. */
const formerPaymentIdOf = (orderId: OrderId, amendmentId: string): PaymentId | null => {
  const former = derivedId('payment', amendmentId) as PaymentId;
  return former === paymentIdOf(orderId) ? null : former;
};

/** What an amendment may have asked the bank by, in this release or in one before. */
export const amendmentPaymentIdsOf = (orderId: OrderId, amendmentId: string): readonly PaymentId[] => {
  const former = formerPaymentIdOf(orderId, amendmentId);
  return [amendmentPaymentIdOf(orderId, amendmentId), ...(former ? [former] : [])];
};

export const withStock = (running: Running, lineId: LineId, stock: LineStock): Running => ({
  ...running,
  wanted: running.wanted.map((line) => (line.lineId === lineId ? { ...line, stock } : line)),
});

export const stockOf = (running: Running | null, lineId: LineId): LineStock['status'] | null =>
  running?.wanted.find((line) => line.lineId === lineId)?.stock.status ?? null;

export const isSold = ({ stock }: WantedLine): boolean => stock.status === 'sold';

/** The line without what was called off of it; nothing, when that was all. */
export const withoutCalledOff = (running: Running, lineId: LineId): Running => ({
  ...running,
  wanted: running.wanted.flatMap((line) => {
    if (line.lineId !== lineId) return [line];
    const quantity = line.quantity - line.calledOff;
    return quantity > 0 ? [{ ...line, quantity, calledOff: 0 }] : [];
  }),
});

/** Takes so many units off the placements, the last ones first. */
export const takenOff = (placements: readonly Placement[], quantity: number) => {
  let left = quantity;
  const parts = placements.toReversed().map((placement) => {
    const taken = Math.min(left, placement.quantity);
    left -= taken;
    return { taken: { ...placement, quantity: taken }, kept: { ...placement, quantity: placement.quantity - taken } };
  });
  const some = (each: Placement) => each.quantity > 0;
  return {
    taken: parts.map(({ taken }) => taken).filter(some),
    kept: parts
      .map(({ kept }) => kept)
      .toReversed()
      .filter(some),
  };
};

/** Also for what was sold: stock may have come in since it was asked by an earlier release. */
export const isAwaited = (stock: LineStock['status'] | null): boolean =>
  stock === 'asked' || stock === 'expired' || stock === 'sold';

export const isItsPayment = (running: Running | null, paymentId: PaymentId): running is Running =>
  running?.status === 'authorizing' && paymentId === running.paymentId;

type StateOfVersion1 = Omit<AmendmentState, 'running'> & {
  readonly running:
    | (Omit<Running, 'wanted' | 'paymentId'> & { readonly wanted: readonly Omit<WantedLine, 'calledOff'>[] })
    | null;
};

/**
 * What is under way keeps the payment that the bank may have been asked by already. The first release did not keep that
 * stock had said no to what had run out.
 */
export const upgrade = (state: unknown, version: number): AmendmentState => {
  if (version !== 1) throw new Error(`Process amendment has a state of version ${version}`);
  const { running, ...rest } = state as StateOfVersion1;
  if (!running) return { ...rest, running };
  const { orderId, amendmentId } = running;
  const paymentId = formerPaymentIdOf(orderId, amendmentId) ?? amendmentPaymentIdOf(orderId, amendmentId);
  const wanted = running.wanted.map(({ stock, ...line }): WantedLine => {
    const isRunOut = stock.status === 'expired';
    return { ...line, calledOff: 0, stock: isRunOut ? { status: 'sold' } : stock };
  });
  return { ...rest, running: { ...running, paymentId, wanted } };
};
