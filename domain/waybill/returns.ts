import type { WaybillEvent } from '../events/registry.ts';
import type { ExistingFulfillment, ReturnedGoods } from '../fulfillment/state.ts';
import type { Disposition, Resolution, ReturnedLine } from '../order/return-events.ts';
import type { OrderReturn } from '../order/state.ts';
import { isTakenElsewhere, refundableMinor } from '../payment/state.ts';
import { accept, type Decision, reject } from '../shared/decider.ts';
import type { FulfillmentId, LineId, OrderId } from '../shared/ids.ts';
import { share, sum } from '../shared/money.ts';
import { paymentsOf, refundRequests } from './paid.ts';
import { missingQuantity, quantityIn } from './quantities.ts';
import { replacementLineId, replacementOf } from './replacement-lines.ts';
import type { Waybill } from './state.ts';

type ForReturn = { readonly orderId: OrderId; readonly returnId: string };
type Counted = { readonly lineId: LineId; readonly quantity: number };

export type RequestReturn = ForReturn & {
  readonly type: 'RequestReturn';
  readonly fulfillmentId: FulfillmentId;
  readonly lines: readonly Counted[];
  readonly reason: string;
  readonly resolution: Resolution;
};
export type ApproveReturn = ForReturn & { readonly type: 'ApproveReturn' };
export type DeclineReturn = ForReturn & { readonly type: 'DeclineReturn'; readonly reason: string };
export type ReceiveReturn = ForReturn & { readonly type: 'ReceiveReturn'; readonly lines: readonly Counted[] };
export type InspectReturn = ForReturn & {
  readonly type: 'InspectReturn';
  readonly lines: readonly (Counted & { readonly disposition: Disposition })[];
};
/** Gives money back, from as many payments as it takes. */
export type RefundOrder = {
  readonly type: 'RefundOrder';
  readonly orderId: OrderId;
  readonly refundId: string;
  readonly amountMinor: number;
  readonly reason: string;
};

export type ReturnCommand = RequestReturn | ApproveReturn | DeclineReturn | ReceiveReturn | InspectReturn | RefundOrder;

export type ReturnStatus = OrderReturn['status'] | 'received' | 'inspected';

export type ReturnRejection =
  | { readonly code: 'OrderUnknown' }
  | { readonly code: 'FulfillmentUnknown' }
  | { readonly code: 'ReturnUnknown' }
  | { readonly code: 'ReturnNotDelivered' }
  | { readonly code: 'ReturnEmpty' }
  | { readonly code: 'ReturnNotReady'; readonly status: ReturnStatus }
  /** `left`: how many of the line may still be returned, received or inspected. */
  | { readonly code: 'ReturnExceeds'; readonly left: number }
  | { readonly code: 'InspectionIncomplete'; readonly left: number }
  | { readonly code: 'AmountInvalid' }
  | { readonly code: 'PaymentTakenElsewhere' }
  | {
      readonly code: 'RefundExceedsCaptured';
      readonly refundableMinor: number;
      readonly currency: Waybill['payments'][string]['currency'];
    };

type ReturnDecision = Decision<WaybillEvent, ReturnRejection>;

/** A return with what the warehouse knows of it. */
export type WaybillReturn = Omit<OrderReturn, 'status'> & {
  readonly status: ReturnStatus;
  readonly goods: ReturnedGoods | null;
};

const withGoods = (asked: OrderReturn, { fulfillments }: Waybill): WaybillReturn => {
  const goods = fulfillments[asked.fulfillmentId]?.returns[asked.returnId] ?? null;
  if (!goods) return { ...asked, goods };
  return { ...asked, goods, status: goods.inspected ? 'inspected' : 'received' };
};

/** All returns of an order, by their ids, which sort by age. */
export const returnsOf = (waybill: Waybill): WaybillReturn[] =>
  waybill.order.status === 'absent'
    ? []
    : Object.values(waybill.order.returns)
        .map((asked) => withGoods(asked, waybill))
        .toSorted((a, b) => (a.returnId < b.returnId ? -1 : 1));

/** How many of a delivered line may still go back. */
export const returnableQuantity = (waybill: Waybill, fulfillment: ExistingFulfillment, lineId: LineId): number => {
  if (fulfillment.status !== 'delivered') return 0;
  const asked = returnsOf(waybill).filter(
    ({ fulfillmentId, status }) => fulfillmentId === fulfillment.fulfillmentId && status !== 'declined',
  );
  return (fulfillment.picked[lineId] ?? 0) - sum(asked.map(({ lines }) => quantityIn(lines, lineId)));
};

const repeats = (lines: readonly Counted[]): boolean => new Set(lines.map(({ lineId }) => lineId)).size < lines.length;

const requestReturn = (command: RequestReturn, waybill: Waybill): ReturnDecision => {
  const { orderId, returnId, fulfillmentId, lines, reason, resolution } = command;
  const { order } = waybill;
  if (order.status === 'absent') return reject({ code: 'OrderUnknown' });
  if (order.returns[returnId]) return accept();
  const fulfillment = waybill.fulfillments[fulfillmentId];
  if (!fulfillment) return reject({ code: 'FulfillmentUnknown' });
  if (fulfillment.status !== 'delivered') return reject({ code: 'ReturnNotDelivered' });
  if (lines.length === 0 || repeats(lines) || lines.some(({ quantity }) => quantity < 1))
    return reject({ code: 'ReturnEmpty' });
  const returned: ReturnedLine[] = [];
  for (const { lineId, quantity } of lines) {
    const left = returnableQuantity(waybill, fulfillment, lineId);
    const line = fulfillment.lines.find((each) => each.lineId === lineId);
    if (!line || quantity > left) return reject({ code: 'ReturnExceeds', left: line ? left : 0 });
    returned.push({ lineId, sku: line.sku, quantity });
  }
  return accept({
    type: 'ReturnRequested',
    orderId,
    returnId,
    subjectId: order.subjectId,
    fromFulfillment: fulfillmentId,
    lines: returned,
    reason,
    resolution,
  });
};

type Known = { readonly asked: WaybillReturn; readonly waybill: Waybill };

const answer = (command: ApproveReturn | DeclineReturn, { asked, waybill }: Known): ReturnDecision => {
  const { orderId, returnId } = command;
  const wanted = command.type === 'ApproveReturn' ? 'approved' : 'declined';
  if (asked.status === wanted) return accept();
  if (asked.status !== 'requested' || waybill.order.status === 'absent')
    return reject({ code: 'ReturnNotReady', status: asked.status });
  if (command.type === 'ApproveReturn') return accept({ type: 'ReturnApproved', orderId, returnId });
  const { subjectId } = waybill.order;
  return accept({ type: 'ReturnDeclined', orderId, returnId, subjectId, reason: command.reason });
};

const receiveReturn = ({ orderId, returnId, lines }: ReceiveReturn, { asked }: Known): ReturnDecision => {
  if (asked.status === 'received' || asked.status === 'inspected') return accept();
  if (asked.status !== 'approved') return reject({ code: 'ReturnNotReady', status: asked.status });
  const received = asked.lines.flatMap(({ lineId, sku }) => {
    const quantity = quantityIn(lines, lineId);
    return quantity > 0 ? [{ lineId, sku, quantity }] : [];
  });
  if (received.length === 0 || received.length < lines.length) return reject({ code: 'ReturnEmpty' });
  const exceeding = received.find(({ lineId, quantity }) => quantity > quantityIn(asked.lines, lineId));
  if (exceeding) return reject({ code: 'ReturnExceeds', left: quantityIn(asked.lines, exceeding.lineId) });
  const { fulfillmentId } = asked;
  return accept({ type: 'ReturnReceived', fulfillmentId, orderId, returnId, lines: received });
};

const inspectReturn = ({ orderId, returnId, lines }: InspectReturn, { asked, waybill }: Known): ReturnDecision => {
  if (asked.status === 'inspected') return accept();
  const { goods, fulfillmentId } = asked;
  const fulfillment = waybill.fulfillments[fulfillmentId];
  if (!goods || !fulfillment) return reject({ code: 'ReturnNotReady', status: asked.status });
  const inspected = lines.flatMap(({ lineId, quantity, disposition }) => {
    const line = goods.received.find((each) => each.lineId === lineId);
    return line && quantity > 0 ? [{ lineId, sku: line.sku, quantity, disposition }] : [];
  });
  for (const { lineId, quantity } of goods.received) {
    const seen = quantityIn(inspected, lineId);
    if (seen > quantity) return reject({ code: 'ReturnExceeds', left: quantity });
    if (seen < quantity) return reject({ code: 'InspectionIncomplete', left: quantity - seen });
  }
  const { warehouse } = fulfillment;
  return accept({ type: 'ReturnInspected', fulfillmentId, orderId, returnId, warehouse, lines: inspected });
};

/** What of an inspected return is made good, by line. */
export const acceptedOf = (waybill: Waybill, returnId: string): readonly Counted[] => {
  const inspected = returnsOf(waybill).find((each) => each.returnId === returnId)?.goods?.inspected ?? [];
  const accepted = inspected.filter(({ disposition }) => disposition !== 'refused');
  const lineIds = [...new Set(accepted.map(({ lineId }) => lineId))];
  return lineIds.map((lineId) => ({ lineId, quantity: quantityIn(accepted, lineId) }));
};

/** Why a refund for what came back was made; the customer's page knows it by this. */
export const goodsReturnedReason = 'Goods were returned';

const acceptedLine = (waybill: Waybill, returnId: string, nth: number): Counted | undefined =>
  acceptedOf(waybill, returnId)[nth - 1];

/** Each unit its share of its line's total, rounded half up. What was sent again is worth what it stands for. */
const worthOfUnits = (waybill: Waybill, { lineId, quantity }: Counted): number => {
  const lines = waybill.order.status === 'absent' ? [] : waybill.order.lines;
  const line = lines.find((each) => each.lineId === lineId);
  if (!line) return 0;
  const own = share(line.totalMinor, Math.min(line.quantity, quantity), line.quantity);
  const again = replacementOf(lineId);
  const replaced = again && acceptedLine(waybill, again.returnId, again.nth);
  if (!replaced) return own;
  return own + worthOfUnits(waybill, { ...replaced, quantity: Math.min(replaced.quantity, quantity) });
};

/** How many of a return's nth accepted line are sent again: not what was taken out of the order, or can't be found. */
const sentAgain = (waybill: Waybill, returnId: string, nth: number): number => {
  const { order } = waybill;
  if (order.status === 'absent') return 0;
  const lineId = replacementLineId(order.orderId, returnId, nth);
  return quantityIn(order.lines, lineId) - missingQuantity(waybill, lineId);
};

/** What an inspected return is to be paid: each unit that is made good, and is not sent again. */
export const owedForReturn = (waybill: Waybill, returnId: string): number => {
  const { order } = waybill;
  // It is being asked for; declined, it is owed.
  if (order.status === 'absent' || order.amendment?.exchangeFor === returnId) return 0;
  return sum(
    acceptedOf(waybill, returnId).map(({ lineId, quantity }, index) => {
      const left = quantity - sentAgain(waybill, returnId, index + 1);
      return left > 0 ? worthOfUnits(waybill, { lineId, quantity: left }) : 0;
    }),
  );
};

const refundOrder = ({ refundId, amountMinor, reason }: RefundOrder, waybill: Waybill): ReturnDecision => {
  const payments = paymentsOf(waybill);
  const [first] = payments;
  if (!first) return reject({ code: 'OrderUnknown' });
  if (payments.some(({ refunds }) => refunds[refundId])) return accept();
  if (payments.some(isTakenElsewhere)) return reject({ code: 'PaymentTakenElsewhere' });
  if (amountMinor <= 0) return reject({ code: 'AmountInvalid' });
  const most = sum(payments.map((payment) => Math.max(0, refundableMinor(payment))));
  if (amountMinor > most)
    return reject({ code: 'RefundExceedsCaptured', refundableMinor: most, currency: first.currency });
  return accept<WaybillEvent>(...refundRequests(waybill, { refundId, amountMinor, reason }));
};

/** Decides a step of a return, or a refund over all payments. Pure. */
export const decideReturn = (command: ReturnCommand, waybill: Waybill): ReturnDecision => {
  if (command.type === 'RefundOrder') return refundOrder(command, waybill);
  if (command.type === 'RequestReturn') return requestReturn(command, waybill);
  const asked = returnsOf(waybill).find(({ returnId }) => returnId === command.returnId);
  if (!asked) return reject({ code: 'ReturnUnknown' });
  switch (command.type) {
    case 'ApproveReturn':
    case 'DeclineReturn':
      return answer(command, { asked, waybill });
    case 'ReceiveReturn':
      return receiveReturn(command, { asked, waybill });
    case 'InspectReturn':
      return inspectReturn(command, { asked, waybill });
  }
};
