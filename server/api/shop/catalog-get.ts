import { z } from 'zod';
import { skuSchema } from '#domain/shared/ids.ts';
import { productsBySku } from '#server/queries/catalog.ts';
import { readCompanions } from '#server/queries/shop-catalog-page.ts';
import { readStockNearby } from '#server/queries/shop-stock-nearby.ts';
import { publicProcedure } from '../procedures.ts';
import { rejected } from '../refusal.ts';
import { shopProduct } from './product-view.ts';

/** One product, its stock by warehouse, others of its kind, and what goes with it. */
export const catalogGet = publicProcedure
  .meta({ reads: ['inventory_view'] })
  .input(z.strictObject({ sku: skuSchema }))
  .query(async ({ ctx, input: { sku } }) => {
    const product = (await productsBySku(ctx.runtime.crud, [sku])).get(sku);
    if (!product) throw rejected({ code: 'ProductUnknown', sku });
    const [stock, companions] = await Promise.all([
      readStockNearby(ctx.runtime, sku),
      readCompanions(ctx.runtime, product),
    ]);
    return { product: shopProduct(product, stock?.available), stock, ...companions };
  });
