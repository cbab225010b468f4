import { z } from 'zod';
import { fulfillmentIdSchema, warehouseCodeSchema } from '#domain/shared/ids.ts';
import { floorViews, readFloorQueue } from '#server/queries/floor-queue.ts';
import { staffNames } from '#server/queries/staff-names.ts';
import { warehouseProcedure } from '../procedures.ts';

/**
 * What waits in a warehouse, by the time it must leave. `next` is the cursor of the following page, null on the last;
 * `people` names the pickers.
 */
export const queueList = warehouseProcedure
  .meta({ reads: ['fulfillment_queue'] })
  .input(
    z.strictObject({
      warehouse: warehouseCodeSchema,
      view: z.enum(floorViews).default('all'),
      text: z.string().trim().max(100).nullish(),
      cursor: z.strictObject({ shipBy: z.iso.datetime(), fulfillmentId: fulfillmentIdSchema }).nullish(),
      // tRPC's client says which way it pages; there is only one.
      direction: z.literal('forward').optional(),
      limit: z.int().min(1).max(100).default(50),
    }),
  )
  .query(async ({ ctx, input: { warehouse, view, text, cursor, limit } }) => {
    const now = new Date();
    const found = await readFloorQueue(ctx.runtime, {
      warehouse,
      view,
      text: text || null,
      after: cursor ?? null,
      limit: limit + 1,
      now,
    });
    const items = found.slice(0, limit);
    const people = await staffNames(
      ctx.runtime,
      items.flatMap(({ picker }) => picker ?? []),
    );
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items, people, next: last ? { shipBy: last.shipBy, fulfillmentId: last.fulfillmentId } : null };
  });
