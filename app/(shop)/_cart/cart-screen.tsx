'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { Button } from '../../_ui/button.tsx';
import { Skeleton } from '../../_ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../_ui/states.tsx';
import { notify } from '../../_ui/toast.tsx';
import { ShopColumn } from '../_frame/shop-column.tsx';
import { type CartLine, countOf, withLineBack, without, withQuantity } from './cart.ts';
import { CartLineRow } from './cart-line-row.tsx';
import { changeCart, useCart, useCountry, useIsAwake } from './cart-store.ts';
import { CartSummary } from './cart-summary.tsx';

const CartSkeleton = () => (
  <div role="status" aria-busy="true" aria-label="Loading your cart" className="grid gap-10 lg:grid-cols-[7fr_5fr]">
    <div className="flex flex-col gap-4">
      <Skeleton className="h-28" />
      <Skeleton className="h-28" />
    </div>
    <Skeleton className="h-80" />
  </div>
);

/** The cart of this browser: every tab shows the same one. */
export const CartScreen = ({ initialCountry }: { readonly initialCountry: string }) => {
  const trpc = useTRPC();
  const isAwake = useIsAwake();
  const cart = useCart();
  const [country, chooseCountry] = useCountry(initialCountry);
  const quote = useQuery(
    trpc.shop.quote.queryOptions(
      { lines: [...cart.lines], country, discountCode: cart.discountCode },
      { enabled: isAwake && cart.lines.length > 0, placeholderData: keepPreviousData },
    ),
  );
  const priced = quote.data;
  const remove = (line: CartLine, index: number, name: string) => {
    changeCart((before) => without(before, line.sku));
    // The button that was pressed is gone: focus goes to the page, not to its top.
    document.querySelector<HTMLElement>('[data-cart-head]')?.focus();
    notify(`${name} removed from your cart`, { onUndo: () => changeCart((now) => withLineBack(now, line, index)) });
  };
  return (
    <ShopColumn>
      <h1 data-cart-head="" tabIndex={-1} className="mb-4 text-shop-title outline-none max-sm:text-figure">
        Cart
      </h1>
      {isAwake && cart.lines.length === 0 ? (
        <EmptyState
          className="border-rule border-t px-0"
          title="Your cart is empty."
          action={
            <Button asChild variant="primary">
              <Link href="/catalog">See all products</Link>
            </Button>
          }
        >
          What you add stays here, in this browser, until you order or remove it.
        </EmptyState>
      ) : quote.isError && !priced ? (
        <ErrorState
          className="border-rule border-t px-0"
          title="The cart could not be priced."
          reference={referenceOf(quote.error)}
          onRetry={() => void quote.refetch()}
        >
          {wordsOf(quote.error)} Your cart is kept.
        </ErrorState>
      ) : !priced ? (
        <CartSkeleton />
      ) : (
        <div className="grid items-start gap-10 lg:grid-cols-[7fr_5fr] lg:gap-14">
          <ul aria-label="In your cart" className="border-rule border-t">
            {cart.lines.map((line, index) => {
              const quoted = priced.lines.find(({ sku }) => sku === line.sku);
              return (
                <CartLineRow
                  key={line.sku}
                  line={line}
                  quoted={quoted}
                  currency={priced.currency}
                  isGone={priced.problems.some(
                    ({ problem }) => problem.code === 'ProductUnknown' && problem.sku === line.sku,
                  )}
                  onQuantity={(quantity) => changeCart((before) => withQuantity(before, line.sku, quantity))}
                  onRemove={() => remove(line, index, quoted?.name ?? line.sku)}
                />
              );
            })}
          </ul>
          <CartSummary
            quote={priced}
            quotedAt={quote.dataUpdatedAt || Date.now()}
            isBehind={quote.isPlaceholderData}
            pieces={countOf(cart)}
            country={country}
            onCountry={chooseCountry}
          />
        </div>
      )}
    </ShopColumn>
  );
};
