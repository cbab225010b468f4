import type { Database } from '#db/clients.ts';
import type { OrderSearchRow } from '#server/projections/order-search-filters.ts';

/** One order as a line of the desk's list. Instants are ISO 8601, amounts minor units. */
export type DeskOrder = Pick<
  OrderSearchRow,
  | 'orderNumber'
  | 'externalReference'
  | 'customerName'
  | 'tier'
  | 'channel'
  | 'currency'
  | 'totalMinor'
  | 'paidMinor'
  | 'refundedMinor'
  | 'refundPendingMinor'
  | 'country'
  | 'city'
  | 'orderStatus'
  | 'paymentStatus'
  | 'fulfillmentStatus'
  | 'holds'
  | 'tags'
  | 'assignee'
  | 'warehouses'
  | 'itemCount'
  | 'shipBy'
  | 'placedAt'
  | 'updatedAt'
> & { readonly orderId: string };

export type DeskOrderRow = Omit<DeskOrder, 'shipBy' | 'placedAt' | 'updatedAt'> & {
  readonly shipBy: Date;
  readonly placedAt: Date;
  readonly updatedAt: Date;
};

/** `o` is `read.order_search_v2`. */
export const deskOrderColumns = (sql: Database) => sql`
  o.order_key as "orderId", o.order_number as "orderNumber", o.external_reference as "externalReference",
  o.customer_name as "customerName", o.tier, o.channel, o.currency, o.total_minor as "totalMinor",
  o.paid_minor as "paidMinor", o.refunded_minor as "refundedMinor", o.refund_pending_minor as "refundPendingMinor",
  o.country, o.city, o.order_status as "orderStatus", o.payment_status as "paymentStatus",
  o.fulfillment_status as "fulfillmentStatus", o.holds, o.tags, o.assignee, o.warehouses, o.item_count as "itemCount",
  o.ship_by as "shipBy", o.placed_at as "placedAt", o.updated_at as "updatedAt"`;

export const deskOrder = (row: DeskOrderRow): DeskOrder => ({
  ...row,
  shipBy: row.shipBy.toISOString(),
  placedAt: row.placedAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
