import type { Database } from '#db/clients.ts';
import type { pendingStatuses } from '#server/projections/fulfillment-queue.ts';

/** The dashboard's figures; each is a filter. Ready: open, and nothing holds it. */
export const fulfillmentMarks = ['late', 'at_risk', 'holds', 'ready'] as const;
export type FulfillmentMark = (typeof fulfillmentMarks)[number];

export type FulfillmentFilter = {
  readonly mark?: FulfillmentMark | undefined;
  readonly warehouse?: string | undefined;
  readonly tier?: string | undefined;
  readonly status?: (typeof pendingStatuses)[number] | undefined;
};

/** `queue`, and its order's holds as `held`. */
export const pendingSource = (sql: Database) => sql`
  read.fulfillment_queue_v1 queue left join read.fulfillment_holds_v1 held on held.order_key = queue.order_key`;

/** SQL conditions on `pendingSource`. Late: should have left. At risk: must leave within four hours. */
export const markCondition = (sql: Database, mark: FulfillmentMark) =>
  ({
    late: sql`queue.ship_by < now()`,
    at_risk: sql`queue.ship_by >= now() and queue.ship_by < now() + interval '4 hours'`,
    holds: sql`(queue.status = 'on_hold' or held.order_key is not null)`,
    ready: sql`queue.status = 'open' and held.order_key is null`,
  })[mark];

/** Everything after `where`. The statuses are spelled out, as the partial index spells them. */
export const matchingFulfillments = (sql: Database, { mark, warehouse, tier, status }: FulfillmentFilter) => sql`
  queue.status in ('open', 'on_hold', 'picking', 'packed')
  ${mark === undefined ? sql`` : sql`and ${markCondition(sql, mark)}`}
  ${warehouse === undefined ? sql`` : sql`and queue.warehouse = ${warehouse}`}
  ${tier === undefined ? sql`` : sql`and queue.tier = ${tier}`}
  ${status === undefined ? sql`` : sql`and queue.status = ${status}`}`;
