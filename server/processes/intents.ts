import type { DeliverFulfillment, UpdateTracking } from '#domain/fulfillment/decide.ts';
import type { FulfillmentLine } from '#domain/fulfillment/events.ts';
import type {
  AllocateStock,
  ExpireReservation,
  InventoryCommand,
  ReleaseAllocation,
  ReleaseReservation,
  ReserveMoreStock,
  ReserveStock,
  ReturnStock,
  ShipStock,
} from '#domain/inventory/decide.ts';
import { blankAmendment } from '#domain/order/amend.ts';
import type { ConfirmOrder, PlaceHold, RecordNotification, RejectOrder } from '#domain/order/decide.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { RequestCapture } from '#domain/payment/decide.ts';
import { capturableMinor, type ExistingPayment, isTakenElsewhere, refundableMinor } from '#domain/payment/state.ts';
import { unreachable } from '#domain/shared/decider.ts';
import type { FulfillmentId, LineId, OrderId, PaymentId, WarehouseCode } from '#domain/shared/ids.ts';
import { sum } from '#domain/shared/money.ts';
import type { CompleteAmendment, DeclineAmendment } from '#domain/waybill/amend.ts';
import { type CancelOrder, type CompleteOrder, decide, type WaybillCommand } from '#domain/waybill/decide.ts';
import { paymentsOf, takenMinor } from '#domain/waybill/paid.ts';
import { isUnbegun } from '#domain/waybill/quantities.ts';
import { acceptedOf, goodsReturnedReason, worthOfReturn } from '#domain/waybill/returns.ts';
import { liveFulfillments, type Waybill } from '#domain/waybill/state.ts';

/** How long stock waits for its payment. */
const reservationLastsMs = 15 * 60_000;

/** Asks for the whole of what the order costs, by the method that it was placed with. */
export type RequestAuthorizationIntent = {
  readonly type: 'RequestAuthorization';
  readonly orderId: OrderId;
  readonly paymentId: PaymentId;
  /** Less than the whole: what an amendment adds. */
  readonly amountMinor?: number;
};
/** For an amendment: into the fulfillment that the warehouse has not begun with, or into one of its own. */
export type SourceLinesIntent = {
  readonly type: 'SourceLines';
  readonly orderId: OrderId;
  readonly fulfillmentId: FulfillmentId;
  readonly warehouse: WarehouseCode;
  readonly lines: readonly { readonly lineId: LineId; readonly quantity: number }[];
};
/** Gives back what was captured beyond what was sent, when the order ends. Moot when nothing can be given back. */
export type SettleIntent = {
  readonly type: 'Settle';
  readonly orderId: OrderId;
  readonly refundId: string;
  readonly amountMinor: number;
};
/** Gives back what an inspected return is worth. Moot when nothing can be given back. */
export type RefundReturnIntent = {
  readonly type: 'RefundReturn';
  readonly orderId: OrderId;
  readonly returnId: string;
  readonly refundId: string;
};
/** Sends the same again for what came back and was accepted, at no cost. */
export type ExchangeReturnIntent = {
  readonly type: 'ExchangeReturn';
  readonly orderId: OrderId;
  readonly returnId: string;
  readonly amendmentId: string;
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
  | SourceLinesIntent
  | RefundReturnIntent
  | ExchangeReturnIntent
  | SettleIntent
  | CompleteAmendment
  | DeclineAmendment
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
  | Omit<ReserveMoreStock, 'expiresAt'>
  | ReturnStock
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
    case 'ReserveMoreStock':
      return { ...intent, expiresAt: new Date(now.getTime() + reservationLastsMs).toISOString() };
    case 'ExpireReservation':
      return { ...intent, now: now.toISOString() };
    case 'ReleaseReservation':
    case 'ReturnStock':
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
        amountMinor: intent.amountMinor ?? order.totals.grandTotalMinor,
        method: order.paymentMethod,
      };

/** The lines as the floor needs them. */
const floorLines = (lines: CreateFulfillmentIntent['lines'], order: ExistingOrder): FulfillmentLine[] =>
  lines.flatMap(({ lineId, quantity }) => {
    const line = order.lines.find((candidate) => candidate.lineId === lineId);
    if (!line) return [];
    const { sku, name, picture, hue, bin } = line;
    return [{ lineId, sku, name, picture, hue, bin, quantity }];
  });

const createFulfillment = (intent: CreateFulfillmentIntent, { order }: Waybill): WaybillCommand | null => {
  if (order.status === 'absent') return null;
  const { orderNumber, subjectId, tier, shipTo, shippingMethod, promise } = order;
  const lines = floorLines(intent.lines, order);
  return { ...intent, orderNumber, subjectId, tier, shipTo, shippingMethod, promise, lines };
};

const sourceLines = (intent: SourceLinesIntent, waybill: Waybill): WaybillCommand | null => {
  const { orderId, fulfillmentId, warehouse, lines } = intent;
  if (waybill.order.status === 'absent') return null;
  const open = liveFulfillments(waybill).find((each) => each.warehouse === warehouse && isUnbegun(each));
  if (!open || open.fulfillmentId === fulfillmentId) {
    const sourcing = 'added to the order';
    return createFulfillment(
      { type: 'CreateFulfillment', orderId, fulfillmentId, warehouse, sourcing, lines },
      waybill,
    );
  }
  const added = floorLines(lines, waybill.order);
  return { type: 'ExtendFulfillment', orderId, fulfillmentId: open.fulfillmentId, lines: added };
};

/** An amendment that the order has outgrown meanwhile is declined: the customer must hear of it. */
const completeAmendment = (intent: CompleteAmendment, waybill: Waybill): WaybillCommand => {
  const decision = decide(intent, waybill);
  if (decision.ok) return intent;
  const { orderId, amendmentId } = intent;
  const reason = { code: 'OrderMoved' as const, rejection: decision.rejection.code };
  return { type: 'DeclineAmendment', orderId, amendmentId, reason };
};

export const settleReason = 'Less was sent than was paid for';

const settle = ({ orderId, refundId, amountMinor: wanted }: SettleIntent, waybill: Waybill): WaybillCommand | null => {
  const most = sum(paymentsOf(waybill).map((payment) => Math.max(0, refundableMinor(payment))));
  const amountMinor = Math.min(wanted, most);
  return amountMinor > 0 ? { type: 'RefundOrder', orderId, refundId, amountMinor, reason: settleReason } : null;
};

const refundReturn = (intent: RefundReturnIntent, waybill: Waybill): WaybillCommand | null => {
  const { orderId, returnId, refundId } = intent;
  const most = sum(paymentsOf(waybill).map((payment) => Math.max(0, refundableMinor(payment))));
  const amountMinor = Math.min(worthOfReturn(waybill, returnId), most);
  return amountMinor > 0 ? { type: 'RefundOrder', orderId, refundId, amountMinor, reason: goodsReturnedReason } : null;
};

const exchangeReturn = (intent: ExchangeReturnIntent, waybill: Waybill): WaybillCommand | null => {
  const { orderId, returnId, amendmentId } = intent;
  const { order } = waybill;
  if (order.status === 'absent') return null;
  const accepted = acceptedOf(waybill, returnId);
  const added = accepted.flatMap(({ lineId, quantity }, index) => {
    const line = order.lines.find((each) => each.lineId === lineId);
    if (!line) return [];
    const { sku, name, picture, hue, bin } = line;
    const newId = `${orderId}:x${index + 1}:${returnId}` as LineId;
    return [{ lineId: newId, sku, name, picture, hue, bin, quantity, unitPriceMinor: 0 }];
  });
  const request = {
    type: 'RequestAmendment' as const,
    orderId,
    amendmentId,
    amendment: { ...blankAmendment, added, exchangeFor: returnId },
  };
  const decision = decide(request, waybill);
  if (decision.ok) return request;
  // Another amendment stands in the way, or nothing came back that could be replaced: the money, then.
  return refundReturn({ type: 'RefundReturn', orderId, returnId, refundId: amendmentId }, waybill);
};

/** Amended meanwhile, so that more is to be sent: what is sent last asks again. */
const completeOrder = (intent: CompleteOrder, waybill: Waybill): WaybillCommand | null => {
  const decision = decide(intent, waybill);
  const comesLater = ['AmendmentPending', 'OrderNotDelivered'];
  return !decision.ok && comesLater.includes(decision.rejection.code) ? null : intent;
};

/** Never more than the order has come to cost since it was shipped. */
const requestCapture = (intent: RequestCapture, waybill: Waybill): WaybillCommand | null => {
  const { order, payments } = waybill;
  if (order.status === 'absent' || payments[intent.paymentId]?.captures[intent.captureId]) return intent;
  const amountMinor = Math.min(intent.amountMinor, order.totals.grandTotalMinor - takenMinor(waybill));
  return amountMinor > 0 ? { ...intent, amountMinor } : null;
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
    case 'Settle':
      return settle(intent, waybill);
    case 'SourceLines':
      return sourceLines(intent, waybill);
    case 'CompleteAmendment':
      return completeAmendment(intent, waybill);
    case 'RefundReturn':
      return refundReturn(intent, waybill);
    case 'ExchangeReturn':
      return exchangeReturn(intent, waybill);
    case 'CompleteOrder':
      return completeOrder(intent, waybill);
    case 'RequestCapture':
      return requestCapture(intent, waybill);
    case 'ReleasePayment':
      return releasePayment(intent, waybill);
    case 'ReleaseRemainder':
      return releaseRemainder(intent, waybill);
    case 'ExpireAuthorization':
      return expireAuthorization(intent, waybill);
    case 'DeclineAmendment':
    case 'ConfirmOrder':
    case 'RejectOrder':
    case 'CancelOrder':
    case 'PlaceHold':
    case 'RecordNotification':
    case 'UpdateTracking':
    case 'DeliverFulfillment':
      return intent;
    default:
      return unreachable(intent);
  }
};
