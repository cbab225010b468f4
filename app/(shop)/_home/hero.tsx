import Link from 'next/link';
import type { CSSProperties } from 'react';
import { Button } from '../../_ui/button.tsx';
import { Money } from '../../_ui/money.tsx';
import { productHref } from '../_catalog/category-href.ts';
import type { ShopProduct } from '../_catalog/product-tile.tsx';

/** The shop's one sentence, on the ground of the product that it shows. */
export const Hero = ({ product }: { readonly product: ShopProduct }) => (
  <section
    aria-label="Welcome"
    style={{ '--hue': product.hue } as CSSProperties}
    className="product-ground notched grid items-center gap-6 rounded-picture px-8 py-10 sm:px-14 lg:grid-cols-[7fr_5fr] lg:py-14"
  >
    <div className="max-lg:order-2">
      <h1 className="text-hero max-sm:text-shop-title">Good things, traced to your door</h1>
      <p className="mt-4 max-w-md text-pretty text-[1.0625rem]">
        Every order is one page that is never erased: what was picked, packed and sent, by whom and when. You read the
        same page as we do.
      </p>
      <div className="mt-7 flex flex-wrap items-center gap-x-5 gap-y-3">
        <Button asChild variant="primary" size="lg">
          <Link href="/catalog">See all products</Link>
        </Button>
        <Link href={productHref(product.sku)} className="font-medium underline decoration-1 underline-offset-4">
          {product.name}, <Money minor={product.priceMinor} currency={product.currency} />
        </Link>
      </div>
    </div>
    <div className="relative mx-auto aspect-square w-full max-w-40 sm:max-w-64 lg:max-w-90">
      <span
        aria-hidden="true"
        className="product-shadow absolute bottom-[2%] left-1/2 h-[11%] w-[76%] -translate-x-1/2"
      />
      {/* biome-ignore lint/performance/noImgElement: a small vector file from our own origin needs no optimizer */}
      <img
        src={`/pictures/${product.picture ?? 'package'}.svg`}
        alt=""
        width={360}
        height={360}
        className="relative size-full"
      />
    </div>
  </section>
);
