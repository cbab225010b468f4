import { readFloorCounts } from '#server/queries/floor-counts.ts';
import { warehouseProcedure } from '../procedures.ts';

/** How many fulfillments wait in each warehouse, by view of the queue. A warehouse without any is missing. */
export const queueCounts = warehouseProcedure
  .meta({ reads: ['fulfillment_queue'] })
  .query(({ ctx }) => readFloorCounts(ctx.runtime, new Date()));
