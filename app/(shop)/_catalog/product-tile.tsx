import Link from 'next/link';
import type { RouterOutputs } from '../../_trpc/router-types.ts';
import { cn } from '../../_ui/cn.ts';
import { Money } from '../../_ui/money.tsx';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import { toneText } from '../../_ui/tones.ts';
import { productHref } from './category-href.ts';
import { stockOnTile } from './stock-words.ts';

export type ShopProduct = RouterOutputs['shop']['catalog']['list']['items'][number];

/** A product among others: picture, name, price, and its stock where that matters. The whole tile is the link. */
export const ProductTile = ({ product }: { readonly product: ShopProduct }) => {
  const stock = stockOnTile(product.available);
  return (
    <li className="-m-1 p-1 [contain-intrinsic-size:auto_340px] [content-visibility:auto]">
      <Link href={productHref(product.sku)} className="group block rounded-picture">
        <ProductPicture
          picture={product.picture ?? 'package'}
          hue={product.hue}
          className={cn('aspect-square', product.available === 0 && 'opacity-60')}
        />
        <span className="mt-2.5 block text-pretty break-words font-medium hyphens-auto group-hover:underline">
          {product.name}
        </span>
        <span className="flex flex-wrap items-baseline gap-x-3">
          <Money minor={product.priceMinor} currency={product.currency} className="text-muted" />
          {stock && <span className={cn('font-medium text-admin', toneText[stock.tone])}>{stock.words}</span>}
        </span>
      </Link>
    </li>
  );
};
