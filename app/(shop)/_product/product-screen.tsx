'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Package } from 'lucide-react';
import { referenceOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { Breadcrumb } from '../../_ui/breadcrumb.tsx';
import { cn } from '../../_ui/cn.ts';
import { formatMoney } from '../../_ui/format.ts';
import { Money } from '../../_ui/money.tsx';
import { Skeleton } from '../../_ui/skeleton.tsx';
import { ErrorState } from '../../_ui/states.tsx';
import { toneText } from '../../_ui/tones.ts';
import { useCountry } from '../_cart/cart-store.ts';
import { categoryHref } from '../_catalog/category-href.ts';
import { ProductGrid } from '../_catalog/product-grid.tsx';
import { stockNearby } from '../_catalog/stock-words.ts';
import { ShopColumn } from '../_frame/shop-column.tsx';
import { AddToCart } from './add-to-cart.tsx';
import { DeliveryPromise } from './delivery-promise.tsx';
import { ProductFacts } from './product-facts.tsx';
import { ProductPictures } from './product-pictures.tsx';
import { cheapestShipping, standardDelivery } from './promise-stops.ts';
import { quoteOfOne } from './quote-input.ts';
import { ShipTo } from './ship-to.tsx';

/** Others buy meanwhile: stock and dates are looked at again. */
const lookAgainMs = 20_000;

interface ProductScreenProps {
  readonly sku: string;
  readonly initialCountry: string;
}

/** A product with its pictures, what it costs, when it arrives, and what goes with it. */
export const ProductScreen = ({ sku, initialCountry }: ProductScreenProps) => {
  const trpc = useTRPC();
  const [country, chooseCountry] = useCountry(initialCountry);
  const found = useQuery(trpc.shop.catalog.get.queryOptions({ sku }, { refetchInterval: lookAgainMs }));
  const quote = useQuery(
    trpc.shop.quote.queryOptions(quoteOfOne(sku, country), {
      placeholderData: keepPreviousData,
      refetchInterval: lookAgainMs,
    }),
  );
  if (!found.data) {
    return (
      <ShopColumn>
        {found.isError ? (
          <ErrorState
            title="The product could not be read."
            reference={referenceOf(found.error)}
            onRetry={() => void found.refetch()}
          >
            Your cart is kept in this browser.
          </ErrorState>
        ) : (
          <div aria-busy="true" className="grid gap-8 lg:grid-cols-[7fr_5fr] lg:gap-14">
            <Skeleton className="aspect-7/6 h-auto rounded-picture" />
            <Skeleton className="h-80" />
          </div>
        )}
      </ShopColumn>
    );
  }
  const { product, stock, kin, goesWith } = found.data;
  const delivery = quote.data ? standardDelivery(quote.data) : null;
  const cheapest = quote.data ? cheapestShipping(quote.data) : null;
  const words = stockNearby(stock, delivery?.from ?? null);
  const liesThere = !delivery || !stock || (stock.freeIn[delivery.from.code] ?? 0) > 0;
  const nameOf = (code: string) => quote.data?.countries.find((each) => each.code === code)?.name ?? code;
  return (
    <ShopColumn>
      <div className="grid gap-8 lg:grid-cols-[7fr_5fr] lg:gap-14">
        <ProductPictures product={product} kin={kin} />
        <div className="flex min-w-0 flex-col gap-4">
          <Breadcrumb
            crumbs={[{ label: product.category, href: categoryHref(product.category) }, { label: product.subcategory }]}
          />
          <h1 className="hyphens-auto break-words text-shop-title max-sm:text-figure">{product.name}</h1>
          <p className="max-w-md text-muted">{product.description}</p>
          <div>
            <p className="flex flex-wrap items-baseline gap-x-3.5">
              <Money minor={product.priceMinor} currency={product.currency} className="text-figure" />
              {quote.data && (
                <span className="text-admin text-muted">
                  tax included, shipping to{' '}
                  <ShipTo countries={quote.data.countries} value={country} onValueChange={chooseCountry} />
                  {cheapest !== null && ` from ${formatMoney(cheapest, quote.data.currency)}`}
                </span>
              )}
            </p>
            {words && (
              <p className={cn('mt-2 flex items-center gap-1.5 font-medium text-admin', toneText[words.tone])}>
                <Package aria-hidden="true" className="size-4" />
                {words.words}
              </p>
            )}
          </div>
          <AddToCart sku={sku} name={product.name} available={product.available} />
          <div className={cn('mt-2 min-h-15', quote.isPlaceholderData && 'opacity-60')} aria-busy={quote.isFetching}>
            {quote.data && (
              <DeliveryPromise delivery={delivery} madeAt={quote.dataUpdatedAt || Date.now()} liesThere={liesThere} />
            )}
            {quote.isError && !quote.data && (
              <ErrorState
                className="px-0"
                title="Delivery dates could not be read."
                onRetry={() => void quote.refetch()}
              />
            )}
          </div>
          <ProductFacts
            product={product}
            shipsFrom={
              delivery
                ? liesThere
                  ? `${delivery.from.city}, ${nameOf(delivery.from.country)}`
                  : 'Another of our warehouses'
                : null
            }
          />
        </div>
      </div>
      {goesWith.length > 0 && (
        <section aria-labelledby="goes-with-it" className="mt-10 border-rule border-t pt-4">
          <h2 id="goes-with-it" className="mb-3 text-title">
            Goes with it
          </h2>
          <ProductGrid products={goesWith} />
        </section>
      )}
    </ShopColumn>
  );
};
