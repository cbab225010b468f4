import type { DeliverFulfillment, UpdateTracking } from '#domain/fulfillment/decide.ts';
import type {
  AllocateStock,
  ExpireReservation,
  ReleaseAllocation,
  ReleaseReservation,
  ReserveMoreStock,
  ReserveStock,
  ReturnStock,
  ShipStock,
} from '#domain/inventory/decide.ts';
import type { AddNote, ConfirmOrder, PlaceHold, RecordNotification, RejectOrder } from '#domain/order/decide.ts';
import type { RequestCapture } from '#domain/payment/decide.ts';
import type { FulfillmentId, LineId, OrderId, PaymentId, WarehouseCode } from '#domain/shared/ids.ts';
import type { CompleteAmendment, DeclineAmendment } from '#domain/waybill/amend.ts';
import type { CancelOrder, CompleteOrder } from '#domain/waybill/decide.ts';

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
  /** Refunds that were asked for to the same end: what another one held up then is asked for now. */
  readonly earlier: readonly string[];
};
/** Gives back what an inspected return is worth. Moot when nothing can be given back. */
export type RefundReturnIntent = {
  readonly type: 'RefundReturn';
  readonly orderId: OrderId;
  readonly returnId: string;
  readonly refundId: string;
  /** As with `SettleIntent`. */
  readonly earlier: readonly string[];
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
/**
 * Where the order is over and can't be held any more, staff are told in a note: nobody may lose sight of the money.
 * `unlessPaidFor`: moot where what was taken, and what the bank holds, is all that the order costs.
 */
export type PlaceHoldIntent = PlaceHold & { readonly noteWhenOver?: string; readonly unlessPaidFor?: boolean };
/** Moot while anything of the order has been sent, or may still be. */
export type CancelUnfoundIntent = { readonly type: 'CancelUnfound'; readonly orderId: OrderId };
/** Moot when the payment has gone on since the timer was set. `uncaptured`: as long as any of it is. */
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
  | CancelUnfoundIntent
  | CompleteOrder
  | PlaceHoldIntent
  | AddNote
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
