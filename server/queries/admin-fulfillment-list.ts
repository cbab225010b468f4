import type { Database } from '#db/clients.ts';
import type { FulfillmentQueueRow, QueueLine } from '#server/projections/fulfillment-queue.ts';
import { type FulfillmentFilter, matchingFulfillments, pendingSource } from './admin-fulfillment-filter.ts';

export const fulfillmentOrders = ['promise', 'age'] as const;
export type FulfillmentOrder = (typeof fulfillmentOrders)[number];

/** What lies in the fulfillment's own warehouse; null: no stock of this SKU was ever kept. */
export type StockThere = { readonly sku: string; readonly onHand: number | null; readonly unavailable: number };

/** A pending fulfillment as the dashboard shows it. Instants are ISO 8601. */
export type PendingFulfillment = Pick<
  FulfillmentQueueRow,
  | 'fulfillmentId'
  | 'orderKey'
  | 'orderNumber'
  | 'tier'
  | 'customerName'
  | 'country'
  | 'city'
  | 'warehouse'
  | 'sourcing'
  | 'shippingMethodName'
  | 'shipBy'
  | 'deliverBy'
  | 'picker'
  | 'units'
  | 'createdAt'
> & {
  readonly status: 'open' | 'on_hold' | 'picking' | 'packed';
  readonly lines: readonly QueueLine[];
  /** Of the fulfillment and of its order. */
  readonly holds: readonly string[];
  readonly mark: 'late' | 'at_risk' | null;
  /** One entry a SKU. */
  readonly stock: readonly StockThere[];
};

/** Keyset paging: the last row of the page before. */
export type FulfillmentCursor = { readonly at: string; readonly fulfillmentId: string };

type Row = Omit<PendingFulfillment, 'shipBy' | 'deliverBy' | 'createdAt'> & {
  readonly shipBy: Date;
  readonly deliverBy: Date;
  readonly createdAt: Date;
};

const orderColumn = (sql: Database, order: FulfillmentOrder) =>
  ({ promise: sql`queue.ship_by`, age: sql`queue.created_at` })[order];

/** One page of what waits for the warehouses: the page is cut first, then joined with the stock of its SKUs. */
export const readPendingFulfillments = async (
  { sql }: { readonly sql: Database },
  filter: FulfillmentFilter,
  order: FulfillmentOrder,
  after: FulfillmentCursor | null,
  limit: number,
): Promise<PendingFulfillment[]> => {
  const column = orderColumn(sql, order);
  const rows = await sql<Row[]>`
    with page as (
      select queue.fulfillment_id, queue.order_key, queue.order_number, queue.tier, queue.customer_name, queue.country,
        queue.city, queue.warehouse, queue.sourcing, queue.shipping_method_name, queue.ship_by, queue.deliver_by,
        queue.picker, queue.units, queue.created_at, queue.status, queue.lines, queue.skus,
        array_remove(held.reasons || queue.hold_reason, null) as holds
      from ${pendingSource(sql)}
      where ${matchingFulfillments(sql, filter)}
        ${after ? sql`and (${column}, queue.fulfillment_id) > (${after.at}::timestamptz, ${after.fulfillmentId}::uuid)` : sql``}
      order by ${column}, queue.fulfillment_id
      limit ${limit}
    )
    select page.fulfillment_id as "fulfillmentId", page.order_key as "orderKey", page.order_number as "orderNumber",
      page.tier, page.customer_name as "customerName", page.country, page.city, page.warehouse, page.sourcing,
      page.shipping_method_name as "shippingMethodName", page.ship_by as "shipBy", page.deliver_by as "deliverBy",
      page.picker, page.units, page.created_at as "createdAt", page.status, page.lines, page.holds,
      case when page.ship_by < now() then 'late' when page.ship_by < now() + interval '4 hours' then 'at_risk' end as mark,
      stock.there as stock
    from page
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object(
          'sku', wanted.sku,
          'onHand', (view.levels -> page.warehouse ->> 'onHand')::bigint,
          'unavailable', coalesce((view.levels -> page.warehouse ->> 'unavailable')::bigint, 0)
        ) order by wanted.sku), '[]') as there
      from unnest(page.skus) as wanted (sku)
      left join read.inventory_view_v1 view on view.sku = wanted.sku
    ) as stock
    order by ${order === 'promise' ? sql`page.ship_by` : sql`page.created_at`}, page.fulfillment_id`;
  return rows.map((row) => ({
    ...row,
    shipBy: row.shipBy.toISOString(),
    deliverBy: row.deliverBy.toISOString(),
    createdAt: row.createdAt.toISOString(),
  }));
};
