import type { PageCaller } from '#server/api/caller.ts';
import type { ShopProduct } from '../_catalog/product-tile.tsx';

const ofEach = 2;

/** The first products of every category, in the catalog's order: something of everything. */
export const readShelf = async (api: PageCaller['api']): Promise<readonly ShopProduct[]> => {
  const categories = await api.shop.catalog.categories();
  const pages = await Promise.all(
    categories.slice(0, 8).map(({ category }) => api.shop.catalog.list({ category, limit: ofEach })),
  );
  return pages.flatMap(({ items }) => items);
};
