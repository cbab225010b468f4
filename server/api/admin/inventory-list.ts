import { z } from 'zod';
import { skuSchema } from '#domain/shared/ids.ts';
import { countInventory, inventoryOrders, readInventoryPage } from '#server/queries/admin-inventory-page.ts';
import { adminProcedure } from '../procedures.ts';

/** Stock by SKU, with its levels by warehouse. `counts` only with the first page. */
export const inventoryList = adminProcedure
  .meta({ reads: ['inventory_view'] })
  .input(
    z.strictObject({
      text: z.string().trim().max(80).optional(),
      low: z.boolean().optional(),
      order: z.enum(inventoryOrders).default('sku'),
      cursor: z.strictObject({ available: z.int(), sku: skuSchema }).nullish(),
      limit: z.int().min(1).max(200).default(100),
      /** Of infinite queries: they send it along. */
      direction: z.literal('forward').optional(),
    }),
  )
  .query(async ({ ctx, input: { order, cursor, limit, direction: _, ...filter } }) => {
    const [found, counts] = await Promise.all([
      readInventoryPage(ctx.runtime, filter, order, cursor ?? null, limit + 1),
      cursor ? null : countInventory(ctx.runtime, filter),
    ]);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const next = found.length > limit && last ? { available: last.available, sku: last.sku } : null;
    return { items, next, counts };
  });
