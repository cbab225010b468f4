import { z } from 'zod';
import { skuSchema } from '#domain/shared/ids.ts';
import { readInventoryPage } from '#server/queries/admin-inventory-page.ts';
import { auditorProcedure } from '../procedures.ts';

/** The SKUs whose stock has a history, and where it stands today. */
export const stockList = auditorProcedure
  .meta({ reads: ['inventory_view'] })
  .input(
    z.strictObject({
      text: z.string().trim().max(80).optional(),
      cursor: z.strictObject({ available: z.int(), sku: skuSchema }).nullish(),
      limit: z.int().min(1).max(200).default(100),
      /** Of infinite queries: they send it along. */
      direction: z.literal('forward').optional(),
    }),
  )
  .query(async ({ ctx, input: { cursor, limit, text } }) => {
    const found = await readInventoryPage(ctx.runtime, { text }, 'sku', cursor ?? null, limit + 1);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, next: found.length > limit && last ? { available: last.available, sku: last.sku } : null };
  });
