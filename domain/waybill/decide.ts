import type { WaybillEvent } from '../events/registry.ts';
import {
  type CreateFulfillment,
  decide as decideFulfillment,
  type FulfillmentCommand,
  type FulfillmentRejection,
} from '../fulfillment/decide.ts';
import { absentFulfillment, type FulfillmentStatus } from '../fulfillment/state.ts';
import { decide as decideOrder, type OrderCommand, type OrderRejection } from '../order/decide.ts';
import { decide as decidePayment, type PaymentCommand, type PaymentRejection } from '../payment/decide.ts';
import { absentPayment } from '../payment/state.ts';
import { accept, type Decision, reject, unreachable } from '../shared/decider.ts';
import type { LineId, OrderId } from '../shared/ids.ts';
import { sum } from '../shared/money.ts';
import { liveFulfillments, type Waybill } from './state.ts';

/** Cancels the whole order, and in the same append the fulfillments that nobody has begun to pick. */
export type CancelOrder = {
  readonly type: 'CancelOrder';
  readonly orderId: OrderId;
  readonly reason: string;
  readonly restock: boolean;
};
export type CompleteOrder = { readonly type: 'CompleteOrder'; readonly orderId: OrderId };

export type WaybillCommand = OrderCommand | PaymentCommand | FulfillmentCommand | CancelOrder | CompleteOrder;

export type WaybillRejection =
  | OrderRejection
  | PaymentRejection
  | FulfillmentRejection
  | { readonly code: 'PickingHasStarted'; readonly status: FulfillmentStatus }
  | { readonly code: 'OrderOnHold'; readonly reasons: readonly string[] }
  | { readonly code: 'OrderNotDelivered' }
  /** `left`: how many of the line no fulfillment has taken on yet. */
  | { readonly code: 'FulfillmentExceedsOrder'; readonly lineId: LineId; readonly left: number };

export type WaybillDecision = Decision<WaybillEvent, WaybillRejection>;

/** How many of an order's line no live fulfillment has taken on; 0 for a line that the order doesn't have. */
const unassignedQuantity = (waybill: Waybill, lineId: LineId): number => {
  const ordered = waybill.order.status === 'absent' ? [] : waybill.order.lines;
  const quantityIn = (lines: readonly { readonly lineId: LineId; readonly quantity: number }[]) =>
    sum(lines.filter((line) => line.lineId === lineId).map((line) => line.quantity));
  return quantityIn(ordered) - sum(liveFulfillments(waybill).map(({ lines }) => quantityIn(lines)));
};

/** How many of a line lie in fulfillments that ended because nothing of them was found. */
const notFoundQuantity = ({ fulfillments }: Waybill, lineId: LineId): number =>
  sum(
    Object.values(fulfillments)
      .filter(({ status }) => status === 'canceled')
      .map(({ missing }) => missing[lineId] ?? 0),
  );

const cancelOrder = ({ orderId, reason, restock }: CancelOrder, waybill: Waybill): WaybillDecision => {
  const { order } = waybill;
  if (order.status === 'absent') return reject({ code: 'OrderUnknown' });
  if (order.status === 'canceled') return accept();
  if (order.status !== 'placed' && order.status !== 'confirmed')
    return reject({ code: 'OrderClosed', status: order.status });
  const fulfillments = liveFulfillments(waybill);
  const begun = fulfillments.find(({ status }) => status !== 'open' && status !== 'on_hold');
  if (begun) return reject({ code: 'PickingHasStarted', status: begun.status });
  const lines = order.lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));
  return accept<WaybillEvent>(
    ...fulfillments.map(({ fulfillmentId }) => ({
      type: 'FulfillmentCanceled' as const,
      fulfillmentId,
      orderId,
      reason,
    })),
    { type: 'OrderCanceled', orderId, lines, reason, restock },
  );
};

const completeOrder = ({ orderId }: CompleteOrder, waybill: Waybill): WaybillDecision => {
  const { order } = waybill;
  if (order.status === 'absent') return reject({ code: 'OrderUnknown' });
  if (order.status === 'completed') return accept();
  if (order.status === 'placed') return reject({ code: 'OrderNotConfirmed' });
  if (order.status !== 'confirmed') return reject({ code: 'OrderClosed', status: order.status });
  const fulfillments = liveFulfillments(waybill);
  const isAccountedFor = order.lines.every(
    ({ lineId }) => unassignedQuantity(waybill, lineId) === notFoundQuantity(waybill, lineId),
  );
  if (!isAccountedFor || fulfillments.length === 0 || fulfillments.some(({ status }) => status !== 'delivered'))
    return reject({ code: 'OrderNotDelivered' });
  return accept({ type: 'OrderCompleted', orderId });
};

const objectionToCreating = ({ lines }: CreateFulfillment, waybill: Waybill): WaybillRejection | null => {
  if (waybill.order.status !== 'confirmed') return { code: 'OrderNotConfirmed' };
  // Nobody may be sent more than they bought.
  const exceeding = lines.find(({ lineId, quantity }) => quantity > unassignedQuantity(waybill, lineId));
  if (!exceeding) return null;
  const { lineId } = exceeding;
  return { code: 'FulfillmentExceedsOrder', lineId, left: unassignedQuantity(waybill, lineId) };
};

const objectionToPicking = ({ order }: Waybill): WaybillRejection | null => {
  if (order.status !== 'confirmed') return { code: 'OrderNotConfirmed' };
  const reasons = Object.values(order.holds).toSorted();
  return reasons.length > 0 ? { code: 'OrderOnHold', reasons } : null;
};

/** What the order says about a step in the warehouse; null when it has no objection. */
const objectionOfOrder = (command: FulfillmentCommand, waybill: Waybill): WaybillRejection | null => {
  if (waybill.order.status === 'absent') return { code: 'OrderUnknown' };
  const fulfillment = waybill.fulfillments[command.fulfillmentId];
  if (command.type === 'CreateFulfillment') return fulfillment ? null : objectionToCreating(command, waybill);
  // Only a step that would still be taken is objected to; what is already so stays a no-op.
  return command.type === 'StartPicking' && fulfillment?.status === 'open' ? objectionToPicking(waybill) : null;
};

const fulfillmentDecision = (command: FulfillmentCommand, waybill: Waybill): WaybillDecision => {
  const objection = objectionOfOrder(command, waybill);
  if (objection) return reject(objection);
  return decideFulfillment(command, waybill.fulfillments[command.fulfillmentId] ?? absentFulfillment);
};

/** What the order says about moving money; null when it has no objection. Outcomes are always taken down. */
const objectionToPayment = (command: PaymentCommand, { order, payments }: Waybill): WaybillRejection | null => {
  if (order.status === 'absent') return { code: 'OrderUnknown' };
  const isClosed = order.status === 'rejected' || order.status === 'canceled';
  // The bank must not be asked for an order that was called off while the question was on its way.
  if (
    command.type === 'RequestAuthorization' &&
    !payments[command.paymentId] &&
    (isClosed || order.status === 'completed')
  )
    return { code: 'OrderClosed', status: order.status };
  if (command.type === 'RequestCapture' && isClosed) return { code: 'OrderClosed', status: order.status };
  return null;
};

const paymentDecision = (command: PaymentCommand, waybill: Waybill): WaybillDecision => {
  const objection = objectionToPayment(command, waybill);
  if (objection) return reject(objection);
  return decidePayment(command, waybill.payments[command.paymentId] ?? absentPayment);
};

/** Decides any command under one order key. Pure: the browser runs it too, to predict. */
export const decide = (command: WaybillCommand, waybill: Waybill): WaybillDecision => {
  switch (command.type) {
    case 'CancelOrder':
      return cancelOrder(command, waybill);
    case 'CompleteOrder':
      return completeOrder(command, waybill);
    case 'PlaceOrder':
    case 'ConfirmOrder':
    case 'RejectOrder':
    case 'PlaceHold':
    case 'ReleaseHold':
    case 'AddNote':
    case 'RecordNotification':
    case 'TagOrder':
    case 'UntagOrder':
    case 'AssignOrder':
    case 'ResendConfirmation':
      return decideOrder(command, waybill.order);
    case 'RequestAuthorization':
    case 'RequireAction':
    case 'RecordAuthorization':
    case 'RecordDecline':
    case 'ExpireAuthorization':
    case 'RequestCapture':
    case 'RecordCapture':
    case 'RecordCaptureFailure':
    case 'RequestVoid':
    case 'RecordVoid':
    case 'RequestRefund':
    case 'RecordRefund':
    case 'RecordRefundFailure':
      return paymentDecision(command, waybill);
    case 'CreateFulfillment':
    case 'StartPicking':
    case 'PickItem':
    case 'ReportShortPick':
    case 'PackFulfillment':
    case 'ShipFulfillment':
    case 'UpdateTracking':
    case 'DeliverFulfillment':
    case 'FailDelivery':
      return fulfillmentDecision(command, waybill);
    default:
      return unreachable(command);
  }
};
