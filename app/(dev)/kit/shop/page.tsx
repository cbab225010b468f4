import { catalog } from '#db/seed/catalog.ts';
import { KitShop } from './kit-shop.tsx';

export default function KitShopPage() {
  return <KitShop products={catalog} />;
}
