import type { WaybillEvent } from '../events/registry.ts';
import {
  decide as decideFulfillment,
  type FulfillmentCommand,
  type FulfillmentRejection,
} from '../fulfillment/decide.ts';
import type { FulfillmentLine } from '../fulfillment/events.ts';
import { absentFulfillment, type FulfillmentStatus } from '../fulfillment/state.ts';
import { decide as decideOrder, type OrderCommand, type OrderRejection } from '../order/decide.ts';
import { decide as decidePayment, type PaymentCommand, type PaymentRejection } from '../payment/decide.ts';
import { absentPayment } from '../payment/state.ts';
import { accept, type Decision, reject, unreachable } from '../shared/decider.ts';
import type { FulfillmentId, LineId, OrderId } from '../shared/ids.ts';
import { type AmendmentCommand, type AmendmentRejection, decideAmendment } from './amend.ts';
import { isSourced, isUnbegun, unassignedQuantity } from './quantities.ts';
import { decideReturn, type ReturnCommand, type ReturnRejection } from './returns.ts';
import { liveFulfillments, type Waybill } from './state.ts';

/** Cancels the whole order, and in the same append the fulfillments that nobody has begun to pick. */
export type CancelOrder = {
  readonly type: 'CancelOrder';
  readonly orderId: OrderId;
  readonly reason: string;
  readonly restock: boolean;
};
export type CompleteOrder = { readonly type: 'CompleteOrder'; readonly orderId: OrderId };

export type WaybillCommand =
  | OrderCommand
  | PaymentCommand
  | FulfillmentCommand
  | AmendmentCommand
  | ReturnCommand
  | CancelOrder
  | CompleteOrder
  | ExtendFulfillment;

/** More for a fulfillment that nobody has begun with: the warehouse sends it in one parcel. */
export type ExtendFulfillment = {
  readonly type: 'ExtendFulfillment';
  readonly orderId: OrderId;
  readonly fulfillmentId: FulfillmentId;
  readonly lines: readonly FulfillmentLine[];
};

export type WaybillRejection =
  | OrderRejection
  | PaymentRejection
  | FulfillmentRejection
  | AmendmentRejection
  | ReturnRejection
  | { readonly code: 'PickingHasStarted'; readonly status: FulfillmentStatus }
  | { readonly code: 'OrderOnHold'; readonly reasons: readonly string[] }
  | { readonly code: 'OrderNotDelivered' }
  /** `left`: how many of the line no fulfillment has taken on yet. */
  | { readonly code: 'FulfillmentExceedsOrder'; readonly lineId: LineId; readonly left: number };

export type WaybillDecision = Decision<WaybillEvent, WaybillRejection>;

const cancelOrder = ({ orderId, reason, restock }: CancelOrder, waybill: Waybill): WaybillDecision => {
  const { order } = waybill;
  if (order.status === 'absent') return reject({ code: 'OrderUnknown' });
  if (order.status === 'canceled') return accept();
  if (order.status !== 'placed' && order.status !== 'confirmed')
    return reject({ code: 'OrderClosed', status: order.status });
  const fulfillments = liveFulfillments(waybill);
  const begun = fulfillments.find((fulfillment) => !isUnbegun(fulfillment));
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
  if (order.status === 'placed' || order.status === 'draft') return reject({ code: 'OrderNotConfirmed' });
  if (order.status !== 'confirmed') return reject({ code: 'OrderClosed', status: order.status });
  const fulfillments = liveFulfillments(waybill);
  if (!isSourced(waybill) || fulfillments.length === 0 || fulfillments.some(({ status }) => status !== 'delivered'))
    return reject({ code: 'OrderNotDelivered' });
  // What it asks for may still have to be sent.
  if (order.amendment) return reject({ code: 'AmendmentPending' });
  return accept({ type: 'OrderCompleted', orderId });
};

const objectionToCreating = (
  { lines }: { readonly lines: readonly FulfillmentLine[] },
  waybill: Waybill,
): WaybillRejection | null => {
  if (waybill.order.status !== 'confirmed') return { code: 'OrderNotConfirmed' };
  // Nobody may be sent more than they bought.
  const exceeding = lines.find(({ lineId, quantity }) => quantity > unassignedQuantity(waybill, lineId));
  if (!exceeding) return null;
  const { lineId } = exceeding;
  return { code: 'FulfillmentExceedsOrder', lineId, left: unassignedQuantity(waybill, lineId) };
};

const extendFulfillment = (command: ExtendFulfillment, waybill: Waybill): WaybillDecision => {
  const { orderId, fulfillmentId, lines } = command;
  const objection = objectionToCreating(command, waybill);
  if (objection) return reject(objection);
  const fulfillment = waybill.fulfillments[fulfillmentId];
  if (!fulfillment) return reject({ code: 'FulfillmentUnknown' });
  if (!isUnbegun(fulfillment)) return reject({ code: 'FulfillmentNotReady', status: fulfillment.status });
  return accept({ type: 'FulfillmentExtended', fulfillmentId, orderId, lines: [...lines] });
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
  // A draft asks nobody for money.
  const isClosed = ['rejected', 'canceled', 'draft', 'discarded'].includes(order.status);
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
    case 'RequestAmendment':
    case 'CompleteAmendment':
    case 'DeclineAmendment':
    case 'CancelLines':
      return decideAmendment(command, waybill);
    case 'RequestReturn':
    case 'ApproveReturn':
    case 'DeclineReturn':
    case 'ReceiveReturn':
    case 'InspectReturn':
    case 'RefundOrder':
      return decideReturn(command, waybill);
    case 'ExtendFulfillment':
      return extendFulfillment(command, waybill);
    case 'CreateDraftOrder':
    case 'ReviseDraftOrder':
    case 'PlaceDraftOrder':
    case 'DiscardDraftOrder':
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
