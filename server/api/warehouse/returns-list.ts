import { z } from 'zod';
import { idSchema, warehouseCodeSchema } from '#domain/shared/ids.ts';
import { countFloorReturns, readFloorReturns, returnViews } from '#server/queries/floor-returns.ts';
import { warehouseProcedure } from '../procedures.ts';

/**
 * The returns of a warehouse: on their way to it, or received and not inspected yet. `next` is the cursor of the
 * following page, null on the last; `counts` is of both views.
 */
export const returnsList = warehouseProcedure
  .meta({ reads: ['fulfillment_queue'] })
  .input(
    z.strictObject({
      warehouse: warehouseCodeSchema,
      view: z.enum(returnViews).default('received'),
      cursor: z.strictObject({ since: z.iso.datetime(), returnId: idSchema }).nullish(),
      // tRPC's client says which way it pages; there is only one.
      direction: z.literal('forward').optional(),
      limit: z.int().min(1).max(100).default(50),
    }),
  )
  .query(async ({ ctx, input: { warehouse, view, cursor, limit } }) => {
    const [found, counts] = await Promise.all([
      readFloorReturns(ctx.runtime, { warehouse, view, after: cursor ?? null, limit: limit + 1 }),
      countFloorReturns(ctx.runtime, warehouse),
    ]);
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items, counts, next: last ? { since: last.since, returnId: last.returnId } : null };
  });
