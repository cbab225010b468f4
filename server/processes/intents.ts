import type { DeliverFulfillment, UpdateTracking } from '#domain/fulfillment/decide.ts';
import type {
  AllocateStock,
  ExpireReservation,
  InventoryCommand,
  ReleaseAllocation,
  ReleaseReservation,
  ReserveStock,
  ShipStock,
} from '#domain/inventory/decide.ts';
import type { ConfirmOrder, PlaceHold, RecordNotification, RejectOrder } from '#domain/order/decide.ts';
import type { RequestCapture } from '#domain/payment/decide.ts';
import { capturableMinor, type ExistingPayment, isTakenElsewhere, refundableMinor } from '#domain/payment/state.ts';
import { unreachable } from '#domain/shared/decider.ts';
import type { FulfillmentId, LineId, OrderId, PaymentId, WarehouseCode } from '#domain/shared/ids.ts';
import type { CancelOrder, CompleteOrder, WaybillCommand } from '#domain/waybill/decide.ts';
import type { Waybill } from '#domain/waybill/state.ts';

/** How long stock waits for its payment. */
const reservationLastsMs = 15 * 60_000;

/** Asks for the whole of what the order costs, by the method that it was placed with. */
export type RequestAuthorizationIntent = {
  readonly type: 'RequestAuthorization';
  readonly orderId: OrderId;
  readonly paymentId: PaymentId;
};
/** Name, address and promise are the order's: a process state must not hold them. */
export type CreateFulfillmentIntent = {
  readonly type: 'CreateFulfillment';
  readonly orderId: OrderId;
  readonly fulfillmentId: FulfillmentId;
  readonly warehouse: WarehouseCode;
  readonly sourcing: string;
  readonly lines: readonly { readonly lineId: LineId; readonly quantity: number }[];
};
/** Lets go of whatever a payment holds by now: expires, voids or refunds it. */
export type ReleasePaymentIntent = {
  readonly type: 'ReleasePayment';
  readonly orderId: OrderId;
  readonly paymentId: PaymentId;
  readonly refundId: string;
  readonly reason: string;
};
/** Gives back what an order that is complete did not need of its authorization. Moot when nothing is left of it. */
export type ReleaseRemainderIntent = {
  readonly type: 'ReleaseRemainder';
  readonly orderId: OrderId;
  readonly paymentId: PaymentId;
};
/** Moot when the payment has gone on since the timer was set. */
export type ExpireAuthorizationIntent = {
  readonly type: 'ExpireAuthorization';
  readonly orderId: OrderId;
  readonly paymentId: PaymentId;
  readonly onlyWhile: 'unanswered' | 'uncaptured';
};

/** What a process wants of an order; completed on the order's newest state (`completeForWaybill`). */
export type WaybillIntent =
  | RequestAuthorizationIntent
  | CreateFulfillmentIntent
  | ReleasePaymentIntent
  | ReleaseRemainderIntent
  | ExpireAuthorizationIntent
  | ConfirmOrder
  | RejectOrder
  | CancelOrder
  | CompleteOrder
  | PlaceHold
  | RecordNotification
  | RequestCapture
  | UpdateTracking
  | DeliverFulfillment;

/** What a process wants of a SKU's stock; the clock is read when it is issued (`completeForInventory`). */
export type InventoryIntent =
  | Omit<ReserveStock, 'expiresAt'>
  | Omit<ExpireReservation, 'now'>
  | ReleaseReservation
  | AllocateStock
  | ReleaseAllocation
  | ShipStock;

export type Intent = WaybillIntent | InventoryIntent;

export const isInventoryIntent = (intent: Intent): intent is InventoryIntent => 'sku' in intent;

/** Puts the time into a command against stock. */
export const completeForInventory = (intent: InventoryIntent, now: Date): InventoryCommand => {
  switch (intent.type) {
    case 'ReserveStock':
      return { ...intent, expiresAt: new Date(now.getTime() + reservationLastsMs).toISOString() };
    case 'ExpireReservation':
      return { ...intent, now: now.toISOString() };
    case 'ReleaseReservation':
    case 'AllocateStock':
    case 'ReleaseAllocation':
    case 'ShipStock':
      return intent;
    default:
      return unreachable(intent);
  }
};

const requestAuthorization = (intent: RequestAuthorizationIntent, { order }: Waybill): WaybillCommand | null =>
  order.status === 'absent'
    ? null
    : {
        ...intent,
        currency: order.currency,
        amountMinor: order.totals.grandTotalMinor,
        method: order.paymentMethod,
      };

const createFulfillment = (intent: CreateFulfillmentIntent, { order }: Waybill): WaybillCommand | null => {
  if (order.status === 'absent') return null;
  const { orderNumber, subjectId, tier, shipTo, shippingMethod, promise } = order;
  const lines = intent.lines.flatMap(({ lineId, quantity }) => {
    const line = order.lines.find((candidate) => candidate.lineId === lineId);
    if (!line) return [];
    const { sku, name, picture, hue, bin } = line;
    return [{ lineId, sku, name, picture, hue, bin, quantity }];
  });
  return { ...intent, orderNumber, subjectId, tier, shipTo, shippingMethod, promise, lines };
};

const isUnanswered = ({ status }: ExistingPayment): boolean => status === 'pending' || status === 'requires_action';

const releasePayment = (intent: ReleasePaymentIntent, { payments }: Waybill): WaybillCommand | null => {
  const { orderId, paymentId, refundId, reason } = intent;
  const payment = payments[paymentId];
  if (!payment) return null;
  // The bank may still say yes; what it then holds is released when that is heard.
  if (isUnanswered(payment)) return { type: 'ExpireAuthorization', orderId, paymentId };
  if (payment.status !== 'authorized') return null;
  if (isTakenElsewhere(payment)) {
    // Not ours to give back: a person is told, instead of a gateway that has never heard of it.
    const text = 'This payment was taken in another system. Give the money back there.';
    return { type: 'AddNote', orderId, noteId: refundId, text, visibility: 'internal' };
  }
  if (capturableMinor(payment) === payment.authorizedMinor) return { type: 'RequestVoid', orderId, paymentId };
  const amountMinor = refundableMinor(payment);
  return amountMinor > 0 ? { type: 'RequestRefund', orderId, paymentId, refundId, amountMinor, reason } : null;
};

const releaseRemainder = (intent: ReleaseRemainderIntent, { payments }: Waybill): WaybillCommand | null => {
  const { orderId, paymentId } = intent;
  const payment = payments[paymentId];
  if (!payment || capturableMinor(payment) === 0) return null;
  return { type: 'RequestVoid', orderId, paymentId };
};

const expireAuthorization = (intent: ExpireAuthorizationIntent, { payments }: Waybill): WaybillCommand | null => {
  const { orderId, paymentId, onlyWhile } = intent;
  const payment = payments[paymentId];
  if (!payment) return null;
  const isUncaptured = payment.status === 'authorized' && capturableMinor(payment) === payment.authorizedMinor;
  const applies = onlyWhile === 'unanswered' ? isUnanswered(payment) : isUncaptured;
  return applies ? { type: 'ExpireAuthorization', orderId, paymentId } : null;
};

/** Makes the command of an intent, from what the order is now; null when there is nothing left to do. Pure. */
export const completeForWaybill = (intent: WaybillIntent, waybill: Waybill): WaybillCommand | null => {
  switch (intent.type) {
    case 'RequestAuthorization':
      return requestAuthorization(intent, waybill);
    case 'CreateFulfillment':
      return createFulfillment(intent, waybill);
    case 'ReleasePayment':
      return releasePayment(intent, waybill);
    case 'ReleaseRemainder':
      return releaseRemainder(intent, waybill);
    case 'ExpireAuthorization':
      return expireAuthorization(intent, waybill);
    case 'ConfirmOrder':
    case 'RejectOrder':
    case 'CancelOrder':
    case 'CompleteOrder':
    case 'PlaceHold':
    case 'RecordNotification':
    case 'RequestCapture':
    case 'UpdateTracking':
    case 'DeliverFulfillment':
      return intent;
    default:
      return unreachable(intent);
  }
};
