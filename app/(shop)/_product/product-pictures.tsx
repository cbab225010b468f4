import Link from 'next/link';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import { productHref } from '../_catalog/category-href.ts';
import type { ShopProduct } from '../_catalog/product-tile.tsx';

interface ProductPicturesProps {
  readonly product: ShopProduct;
  /** Others of its kind. */
  readonly kin: readonly ShopProduct[];
}

/** The product on its ground, and its kin as thumbs that lead to them. */
export const ProductPictures = ({ product, kin }: ProductPicturesProps) => (
  <div>
    <ProductPicture
      picture={product.picture ?? 'package'}
      hue={product.hue}
      alt={product.name}
      shape="main"
      className="aspect-7/6"
    />
    {kin.length > 0 && (
      <nav aria-label={`More of this kind: ${product.subcategory}`} className="mt-3.5">
        <ul className="flex gap-3">
          {[product, ...kin].map((each) => (
            <li key={each.sku}>
              <Link
                href={productHref(each.sku)}
                aria-label={each.name}
                aria-current={each.sku === product.sku ? 'page' : undefined}
                title={each.name}
                className="block rounded-panel outline-offset-2 aria-[current=page]:outline-2 aria-[current=page]:outline-ink focus-visible:outline-2 focus-visible:outline-ring"
              >
                <ProductPicture
                  picture={each.picture ?? 'package'}
                  hue={each.hue}
                  shape="thumb"
                  className="size-16 rounded-panel sm:size-21"
                />
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    )}
  </div>
);
