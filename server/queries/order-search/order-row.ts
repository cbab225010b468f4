import type { Database } from '#db/clients.ts';
import type { OrderSearchRow } from '#server/projections/order-search-filters.ts';

/** One order as a line of the desk's list. Instants are ISO 8601, amounts minor units. */
export type DeskOrder = Pick<
  OrderSearchRow,
  | 'orderNumber'
  | 'externalReference'
  | 'customerName'
  | 'tier'
  | 'currency'
  | 'totalMinor'
  | 'paidMinor'
  | 'refundedMinor'
  | 'refundPendingMinor'
  | 'orderStatus'
  | 'paymentStatus'
  | 'fulfillmentStatus'
  | 'holds'
  | 'itemCount'
  | 'placedAt'
  | 'updatedAt'
> & { readonly orderId: string };

export type DeskOrderRow = Omit<DeskOrder, 'placedAt' | 'updatedAt'> & {
  readonly placedAt: Date;
  readonly updatedAt: Date;
};

/** `o` is `read.order_search_v2`. */
export const deskOrderColumns = (sql: Database) => sql`
  o.order_key as "orderId", o.order_number as "orderNumber", o.external_reference as "externalReference",
  o.customer_name as "customerName", o.tier, o.currency, o.total_minor as "totalMinor", o.paid_minor as "paidMinor",
  o.refunded_minor as "refundedMinor", o.refund_pending_minor as "refundPendingMinor",
  o.order_status as "orderStatus", o.payment_status as "paymentStatus", o.fulfillment_status as "fulfillmentStatus",
  o.holds, o.item_count as "itemCount", o.placed_at as "placedAt", o.updated_at as "updatedAt"`;

export const deskOrder = (row: DeskOrderRow): DeskOrder => ({
  ...row,
  placedAt: row.placedAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
