import { z } from 'zod';
import { fulfillmentIdSchema, warehouseCodeSchema } from '#domain/shared/ids.ts';
import { readShipments, shipmentViews } from '#server/queries/floor-shipments.ts';
import { warehouseProcedure } from '../procedures.ts';

/** What left a warehouse, the newest first. `next` is the cursor of the following page, null on the last. */
export const shipmentsList = warehouseProcedure
  .meta({ reads: ['fulfillment_queue'] })
  .input(
    z.strictObject({
      warehouse: warehouseCodeSchema,
      view: z.enum(shipmentViews).default('in_transit'),
      cursor: z.strictObject({ shippedAt: z.iso.datetime(), fulfillmentId: fulfillmentIdSchema }).nullish(),
      // tRPC's client says which way it pages; there is only one.
      direction: z.literal('forward').optional(),
      limit: z.int().min(1).max(100).default(50),
    }),
  )
  .query(async ({ ctx, input: { warehouse, view, cursor, limit } }) => {
    const found = await readShipments(ctx.runtime, { warehouse, view, after: cursor ?? null, limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items, next: last ? { shippedAt: last.shippedAt, fulfillmentId: last.fulfillmentId } : null };
  });
