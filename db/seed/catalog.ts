import { deskProducts } from './catalog/desk.ts';
import { homeProducts } from './catalog/home.ts';
import { kitchenProducts } from './catalog/kitchen.ts';
import { outdoorsProducts } from './catalog/outdoors.ts';
import { pantryProducts } from './catalog/pantry.ts';
import { soundProducts } from './catalog/sound.ts';
import type { CatalogProduct } from './catalog-product.ts';

/** The whole demo catalog, in the order in which the shop shows it. */
export const catalog: readonly CatalogProduct[] = [
  ...kitchenProducts,
  ...homeProducts,
  ...soundProducts,
  ...outdoorsProducts,
  ...pantryProducts,
  ...deskProducts,
];
