import type { Database } from '#db/clients.ts';
import { type FulfillmentFilter, matchingFulfillments, pendingSource } from './admin-fulfillment-filter.ts';

/** Lower bounds of the histogram's columns, in hours. */
export const ageBoundsHours = [0, 4, 8, 12, 24, 48, 72, 120, 168] as const;

export type AgeCount = {
  readonly warehouse: string;
  /** Index into `ageBoundsHours`. */
  readonly bucket: number;
  readonly count: number;
};

/** How long what waits has waited, by warehouse. */
export const readFulfillmentAges = async (
  { sql }: { readonly sql: Database },
  filter: FulfillmentFilter,
): Promise<AgeCount[]> => [
  ...(await sql<AgeCount[]>`
    select queue.warehouse,
      greatest(0, width_bucket(extract(epoch from now() - queue.created_at) / 3600, ${[...ageBoundsHours]}::numeric[]) - 1)
        as bucket,
      count(*)::int as count
    from ${pendingSource(sql)}
    where ${matchingFulfillments(sql, filter)}
    group by 1, 2 order by 1, 2`),
];
