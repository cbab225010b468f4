import type { OrderLine } from '#domain/order/events.ts';
import { sum } from '#domain/shared/money.ts';
import { objectionToCancelingLines } from '#domain/waybill/amend.ts';
import { committedQuantity } from '#domain/waybill/quantities.ts';
import type { Waybill } from '#domain/waybill/state.ts';

/** A line of which nobody has begun to pick everything. */
export type CancelableLine = {
  readonly line: OrderLine;
  /** How many of it can still be called off. */
  readonly most: number;
};

export const cancelableLines = (waybill: Waybill): CancelableLine[] =>
  waybill.order.status === 'absent'
    ? []
    : waybill.order.lines.flatMap((line) => {
        const most = line.quantity - committedQuantity(waybill, line.lineId);
        return most > 0 ? [{ line, most }] : [];
      });

/** Something can be called off, and something would be left of the order. */
export const canCancelPart = (waybill: Waybill): boolean =>
  waybill.order.status !== 'absent' &&
  objectionToCancelingLines(waybill) === null &&
  cancelableLines(waybill).length > 0 &&
  sum(waybill.order.lines.map(({ quantity }) => quantity)) > 1;
