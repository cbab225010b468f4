import type { Product } from '#db/schema/products.ts';
import type { ShopProduct } from '#server/queries/shop-catalog-page.ts';

export type { ShopProduct };

/** A product as the shop shows it: without where it lies and what it weighs. */
export const shopProduct = (product: Product, available: number | undefined): ShopProduct => {
  const { sku, name, category, subcategory, description, priceMinor, currency, picture, hue, size } = product;
  return {
    sku,
    name,
    category,
    subcategory,
    description,
    priceMinor,
    currency,
    picture,
    hue,
    size,
    available: available ?? null,
  };
};
