import type { Database } from '#db/clients.ts';
import { formatPosition, type StorePosition } from '#domain/shared/store-position.ts';
import type { Waybill } from '#domain/waybill/state.ts';

/** The order that a fulfillment belongs to, with its whole state. */
export type FloorFulfillment = {
  readonly orderId: string;
  /** Position of the last event that is folded in: what a live subscription resumes from. */
  readonly at: string;
  readonly waybill: Waybill;
};

/** Null while the read side has not heard of the fulfillment. */
export const readFloorFulfillment = async (
  { sql }: { readonly sql: Database },
  fulfillmentId: string,
): Promise<FloorFulfillment | null> => {
  const [row] = await sql<(StorePosition & { readonly orderId: string; readonly waybill: Waybill })[]>`
    select o.order_key as "orderId", o.incarnation, o.transaction_id as "transactionId", o.position, o.waybill
    from read.fulfillment_queue_v1 q join read.order_status_v2 o on o.order_key = q.order_key
    where q.fulfillment_id = ${fulfillmentId}`;
  return row ? { orderId: row.orderId, at: formatPosition(row), waybill: row.waybill } : null;
};
