'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RouterInputs } from '../../_trpc/router-types.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { useCart, useIsAwake } from '../_cart/cart-store.ts';

type Method = NonNullable<RouterInputs['shop']['quote']['shippingMethod']>;

/** The cart, priced for the country and the way of shipping that are chosen. The last price stays while one is asked. */
export const useCheckoutQuote = (country: string, shippingMethod: Method) => {
  const trpc = useTRPC();
  const isAwake = useIsAwake();
  const cart = useCart();
  const query = useQuery(
    trpc.shop.quote.queryOptions(
      { lines: [...cart.lines], country, shippingMethod, discountCode: cart.discountCode },
      { enabled: isAwake && cart.lines.length > 0, placeholderData: keepPreviousData },
    ),
  );
  return { cart, isAwake, query };
};
