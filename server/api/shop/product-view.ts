import type { Product } from '#db/schema/products.ts';

/** A product as the shop shows it. `available` is null where stock is not kept. */
export type ShopProduct = Pick<
  Product,
  'sku' | 'name' | 'category' | 'subcategory' | 'description' | 'priceMinor' | 'currency' | 'picture' | 'hue' | 'size'
> & { readonly available: number | null };

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
