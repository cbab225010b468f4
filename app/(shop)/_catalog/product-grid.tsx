import { Skeleton } from '../../_ui/skeleton.tsx';
import { ProductTile, type ShopProduct } from './product-tile.tsx';

const columns = 'grid grid-cols-2 gap-x-4 gap-y-8 sm:grid-cols-3 sm:gap-x-5 lg:grid-cols-4';

/** Products in 4, 3 or 2 columns. */
export const ProductGrid = ({ products }: { readonly products: readonly ShopProduct[] }) => (
  <ul className={columns}>
    {products.map((product) => (
      <ProductTile key={product.sku} product={product} />
    ))}
  </ul>
);

/** The grid before its products are there. */
export const ProductGridSkeleton = () => (
  <div role="status" aria-busy="true" aria-label="Loading products" className={columns}>
    {Array.from({ length: 8 }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the tiles are alike and never move
      <div key={index}>
        <Skeleton className="aspect-square h-auto rounded-picture" />
        <Skeleton className="mt-3.5 w-2/3" />
        <Skeleton className="mt-2 w-1/3" />
      </div>
    ))}
  </div>
);
