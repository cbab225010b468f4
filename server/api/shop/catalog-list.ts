import { z } from 'zod';
import { skuSchema } from '#domain/shared/ids.ts';
import { catalogOrders, countCatalog, readCatalogPage } from '#server/queries/shop-catalog-page.ts';
import { publicProcedure } from '../procedures.ts';

const amountMinor = z.int().min(0).max(1_000_000_000);

const input = z.strictObject({
  category: z.string().max(60).optional(),
  subcategory: z.string().max(60).optional(),
  text: z.string().trim().max(80).optional(),
  priceFromMinor: amountMinor.optional(),
  /** Exclusive. */
  priceBelowMinor: amountMinor.optional(),
  inStock: z.boolean().optional(),
  order: z.enum(catalogOrders).default('composed'),
  cursor: z.strictObject({ key: z.string().max(300), sku: skuSchema }).nullish(),
  /** Sent along by TanStack's infinite queries. */
  direction: z.literal('forward').optional(),
  limit: z.int().min(1).max(100).default(24),
});

/**
 * Products on sale, with what is available of each. `next` is the cursor of the following page, null on the last;
 * `total` is counted for the first page only.
 */
export const catalogList = publicProcedure
  .meta({ reads: ['inventory_view'] })
  .input(input)
  .query(async ({ ctx, input: { order, cursor, limit, direction: _, ...filter } }) => {
    const [page, total] = await Promise.all([
      readCatalogPage(ctx.runtime, filter, order, cursor ?? null, limit),
      cursor ? null : countCatalog(ctx.runtime, filter),
    ]);
    return { ...page, total };
  });
