import type { Database } from '#db/clients.ts';
import type { FulfillmentQueueRow } from '#server/projections/fulfillment-queue.ts';
import type { FulfillmentReturnRow } from '#server/projections/fulfillment-returns.ts';

export const returnViews = ['received', 'expected'] as const;
export type ReturnView = (typeof returnViews)[number];

/** A return that waits for the floor. `since` is ISO 8601: approved, or received. */
export type FloorReturn = Pick<
  FulfillmentReturnRow,
  'returnId' | 'fulfillmentId' | 'resolution' | 'lines' | 'units' | 'since'
> &
  Pick<FulfillmentQueueRow, 'orderNumber' | 'customerName' | 'country' | 'city'> & {
    readonly orderId: string;
    /** Of the delivery that it comes from: names and pictures of what is in it. */
    readonly products: FulfillmentQueueRow['lines'];
  };

export type ReturnCursor = { readonly since: string; readonly returnId: string };

export type ReturnsQuery = {
  readonly warehouse: string;
  readonly view: ReturnView;
  readonly after: ReturnCursor | null;
  readonly limit: number;
};

const statusOf = { received: 'received', expected: 'approved' } as const satisfies Record<
  ReturnView,
  FulfillmentReturnRow['status']
>;

/**
 * The returns of a warehouse, who waits longest first. Open returns are few, so each is looked up in the queue by its
 * key: no event names both a return and its warehouse before somebody has inspected it.
 */
export const readFloorReturns = async (
  { sql }: { readonly sql: Database },
  { warehouse, view, after, limit }: ReturnsQuery,
): Promise<FloorReturn[]> => {
  const rows = await sql<(Omit<FloorReturn, 'since'> & { readonly since: Date })[]>`
    select r.return_id as "returnId", r.order_key as "orderId", r.fulfillment_id as "fulfillmentId", r.resolution,
      r.lines, r.units, r.since, q.order_number as "orderNumber", q.customer_name as "customerName", q.country, q.city,
      q.lines as products
    from read.fulfillment_returns_v1 r join read.fulfillment_queue_v1 q using (fulfillment_id)
    where r.status = ${statusOf[view]} and q.warehouse = ${warehouse}
      ${after ? sql`and (r.since, r.return_id) > (${after.since}::timestamptz, ${after.returnId}::uuid)` : sql``}
    order by r.since, r.return_id
    limit ${limit}`;
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
};

export type ReturnCounts = { readonly [View in ReturnView]: number };

/** How many returns of a warehouse wait, by what they wait for. */
export const countFloorReturns = async (
  { sql }: { readonly sql: Database },
  warehouse: string,
): Promise<ReturnCounts> => {
  const [counts] = await sql<ReturnCounts[]>`
    select count(*) filter (where r.status = 'received')::int as received,
      count(*) filter (where r.status = 'approved')::int as expected
    from read.fulfillment_returns_v1 r join read.fulfillment_queue_v1 q using (fulfillment_id)
    where r.status in ('approved', 'received') and q.warehouse = ${warehouse}`;
  return counts ?? { received: 0, expected: 0 };
};
