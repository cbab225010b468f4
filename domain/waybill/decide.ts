import type { WaybillEvent } from '../events/registry.ts';
import {
  decide as decideFulfillment,
  type FulfillmentCommand,
  type FulfillmentRejection,
} from '../fulfillment/decide.ts';
import { absentFulfillment, type FulfillmentStatus } from '../fulfillment/state.ts';
import { decide as decideOrder, type OrderCommand, type OrderRejection } from '../order/decide.ts';
import { decide as decidePayment, type PaymentCommand, type PaymentRejection } from '../payment/decide.ts';
import { absentPayment } from '../payment/state.ts';
import { accept, type Decision, reject } from '../shared/decider.ts';
import type { OrderId } from '../shared/ids.ts';
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
  | { readonly code: 'OrderNotConfirmed' }
  | { readonly code: 'OrderNotDelivered' };

export type WaybillDecision = Decision<WaybillEvent, WaybillRejection>;

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
  if (order.status !== 'confirmed') return reject({ code: 'OrderClosed', status: order.status });
  const fulfillments = liveFulfillments(waybill);
  if (fulfillments.length === 0 || fulfillments.some(({ status }) => status !== 'delivered'))
    return reject({ code: 'OrderNotDelivered' });
  return accept({ type: 'OrderCompleted', orderId });
};

/** What the order says about a step in the warehouse; null when it has no objection. */
const objectionOfOrder = (command: FulfillmentCommand, { order }: Waybill): WaybillRejection | null => {
  if (order.status === 'absent') return { code: 'OrderUnknown' };
  if (command.type === 'CreateFulfillment' && order.status !== 'confirmed') return { code: 'OrderNotConfirmed' };
  if (command.type !== 'StartPicking') return null;
  if (order.status !== 'confirmed') return { code: 'OrderNotConfirmed' };
  const reasons = Object.values(order.holds);
  return reasons.length > 0 ? { code: 'OrderOnHold', reasons } : null;
};

const fulfillmentDecision = (command: FulfillmentCommand, waybill: Waybill): WaybillDecision => {
  const objection = objectionOfOrder(command, waybill);
  if (objection) return reject(objection);
  return decideFulfillment(command, waybill.fulfillments[command.fulfillmentId] ?? absentFulfillment);
};

/** Decides any command under one order key. Pure: the browser runs it too, to predict. */
export const decide = (command: WaybillCommand, waybill: Waybill): WaybillDecision => {
  if (command.type === 'CancelOrder') return cancelOrder(command, waybill);
  if (command.type === 'CompleteOrder') return completeOrder(command, waybill);
  if ('paymentId' in command) return decidePayment(command, waybill.payments[command.paymentId] ?? absentPayment);
  if ('fulfillmentId' in command) return fulfillmentDecision(command, waybill);
  return decideOrder(command, waybill.order);
};
