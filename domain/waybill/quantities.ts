import type { FulfillmentStatus } from '../fulfillment/state.ts';
import type { LineId } from '../shared/ids.ts';
import { sum } from '../shared/money.ts';
import { liveFulfillments, type Waybill } from './state.ts';

type CountedLine = { readonly lineId: LineId; readonly quantity: number };

/** Not begun: what of it is to be picked may still change. */
export const isUnbegun = ({ status }: { readonly status: FulfillmentStatus }): boolean =>
  status === 'open' || status === 'on_hold';

export const quantityIn = (lines: readonly CountedLine[], lineId: LineId): number =>
  sum(lines.filter((line) => line.lineId === lineId).map(({ quantity }) => quantity));

/** How many of an order's line no live fulfillment has taken on; 0 for a line that the order doesn't have. */
export const unassignedQuantity = (waybill: Waybill, lineId: LineId): number => {
  const ordered = waybill.order.status === 'absent' ? [] : waybill.order.lines;
  return quantityIn(ordered, lineId) - sum(liveFulfillments(waybill).map(({ lines }) => quantityIn(lines, lineId)));
};

/** How many of a line were not in their bin, wherever it was looked for. */
export const missingQuantity = ({ fulfillments }: Waybill, lineId: LineId): number =>
  sum(Object.values(fulfillments).map(({ missing }) => missing[lineId] ?? 0));

/** How many of a line lie in fulfillments that ended because nothing of them was found. */
export const notFoundQuantity = ({ fulfillments }: Waybill, lineId: LineId): number =>
  sum(
    Object.values(fulfillments)
      .filter(({ status }) => status === 'canceled')
      .map(({ missing }) => missing[lineId] ?? 0),
  );

/** How many of a line the warehouse has begun with, or could not find: fewer can't be ordered any more. */
export const committedQuantity = (waybill: Waybill, lineId: LineId): number =>
  sum(
    liveFulfillments(waybill)
      .filter((fulfillment) => !isUnbegun(fulfillment))
      .map(({ lines }) => quantityIn(lines, lineId)),
  ) + notFoundQuantity(waybill, lineId);

/** Every unit has its warehouse, or was not to be found. */
export const isSourced = (waybill: Waybill): boolean =>
  waybill.order.status !== 'absent' &&
  waybill.order.lines.every(({ lineId }) => unassignedQuantity(waybill, lineId) === notFoundQuantity(waybill, lineId));
