import type { ExistingFulfillment } from '#domain/fulfillment/state.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import { objectionToChanging } from '#domain/waybill/amend.ts';
import { isUnbegun } from '#domain/waybill/quantities.ts';
import { returnableQuantity } from '#domain/waybill/returns.ts';
import { liveFulfillments, type Waybill } from '#domain/waybill/state.ts';

export type ReturnableParcel = {
  readonly parcel: ExistingFulfillment;
  readonly lines: readonly { readonly lineId: string; readonly left: number }[];
};

/** The delivered parcels of which something may still go back. */
export const returnableParcels = (waybill: Waybill): readonly ReturnableParcel[] =>
  liveFulfillments(waybill).flatMap((parcel) => {
    const lines = parcel.lines.flatMap(({ lineId }) => {
      const left = returnableQuantity(waybill, parcel, lineId);
      return left > 0 ? [{ lineId, left }] : [];
    });
    return lines.length > 0 ? [{ parcel, lines }] : [];
  });

const hasLeft = (waybill: Waybill): boolean =>
  liveFulfillments(waybill).some(({ status }) => status === 'shipped' || status === 'delivered');

/** Whether a customer may change an order now: as long as nobody has begun to pick it. */
export const canChange = (waybill: Waybill): boolean =>
  objectionToChanging(waybill) === null && liveFulfillments(waybill).every(isUnbegun);

/** Why an order can't be changed now, and what can be done instead; null where there is nothing to say. */
export const whyNotChange = (waybill: Waybill, order: ExistingOrder): string | null => {
  if (order.status !== 'confirmed') return null;
  if (liveFulfillments(waybill).every(({ status }) => status === 'delivered') && hasLeft(waybill)) return null;
  if (hasLeft(waybill))
    return 'It has left the warehouse and can no longer be changed or canceled. You can send it back once it is with you.';
  if (liveFulfillments(waybill).some((parcel) => !isUnbegun(parcel)))
    return 'The warehouse is getting it ready, so it can no longer be changed or canceled here. You can send back what you don’t want once it is with you.';
  switch (objectionToChanging(waybill)?.code) {
    case 'AmendmentPending':
      return 'A change is waiting for stock and bank. When it is through, you can change more.';
    case 'OrderBeingSourced':
      return 'Its warehouse is being chosen just now. You can change the order in a moment.';
    case 'PaymentTakenElsewhere':
      return 'It was paid in another system, so it can’t be changed here.';
    default:
      return null;
  }
};
