import type { WaybillEvent } from '../events/registry.ts';
import type { FulfillmentStatus } from '../fulfillment/state.ts';
import { type AmendedOrder, additionsOf, amended, amendmentFacts, withoutLines } from '../order/amend.ts';
import type { Amendment, AmendmentDeclineReason } from '../order/amendment-events.ts';
import { maxOrderLines } from '../order/events.ts';
import type { ExistingOrder } from '../order/state.ts';
import { isTakenElsewhere } from '../payment/state.ts';
import { accept, type Decision, reject } from '../shared/decider.ts';
import { eventIdOf } from '../shared/event-id.ts';
import type { LineId, OrderId } from '../shared/ids.ts';
import { amountMinorMost } from '../shared/money.ts';
import { type Lowered, loweredBy, objectionToReaddressing, readdressed, reductions } from './amended-parcels.ts';
import { isStillBeingTaken, paymentsOf, refundRequests, toAuthorize, toGiveBack } from './paid.ts';
import { committedQuantity, isSourced, notFoundQuantity, quantityIn, unassignedQuantity } from './quantities.ts';
import type { Waybill } from './state.ts';

type ForAmendment = { readonly orderId: OrderId; readonly amendmentId: string };

/** Names, prices, tax and promise are put in by the server; the browser predicts with what it was told of them. */
export type RequestAmendment = ForAmendment & { readonly type: 'RequestAmendment'; readonly amendment: Amendment };
export type CompleteAmendment = ForAmendment & { readonly type: 'CompleteAmendment' };
export type DeclineAmendment = ForAmendment & {
  readonly type: 'DeclineAmendment';
  readonly reason: AmendmentDeclineReason;
};
/** Calls off what nobody has begun to pick, in part. `restock`: whether the goods go back on sale. */
export type CancelLines = {
  readonly type: 'CancelLines';
  readonly orderId: OrderId;
  readonly cancellationId: string;
  readonly lines: readonly { readonly lineId: LineId; readonly quantity: number }[];
  readonly reason: string;
  readonly restock: boolean;
};

export type AmendmentCommand = RequestAmendment | CompleteAmendment | DeclineAmendment | CancelLines;

export type AmendmentRejection =
  | { readonly code: 'OrderUnknown' }
  | { readonly code: 'OrderClosed'; readonly status: ExistingOrder['status'] }
  | { readonly code: 'OrderNotConfirmed' }
  | { readonly code: 'OrderTooLarge'; readonly lines: number; readonly most: number }
  | { readonly code: 'LineRepeated'; readonly lineId: LineId }
  | { readonly code: 'TotalsWrong' }
  | { readonly code: 'PaymentTakenElsewhere' }
  | { readonly code: 'AmendmentPending' }
  | { readonly code: 'AmendmentEmpty' }
  | { readonly code: 'OrderBeingSourced' }
  | { readonly code: 'OrderLineUnknown' }
  /** `least`: what the warehouse has begun with already. */
  | { readonly code: 'QuantityCommitted'; readonly name: string; readonly least: number }
  | { readonly code: 'NothingLeftOfOrder' }
  /** No parcel would take another address or shipping method: `status` is how far the warehouse is with them. */
  | { readonly code: 'NothingToReaddress'; readonly status: FulfillmentStatus }
  | { readonly code: 'CapturePending' };

type AmendmentDecision = Decision<WaybillEvent, AmendmentRejection>;

/** Why an order can't be changed just now; null when it can. */
export const objectionToChanging = (waybill: Waybill, isExchange = false): AmendmentRejection | null => {
  const { order } = waybill;
  if (order.status === 'absent') return { code: 'OrderUnknown' };
  if (order.status === 'placed' || order.status === 'draft') return { code: 'OrderNotConfirmed' };
  const isOpen = order.status === 'confirmed' || (isExchange && order.status === 'completed');
  if (!isOpen) return { code: 'OrderClosed', status: order.status };
  if (paymentsOf(waybill).some(isTakenElsewhere)) return { code: 'PaymentTakenElsewhere' };
  if (order.amendment) return { code: 'AmendmentPending' };
  return isSourced(waybill) ? null : { code: 'OrderBeingSourced' };
};

/** With these words begins the reason of the hold on an order whose amendment was recorded and then not sourced. */
const soldMeanwhile = 'The stock for an amendment was sold before it was set aside.';
export const stockHoldReason = `${soldMeanwhile} Releasing this hold asks for it again; or call off what was added.`;

/** The hold under which added units wait for stock that is gone; null when they don't. Earlier ones ended otherwise. */
export const stockHoldOf = (order: ExistingOrder): string | null =>
  Object.entries(order.holds).find(([, reason]) => reason.startsWith(soldMeanwhile))?.[0] ?? null;

/** What waits in vain for stock can be called off: it has no warehouse, and won't get one by itself. */
export const objectionToCancelingLines = (waybill: Waybill): AmendmentRejection | null => {
  const objection = objectionToChanging(waybill);
  const { order } = waybill;
  const waitsInVain = order.status !== 'absent' && stockHoldOf(order) !== null;
  return objection?.code === 'OrderBeingSourced' && waitsInVain ? null : objection;
};

/** The first line of which the warehouse has begun with more than would be left. */
const committedBeyond = (waybill: Waybill, order: ExistingOrder, lowered: readonly Lowered[]) => {
  for (const { lineId, quantity } of lowered) {
    const line = order.lines.find((each) => each.lineId === lineId);
    if (!line) return { code: 'OrderLineUnknown' as const };
    const least = committedQuantity(waybill, lineId);
    if (quantity < least) return { code: 'QuantityCommitted' as const, name: line.name, least };
  }
  return null;
};

const repeatedLine = (order: ExistingOrder, { added, quantities, prices }: Amendment): LineId | null => {
  const lists = [[...order.lines, ...added], quantities, prices];
  for (const list of lists) {
    const ids = list.map(({ lineId }) => lineId);
    const repeated = ids.find((lineId, index) => ids.indexOf(lineId) !== index);
    if (repeated) return repeated;
  }
  return null;
};

const objectionToAmendment = (waybill: Waybill, order: ExistingOrder, amendment: Amendment) => {
  const repeated = repeatedLine(order, amendment);
  if (repeated) return { code: 'LineRepeated' as const, lineId: repeated };
  const known = new Set([...order.lines, ...amendment.added].map(({ lineId }) => lineId));
  if (amendment.prices.some(({ lineId }) => !known.has(lineId))) return { code: 'OrderLineUnknown' as const };
  const beyond = committedBeyond(waybill, order, amendment.quantities);
  if (beyond) return beyond;
  const { lines, totals } = amended(order, amendment);
  if (lines.length === 0) return { code: 'NothingLeftOfOrder' as const };
  const unmoved = objectionToReaddressing(waybill, order, amendment);
  if (unmoved) return unmoved;
  if (lines.length > maxOrderLines) return { code: 'OrderTooLarge' as const, lines: lines.length, most: maxOrderLines };
  if (totals.linesMinor > amountMinorMost) return { code: 'TotalsWrong' as const };
  return isStillBeingTaken(waybill, totals.grandTotalMinor) ? { code: 'CapturePending' as const } : null;
};

/**
 * What the bank is to hold more, and what is given back. An exchange moves money by its own prices alone: what the
 * order was short of is not paid for when it opens again, and what was too much is its end's to give back.
 */
const moneyOf = (waybill: Waybill, order: ExistingOrder, amendment: Amendment) => {
  const { grandTotalMinor } = amended(order, amendment).totals;
  const dearerMinor = grandTotalMinor - order.totals.grandTotalMinor;
  const [chargeMost, refundMost] =
    amendment.exchangeFor === null ? [Infinity, Infinity] : [Math.max(0, dearerMinor), Math.max(0, -dearerMinor)];
  return {
    chargeMinor: Math.min(chargeMost, toAuthorize(waybill, grandTotalMinor)),
    refundMinor: Math.min(refundMost, toGiveBack(waybill, grandTotalMinor)),
  };
};

const requestAmendment = (command: RequestAmendment, waybill: Waybill): AmendmentDecision => {
  const { orderId, amendmentId, amendment } = command;
  const { order } = waybill;
  // The same again: it waits already.
  if (order.status !== 'absent' && order.amendment?.amendmentId === amendmentId) return accept();
  const objection = objectionToChanging(waybill, amendment.exchangeFor !== null);
  if (objection || order.status === 'absent') return reject(objection ?? { code: 'OrderUnknown' });
  const wrong = objectionToAmendment(waybill, order, amendment);
  if (wrong) return reject(wrong);
  if (amendmentFacts(order, amendmentId, amendment).length === 0) return reject({ code: 'AmendmentEmpty' });
  const { totals } = amended(order, amendment);
  return accept({
    type: 'AmendmentRequested',
    orderId,
    amendmentId,
    subjectId: order.subjectId,
    ...amendment,
    additions: additionsOf(order, amendment),
    warehousesByDistance: amendment.delivery?.warehousesByDistance ?? order.warehousesByDistance,
    currency: order.currency,
    totalsBefore: order.totals,
    totalsAfter: totals,
    ...moneyOf(waybill, order, amendment),
  });
};

const pricesOf = (lines: AmendedOrder['lines']) =>
  lines.map(({ lineId, sku, quantity, discountMinor, taxMinor, totalMinor }) => ({
    lineId,
    sku,
    quantity,
    discountMinor,
    taxMinor,
    totalMinor,
  }));

const refunds = (waybill: Waybill, refundId: string, amountMinor: number, reason: string): WaybillEvent[] =>
  amountMinor > 0 ? refundRequests(waybill, { refundId, amountMinor, reason }) : [];

const completeAmendment = ({ orderId, amendmentId }: CompleteAmendment, waybill: Waybill): AmendmentDecision => {
  const { order } = waybill;
  if (order.status === 'absent') return reject({ code: 'OrderUnknown' });
  const pending = order.amendment;
  // Told twice, or called off meanwhile.
  if (pending?.amendmentId !== amendmentId) return accept();
  const wrong = objectionToAmendment(waybill, order, pending);
  if (wrong) return reject(wrong);
  const after = amended(order, pending);
  const reduced = reductions(waybill, loweredBy(order, pending), true);
  const { refundMinor } = moneyOf(waybill, order, pending);
  return accept<WaybillEvent>(
    ...amendmentFacts(order, amendmentId, pending),
    ...reduced,
    ...readdressed(waybill, order, pending, reduced),
    {
      type: 'OrderAmended',
      orderId,
      amendmentId,
      prices: pricesOf(after.lines),
      taxRateBasisPoints: after.taxRateBasisPoints,
      promise: pending.delivery?.promise ?? order.promise,
      warehousesByDistance: pending.warehousesByDistance,
      currency: order.currency,
      totalsBefore: order.totals,
      totalsAfter: after.totals,
      balanceDelta: after.totals.grandTotalMinor - order.totals.grandTotalMinor,
      refundMinor,
    },
    ...refunds(waybill, eventIdOf(amendmentId, 0), refundMinor, 'The order was amended'),
  );
};

const declineAmendment = (command: DeclineAmendment, { order }: Waybill): AmendmentDecision => {
  const { orderId, amendmentId, reason } = command;
  if (order.status === 'absent') return reject({ code: 'OrderUnknown' });
  if (order.amendment?.amendmentId !== amendmentId) return accept();
  return accept({ type: 'AmendmentDeclined', orderId, amendmentId, reason });
};

/** Of the units that are called off, those which no parcel has. */
const unsourced = (waybill: Waybill, lowered: readonly Lowered[]): Lowered[] =>
  lowered.flatMap(({ lineId, quantity }) => {
    const left = unassignedQuantity(waybill, lineId) - notFoundQuantity(waybill, lineId);
    return left > 0 ? [{ lineId, quantity: Math.min(left, quantity) }] : [];
  });

const cancelLines = (command: CancelLines, waybill: Waybill): AmendmentDecision => {
  const { orderId, cancellationId, reason, restock } = command;
  const objection = objectionToCancelingLines(waybill);
  const { order } = waybill;
  if (objection || order.status === 'absent') return reject(objection ?? { code: 'OrderUnknown' });
  const ids = command.lines.map(({ lineId }) => lineId);
  const repeated = ids.find((lineId, index) => ids.indexOf(lineId) !== index);
  if (repeated) return reject({ code: 'LineRepeated', lineId: repeated });
  if (command.lines.length === 0 || command.lines.some(({ quantity }) => quantity < 1))
    return reject({ code: 'AmendmentEmpty' });
  const left = command.lines.map(({ lineId, quantity }) => ({
    lineId,
    quantity: quantityIn(order.lines, lineId) - quantity,
  }));
  const beyond = committedBeyond(waybill, order, left);
  if (beyond) return reject(beyond);
  const after = withoutLines(order, command.lines);
  if (after.lines.length === 0) return reject({ code: 'NothingLeftOfOrder' });
  if (isStillBeingTaken(waybill, after.totals.grandTotalMinor)) return reject({ code: 'CapturePending' });
  const refundMinor = toGiveBack(waybill, after.totals.grandTotalMinor);
  const lines = command.lines.flatMap(({ lineId, quantity }) => {
    const line = order.lines.find((each) => each.lineId === lineId);
    return line ? [{ lineId, sku: line.sku, quantity }] : [];
  });
  const withoutParcel = unsourced(waybill, command.lines);
  const inParcels = command.lines.map(({ lineId, quantity }) => ({
    lineId,
    quantity: quantity - quantityIn(withoutParcel, lineId),
  }));
  // What still waits is asked for again, and held again when it is still not there.
  const holdId = withoutParcel.length > 0 ? stockHoldOf(order) : null;
  return accept<WaybillEvent>(
    ...reductions(waybill, inParcels, restock),
    {
      type: 'OrderLinesCanceled',
      orderId,
      lines,
      reason,
      restock,
      prices: pricesOf(after.lines),
      currency: order.currency,
      totalsBefore: order.totals,
      totalsAfter: after.totals,
      refundMinor,
    },
    ...(holdId ? [{ type: 'OrderHoldReleased' as const, orderId, holdId }] : []),
    ...refunds(waybill, eventIdOf(cancellationId, 0), refundMinor, reason),
  );
};

/** Decides a change of what was ordered. Pure: the browser previews with it. */
export const decideAmendment = (command: AmendmentCommand, waybill: Waybill): AmendmentDecision => {
  switch (command.type) {
    case 'RequestAmendment':
      return requestAmendment(command, waybill);
    case 'CompleteAmendment':
      return completeAmendment(command, waybill);
    case 'DeclineAmendment':
      return declineAmendment(command, waybill);
    case 'CancelLines':
      return cancelLines(command, waybill);
  }
};
