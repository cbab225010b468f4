import { z } from 'zod';
import { skuSchema } from '#domain/shared/ids.ts';
import { listProducts, productsBySku } from '#server/queries/catalog.ts';
import { availableBySku } from '#server/queries/stock.ts';
import { publicProcedure } from '../procedures.ts';
import { rejected } from '../refusal.ts';
import { shopProduct } from './product-view.ts';

/** One product, and four others of its kind. */
export const catalogGet = publicProcedure
  .meta({ reads: ['inventory_view'] })
  .input(z.strictObject({ sku: skuSchema }))
  .query(async ({ ctx, input: { sku } }) => {
    const product = (await productsBySku(ctx.runtime.crud, [sku])).get(sku);
    if (!product) throw rejected({ code: 'ProductUnknown', sku });
    const neighbours = await listProducts(ctx.runtime.crud, { category: product.category }, 40);
    const related = neighbours
      .filter((other) => other.sku !== sku)
      .toSorted((a, b) => Number(b.subcategory === product.subcategory) - Number(a.subcategory === product.subcategory))
      .slice(0, 4);
    const available = await availableBySku(
      ctx.runtime,
      [product, ...related].map((shown) => shown.sku),
    );
    return {
      product: shopProduct(product, available.get(sku)),
      related: related.map((other) => shopProduct(other, available.get(other.sku))),
    };
  });
