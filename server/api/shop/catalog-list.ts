import { z } from 'zod';
import { listProducts } from '#server/queries/catalog.ts';
import { availableBySku } from '#server/queries/stock.ts';
import { publicProcedure } from '../procedures.ts';
import { shopProduct } from './product-view.ts';

const input = z.strictObject({
  category: z.string().max(60).optional(),
  subcategory: z.string().max(60).optional(),
  text: z.string().trim().max(80).optional(),
  order: z.enum(['composed', 'price-up', 'price-down', 'name']).optional(),
  limit: z.int().min(1).max(200).default(200),
});

/** Products on sale, with what is available of each. */
export const catalogList = publicProcedure
  .meta({ reads: ['inventory_view'] })
  .input(input)
  .query(async ({ ctx, input: { limit, ...filter } }) => {
    const products = await listProducts(ctx.runtime.crud, filter, limit);
    const available = await availableBySku(
      ctx.runtime,
      products.map(({ sku }) => sku),
    );
    return products.map((product) => shopProduct(product, available.get(product.sku)));
  });
