import type { Database } from '#db/clients.ts';
import type { FulfillmentQueueRow } from '#server/projections/fulfillment-queue.ts';

export const shipmentViews = ['in_transit', 'failed', 'delivered'] as const;
export type ShipmentView = (typeof shipmentViews)[number];

/** A fulfillment that has left the house. Instants are ISO 8601. */
export type Shipment = Pick<
  FulfillmentQueueRow,
  | 'fulfillmentId'
  | 'orderNumber'
  | 'customerName'
  | 'country'
  | 'city'
  | 'status'
  | 'carrier'
  | 'trackingNumber'
  | 'units'
  | 'deliverBy'
  | 'deliveredAt'
> & { readonly orderId: string; readonly shippedAt: string; readonly parcels: number };

export type ShipmentCursor = { readonly shippedAt: string; readonly fulfillmentId: string };

export type ShipmentsQuery = {
  readonly warehouse: string;
  readonly view: ShipmentView;
  readonly after: ShipmentCursor | null;
  readonly limit: number;
};

const statusOf = { in_transit: 'shipped', failed: 'delivery_failed', delivered: 'delivered' } as const;

type Row = Omit<Shipment, 'shippedAt' | 'deliverBy' | 'deliveredAt'> & {
  readonly shippedAt: Date;
  readonly deliverBy: Date;
  readonly deliveredAt: Date | null;
};

/** What left a warehouse, the newest first. */
export const readShipments = async (
  { sql }: { readonly sql: Database },
  { warehouse, view, after, limit }: ShipmentsQuery,
): Promise<Shipment[]> => {
  const rows = await sql<Row[]>`
    select fulfillment_id as "fulfillmentId", order_key as "orderId", order_number as "orderNumber",
      customer_name as "customerName", country, city, status, carrier, tracking_number as "trackingNumber", units,
      jsonb_array_length(packages) as parcels, deliver_by as "deliverBy", shipped_at as "shippedAt",
      delivered_at as "deliveredAt"
    from read.fulfillment_queue_v1
    where warehouse = ${warehouse} and shipped_at is not null and status = ${statusOf[view]}
      ${after ? sql`and (shipped_at, fulfillment_id) < (${after.shippedAt}::timestamptz, ${after.fulfillmentId}::uuid)` : sql``}
    order by shipped_at desc, fulfillment_id desc
    limit ${limit}`;
  return rows.map((row) => ({
    ...row,
    shippedAt: row.shippedAt.toISOString(),
    deliverBy: row.deliverBy.toISOString(),
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
  }));
};
