import type { FulfillmentEvent } from '../fulfillment/events.ts';
import type { ExistingFulfillment } from '../fulfillment/state.ts';
import { additionsOf, isSame } from '../order/amend.ts';
import type { Amendment } from '../order/amendment-events.ts';
import type { ExistingOrder } from '../order/state.ts';
import type { LineId } from '../shared/ids.ts';
import { isUnbegun, quantityIn } from './quantities.ts';
import { liveFulfillments, type Waybill } from './state.ts';

export type Lowered = { readonly lineId: LineId; readonly quantity: number };

/** How many of each line an amendment takes off. */
export const loweredBy = (order: ExistingOrder, { quantities }: Pick<Amendment, 'quantities'>): Lowered[] =>
  quantities.flatMap(({ lineId, quantity }) => {
    const less = quantityIn(order.lines, lineId) - quantity;
    return less > 0 ? [{ lineId, quantity: less }] : [];
  });

/** Takes units off the fulfillments that nobody has begun with, the last ones first. */
export const reductions = (waybill: Waybill, lowered: readonly Lowered[], restock: boolean): FulfillmentEvent[] => {
  const left = new Map(lowered.map(({ lineId, quantity }) => [lineId, quantity]));
  return liveFulfillments(waybill)
    .filter(isUnbegun)
    .toReversed()
    .flatMap(({ fulfillmentId, orderId, warehouse, lines }): FulfillmentEvent[] => {
      const taken = lines.flatMap(({ lineId, sku, quantity: held }) => {
        const quantity = Math.min(held, left.get(lineId) ?? 0);
        left.set(lineId, (left.get(lineId) ?? 0) - quantity);
        return quantity > 0 ? [{ lineId, sku, quantity }] : [];
      });
      if (taken.length === 0) return [];
      const isEmpty = lines.every(({ lineId, quantity }) => quantityIn(taken, lineId) === quantity);
      return [{ type: 'FulfillmentReduced', fulfillmentId, orderId, warehouse, lines: taken, isEmpty, restock }];
    });
};

const endedBy = (reduced: readonly FulfillmentEvent[]): ReadonlySet<string> =>
  new Set(
    reduced.flatMap((event) => (event.type === 'FulfillmentReduced' && event.isEmpty ? [event.fulfillmentId] : [])),
  );

const isKept = (fulfillment: ExistingFulfillment, ended: ReadonlySet<string>): boolean =>
  isUnbegun(fulfillment) && !ended.has(fulfillment.fulfillmentId);

/** What is not begun goes where the order now goes, unless nothing is left of it. */
export const readdressed = (
  waybill: Waybill,
  order: ExistingOrder,
  { shipTo, delivery }: Amendment,
  reduced: readonly FulfillmentEvent[],
): FulfillmentEvent[] => {
  if (!shipTo && !delivery) return [];
  const ended = endedBy(reduced);
  return liveFulfillments(waybill)
    .filter((fulfillment) => isKept(fulfillment, ended))
    .map(({ fulfillmentId, orderId, subjectId }) => ({
      type: 'FulfillmentReaddressed',
      fulfillmentId,
      orderId,
      subjectId,
      shipTo: shipTo ?? order.shipTo,
      shippingMethod: delivery?.method ?? order.shippingMethod,
      promise: delivery?.promise ?? order.promise,
    }));
};

const isReaddressing = (order: ExistingOrder, { shipTo, delivery }: Amendment): boolean =>
  (shipTo !== null && !isSame(shipTo, order.shipTo)) ||
  (delivery !== null && !isSame(delivery.method, order.shippingMethod));

/** The parcels that go where the order went before, and as it did: the warehouse has begun with them. */
export const parcelsBegun = (waybill: Waybill, amendment: Amendment): ExistingFulfillment[] => {
  const { order } = waybill;
  return order.status !== 'absent' && isReaddressing(order, amendment)
    ? liveFulfillments(waybill).filter((fulfillment) => !isUnbegun(fulfillment))
    : [];
};

/** What is not begun, and what is added, goes to the new address; there has to be something of either. */
export const objectionToReaddressing = (waybill: Waybill, order: ExistingOrder, amendment: Amendment) => {
  const [begun] = parcelsBegun(waybill, amendment);
  if (!begun || additionsOf(order, amendment).length > 0) return null;
  const ended = endedBy(reductions(waybill, loweredBy(order, amendment), true));
  return liveFulfillments(waybill).some((fulfillment) => isKept(fulfillment, ended))
    ? null
    : { code: 'NothingToReaddress' as const, status: begun.status };
};
