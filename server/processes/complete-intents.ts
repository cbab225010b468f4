import type { FulfillmentLine } from '#domain/fulfillment/events.ts';
import type { InventoryCommand } from '#domain/inventory/decide.ts';
import { blankAmendment } from '#domain/order/amend.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import { capturePendingMinor } from '#domain/payment/state.ts';
import { unreachable } from '#domain/shared/decider.ts';
import type { CompleteAmendment } from '#domain/waybill/amend.ts';
import { type CompleteOrder, decide, type WaybillCommand } from '#domain/waybill/decide.ts';
import { dueMinor, paymentsOf, takenMinor, toAuthorize } from '#domain/waybill/paid.ts';
import { isSourced, isUnbegun } from '#domain/waybill/quantities.ts';
import { replacementLineId } from '#domain/waybill/replacement-lines.ts';
import { acceptedOf } from '#domain/waybill/returns.ts';
import { liveFulfillments, type Waybill } from '#domain/waybill/state.ts';
import {
  expireAuthorization,
  refundReturn,
  releasePayment,
  releaseRemainder,
  requestAuthorization,
  requestCapture,
  settle,
} from './complete-money-intents.ts';
import type {
  CancelUnfoundIntent,
  CreateFulfillmentIntent,
  ExchangeReturnIntent,
  InventoryIntent,
  PlaceHoldIntent,
  SourceLinesIntent,
  WaybillIntent,
} from './intents.ts';

/** Why an order is called off of which nothing can be sent. */
export const noneFound = 'None of the goods could be found.';

/** How long stock waits for its payment. */
const reservationLastsMs = 15 * 60_000;

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
  // Canceled meanwhile: what was set aside for it is given back by `cancellation`.
  if (waybill.order.status === 'absent' || waybill.order.status === 'canceled') return null;
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

const exchangeReturn = (intent: ExchangeReturnIntent, waybill: Waybill): WaybillCommand | null => {
  const { orderId, returnId, amendmentId } = intent;
  const { order } = waybill;
  if (order.status === 'absent') return null;
  const accepted = acceptedOf(waybill, returnId);
  const added = accepted.flatMap(({ lineId, quantity }, index) => {
    const line = order.lines.find((each) => each.lineId === lineId);
    if (!line) return [];
    const { sku, name, picture, hue, bin } = line;
    const newId = replacementLineId(orderId, returnId, index + 1);
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
  return refundReturn({ type: 'RefundReturn', orderId, returnId, refundId: amendmentId, earlier: [] }, waybill);
};

/** Amended meanwhile, so that more is to be sent or to be paid: what is sent, or paid, last asks again. */
const completeOrder = (intent: CompleteOrder, waybill: Waybill): WaybillCommand | null => {
  const decision = decide(intent, waybill);
  const comesLater = ['AmendmentPending', 'OrderNotDelivered'];
  if (!decision.ok) return comesLater.includes(decision.rejection.code) ? null : intent;
  const isBeingPaid = paymentsOf(waybill).some((payment) => capturePendingMinor(payment) > 0);
  return isBeingPaid || takenMinor(waybill) < dueMinor(waybill) ? null : intent;
};

/** What an order has left after a change may be just what nobody could find. */
const cancelUnfound = ({ orderId }: CancelUnfoundIntent, waybill: Waybill): WaybillCommand | null => {
  const { order } = waybill;
  if (order.status !== 'confirmed' || order.amendment !== null) return null;
  if (liveFulfillments(waybill).length > 0 || !isSourced(waybill)) return null;
  return { type: 'CancelOrder', orderId, reason: noneFound, restock: true };
};

const isPaidFor = (waybill: Waybill): boolean => {
  const { order } = waybill;
  if (order.status === 'absent') return false;
  return toAuthorize(waybill, order.status === 'completed' ? dueMinor(waybill) : order.totals.grandTotalMinor) === 0;
};

const placeHold = (
  { noteWhenOver, unlessPaidFor = false, ...intent }: PlaceHoldIntent,
  waybill: Waybill,
): WaybillCommand | null => {
  const { orderId, holdId, reason } = intent;
  const { order } = waybill;
  if (unlessPaidFor && isPaidFor(waybill)) return null;
  if (order.status === 'absent' || order.status === 'placed' || order.status === 'confirmed') return intent;
  return { type: 'AddNote', orderId, noteId: holdId, text: noteWhenOver ?? reason, visibility: 'internal' };
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
    case 'CancelUnfound':
      return cancelUnfound(intent, waybill);
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
    case 'PlaceHold':
      return placeHold(intent, waybill);
    case 'DeclineAmendment':
    case 'ConfirmOrder':
    case 'RejectOrder':
    case 'CancelOrder':
    case 'AddNote':
    case 'RecordNotification':
    case 'UpdateTracking':
    case 'DeliverFulfillment':
      return intent;
    default:
      return unreachable(intent);
  }
};
