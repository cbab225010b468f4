import type { ExistingFulfillment } from '#domain/fulfillment/state.ts';
import type { LineId } from '#domain/shared/ids.ts';
import { returnableQuantity } from '#domain/waybill/returns.ts';
import type { Waybill } from '#domain/waybill/state.ts';

/** A delivery of which something may still go back. */
export type Returnable = {
  readonly fulfillment: ExistingFulfillment;
  readonly lines: readonly { readonly lineId: LineId; readonly name: string; readonly most: number }[];
};

/** The name of an order's line; its SKU where the order no longer has the line. */
export const nameOf = (
  { order }: Waybill,
  { lineId, sku }: { readonly lineId: LineId; readonly sku: string },
): string => (order.status === 'absent' ? undefined : order.lines.find((line) => line.lineId === lineId)?.name) ?? sku;

/** What can be returned, by delivery: what came together goes back together. */
export const returnable = (waybill: Waybill): Returnable[] =>
  Object.values(waybill.fulfillments)
    .toSorted((a, b) => (a.fulfillmentId < b.fulfillmentId ? -1 : 1))
    .flatMap((fulfillment) => {
      const lines = fulfillment.lines.flatMap((line) => {
        const most = returnableQuantity(waybill, fulfillment, line.lineId);
        return most > 0 ? [{ lineId: line.lineId, name: nameOf(waybill, line), most }] : [];
      });
      return lines.length > 0 ? [{ fulfillment, lines }] : [];
    });
