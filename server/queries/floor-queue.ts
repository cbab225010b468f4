import type { Database } from '#db/clients.ts';
import { atRiskMs } from '#domain/fulfillment/urgency.ts';
import type { FulfillmentQueueRow, QueueLine } from '#server/projections/fulfillment-queue.ts';

/** What the floor may look at of what waits in a warehouse. */
export const floorViews = ['all', 'late', 'at_risk', 'ready', 'picking', 'packed', 'held'] as const;
export type FloorView = (typeof floorViews)[number];

/** A fulfillment as the queue lists it. Instants are ISO 8601. */
export type FloorQueueItem = Pick<
  FulfillmentQueueRow,
  | 'fulfillmentId'
  | 'orderNumber'
  | 'tier'
  | 'customerName'
  | 'country'
  | 'city'
  | 'shippingMethodCode'
  | 'shippingMethodName'
  | 'shipBy'
  | 'status'
  | 'picker'
  | 'units'
> & {
  /** Units in the tote. */
  readonly picked: number;
  readonly lineCount: number;
  /** The first three lines. */
  readonly lines: readonly Pick<QueueLine, 'lineId' | 'name' | 'picture' | 'hue' | 'quantity'>[];
  /** Why nobody may pick it; empty when it is free. */
  readonly holds: readonly string[];
};

/** Keyset paging: the last row of the page before. */
export type FloorCursor = { readonly shipBy: string; readonly fulfillmentId: string };

export type FloorQueueQuery = {
  readonly warehouse: string;
  readonly view: FloorView;
  /** Part of an order number, a whole SKU, or part of a recipient's name; null for all. */
  readonly text: string | null;
  readonly after: FloorCursor | null;
  readonly limit: number;
  readonly now: Date;
};

const isHeld = (sql: Database) => sql`(q.status = 'on_hold' or h.order_key is not null)`;

/** The condition of a view over `q` (queue) and `h` (holds), at an instant. */
export const viewCondition = (sql: Database, view: FloorView, now: Date) => {
  switch (view) {
    case 'all':
      return sql`true`;
    case 'late':
      return sql`q.ship_by < ${now}`;
    case 'at_risk':
      return sql`q.ship_by >= ${now} and q.ship_by < ${new Date(now.getTime() + atRiskMs)}`;
    case 'ready':
      return sql`q.status = 'open' and not ${isHeld(sql)}`;
    case 'picking':
      return sql`q.status = 'picking'`;
    case 'packed':
      return sql`q.status = 'packed'`;
    case 'held':
      return isHeld(sql);
  }
};

const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

type Row = Omit<FloorQueueItem, 'shipBy'> & { readonly shipBy: Date };

/** What waits in a warehouse, by the time it must leave: so the late come first, then what is at risk. */
export const readFloorQueue = async (
  { sql }: { readonly sql: Database },
  { warehouse, view, text, after, limit, now }: FloorQueueQuery,
): Promise<FloorQueueItem[]> => {
  const rows = await sql<Row[]>`
    select q.fulfillment_id as "fulfillmentId", q.order_number as "orderNumber", q.tier,
      q.customer_name as "customerName", q.country, q.city, q.shipping_method_code as "shippingMethodCode",
      q.shipping_method_name as "shippingMethodName", q.ship_by as "shipBy", q.status, q.picker, q.units,
      (select coalesce(sum((line ->> 'picked')::int), 0)::int from jsonb_array_elements(q.lines) line) as picked,
      jsonb_array_length(q.lines) as "lineCount",
      (select coalesce(jsonb_agg(jsonb_build_object('lineId', line -> 'lineId', 'name', line -> 'name',
          'picture', line -> 'picture', 'hue', line -> 'hue', 'quantity', line -> 'quantity')), '[]')
        from jsonb_array_elements(jsonb_path_query_array(q.lines, '$[0 to 2]')) line) as lines,
      case when q.hold_reason is null then coalesce(h.reasons, '{}') else array[q.hold_reason] end as holds
    from read.fulfillment_queue_v1 q
    left join read.fulfillment_holds_v1 h on h.order_key = q.order_key
    where q.status in ('open', 'on_hold', 'picking', 'packed') and q.warehouse = ${warehouse}
      and ${viewCondition(sql, view, now)}
      ${
        text === null
          ? sql``
          : sql`and (q.order_number ilike ${containing(text)} or q.customer_name ilike ${containing(text)}
              or q.skus @> array[upper(${text}::text)])`
      }
      ${after ? sql`and (q.ship_by, q.fulfillment_id) > (${after.shipBy}::timestamptz, ${after.fulfillmentId}::uuid)` : sql``}
    order by q.ship_by, q.fulfillment_id
    limit ${limit}`;
  return rows.map((row) => ({ ...row, shipBy: row.shipBy.toISOString() }));
};
