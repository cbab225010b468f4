import type { Database } from '#db/clients.ts';
import { type FloorView, floorViews, viewCondition } from './floor-queue.ts';

/** How many fulfillments each view of a warehouse's queue holds. */
export type FloorCounts = Readonly<Record<FloorView, number>> & { readonly warehouse: string };

/** Counts of every warehouse where something waits, at an instant; one pass over the index of what is pending. */
export const readFloorCounts = async ({ sql }: { readonly sql: Database }, now: Date): Promise<FloorCounts[]> => {
  const counts = floorViews.map(
    (view) => sql`, count(*) filter (where ${viewCondition(sql, view, now)})::int as ${sql(view)}`,
  );
  const rows = await sql<FloorCounts[]>`
    select q.warehouse ${counts}
    from read.fulfillment_queue_v1 q
    left join read.fulfillment_holds_v1 h on h.order_key = q.order_key
    where q.status in ('open', 'on_hold', 'picking', 'packed')
    group by q.warehouse`;
  return rows.map((row) => ({ ...row }));
};
