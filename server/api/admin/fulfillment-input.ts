import { z } from 'zod';
import { warehouseCodeSchema } from '#domain/shared/ids.ts';
import { pendingStatuses } from '#server/projections/fulfillment-queue.ts';
import { fulfillmentMarks } from '#server/queries/admin-fulfillment-filter.ts';

/** What narrows the whole dashboard. */
export const fulfillmentScope = {
  warehouse: warehouseCodeSchema.optional(),
  tier: z.enum(['standard', 'silver', 'gold']).optional(),
};

/** What narrows the list below the figures. */
export const fulfillmentFilter = {
  ...fulfillmentScope,
  mark: z.enum(fulfillmentMarks).optional(),
  status: z.enum(pendingStatuses).optional(),
};
