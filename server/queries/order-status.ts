import type { Database } from '#db/clients.ts';
import { formatPosition } from '#domain/shared/store-position.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import type { OrderStatusRow } from '#server/projections/order-status.ts';
import { tokenlessWaybill } from './hidden-token.ts';

/** An order as a list shows it. Instants are ISO 8601, amounts minor units. */
export type OrderListItem = Pick<
  OrderStatusRow,
  | 'orderNumber'
  | 'placedAt'
  | 'updatedAt'
  | 'orderStatus'
  | 'paymentStatus'
  | 'fulfillmentStatus'
  | 'holds'
  | 'currency'
  | 'grandTotalMinor'
  | 'paidMinor'
  | 'refundedMinor'
  | 'itemCount'
  | 'lineCount'
  | 'firstLineName'
  | 'firstLinePicture'
  | 'firstLineHue'
> & {
  readonly orderId: string;
  /** Position of the last event that is folded in: what a live subscription resumes from. */
  readonly at: string;
};

export type OrderDetail = OrderListItem & {
  readonly externalReference: string | null;
  readonly customerId: string | null;
  readonly waybill: Waybill;
};

type Row = Omit<OrderStatusRow, 'placedAt' | 'updatedAt'> & { readonly placedAt: Date; readonly updatedAt: Date };

const listItem = (row: Omit<Row, 'waybill'>): OrderListItem => ({
  orderId: row.orderKey,
  orderNumber: row.orderNumber,
  placedAt: row.placedAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  orderStatus: row.orderStatus,
  paymentStatus: row.paymentStatus,
  fulfillmentStatus: row.fulfillmentStatus,
  holds: row.holds,
  currency: row.currency,
  grandTotalMinor: row.grandTotalMinor,
  paidMinor: row.paidMinor,
  refundedMinor: row.refundedMinor,
  itemCount: row.itemCount,
  lineCount: row.lineCount,
  firstLineName: row.firstLineName,
  firstLinePicture: row.firstLinePicture,
  firstLineHue: row.firstLineHue,
  at: formatPosition(row),
});

const listColumns = (sql: Database) => sql`
  order_key as "orderKey", order_number as "orderNumber", external_reference as "externalReference",
  customer_id as "customerId", subject_id as "subjectId", placed_at as "placedAt", updated_at as "updatedAt",
  order_status as "orderStatus", payment_status as "paymentStatus", fulfillment_status as "fulfillmentStatus",
  holds, currency, grand_total_minor as "grandTotalMinor", paid_minor as "paidMinor",
  refunded_minor as "refundedMinor", item_count as "itemCount", line_count as "lineCount",
  first_line_name as "firstLineName", first_line_picture as "firstLinePicture", first_line_hue as "firstLineHue",
  incarnation, transaction_id as "transactionId", position`;

/** One order with its whole state; null while the read table has not heard of it. */
export const readOrderStatus = async (
  { sql }: { readonly sql: Database },
  orderId: string,
): Promise<OrderDetail | null> => {
  const [row] = await sql<Row[]>`
    select ${listColumns(sql)}, waybill from read.order_status_v2 where order_key = ${orderId}`;
  if (!row) return null;
  const { externalReference, customerId, waybill } = row;
  return { ...listItem(row), externalReference, customerId, waybill: tokenlessWaybill(waybill) };
};

/** Keyset paging: the last row of the page before. */
export type OrderCursor = { readonly placedAt: string; readonly orderId: string };

/** A customer's orders, the newest first. */
export const listOrdersOf = async (
  { sql }: { readonly sql: Database },
  customerId: string,
  after: OrderCursor | null,
  limit: number,
): Promise<OrderListItem[]> => {
  const rows = await sql<Row[]>`
    select ${listColumns(sql)} from read.order_status_v2
    where customer_id = ${customerId} and order_status not in ('draft', 'discarded')
      ${after ? sql`and (placed_at, order_key) < (${after.placedAt}::timestamptz, ${after.orderId}::uuid)` : sql``}
    order by placed_at desc, order_key desc
    limit ${limit}`;
  return rows.map(listItem);
};
