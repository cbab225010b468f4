import { z } from 'zod';
import { fulfillmentIdSchema } from '#domain/shared/ids.ts';
import { fulfillmentOrders, readPendingFulfillments } from '#server/queries/admin-fulfillment-list.ts';
import { adminProcedure } from '../procedures.ts';
import { fulfillmentFilter } from './fulfillment-input.ts';

/**
 * What waits for the warehouses, with the stock that lies there, by promise (late first) or by age. `next` is the
 * cursor of the following page, null on the last.
 */
export const fulfillmentList = adminProcedure
  .meta({ reads: ['fulfillment_queue', 'inventory_view'] })
  .input(
    z.strictObject({
      ...fulfillmentFilter,
      order: z.enum(fulfillmentOrders).default('promise'),
      cursor: z.strictObject({ at: z.iso.datetime(), fulfillmentId: fulfillmentIdSchema }).nullish(),
      limit: z.int().min(1).max(200).default(100),
      /** Of infinite queries: they send it along. */
      direction: z.literal('forward').optional(),
    }),
  )
  .query(async ({ ctx, input: { order, cursor, limit, direction: _, ...filter } }) => {
    const found = await readPendingFulfillments(ctx.runtime, filter, order, cursor ?? null, limit + 1);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    if (found.length <= limit || !last) return { items, next: null };
    return {
      items,
      next: { at: order === 'promise' ? last.shipBy : last.createdAt, fulfillmentId: last.fulfillmentId },
    };
  });
