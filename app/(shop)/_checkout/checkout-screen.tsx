'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { RouterOutputs } from '../../_trpc/router-types.ts';
import { Button } from '../../_ui/button.tsx';
import { EmptyState } from '../../_ui/states.tsx';
import { useCart, useIsAwake } from '../_cart/cart-store.ts';
import { orderHref } from '../_order/order-href.ts';
import { OrderScreen } from '../_order/order-screen.tsx';
import { CheckoutForm } from './checkout-form.tsx';
import { recall } from './checkout-memory.ts';
import { emptyForm, type CheckoutForm as Form } from './checkout-schema.ts';
import { CheckoutSkeleton } from './checkout-skeleton.tsx';
import type { PlacedOrder } from './use-place-order.ts';

type Defaults = RouterOutputs['shop']['checkoutDefaults'];

const initialForm = (defaults: Defaults, cartCountry: string): Form => {
  const { who } = recall(defaults?.email ?? null);
  // What was typed for the last try wins: it is newer than what the account knows.
  if (who) return { ...emptyForm, ...who };
  if (!defaults) return { ...emptyForm, country: cartCountry };
  const { name, email, address } = defaults;
  if (!address) return { ...emptyForm, name, email, country: cartCountry };
  const { street, postalCode, city, country, phone } = address;
  return { ...emptyForm, name: address.name, email, street, postalCode, city, country, phone: phone ?? '' };
};

/** The checkout; once placed, the order in its place while the browser goes to the order's own page. */
export const CheckoutScreen = ({ defaults }: { readonly defaults: Defaults }) => {
  const router = useRouter();
  const isAwake = useIsAwake();
  const cart = useCart();
  const [placed, setPlaced] = useState<PlacedOrder | null>(null);
  if (placed) return <OrderScreen orderId={placed.orderId} link={placed.link ?? undefined} />;
  if (isAwake && cart.lines.length === 0) {
    return (
      <EmptyState
        className="px-0"
        title="Your cart is empty."
        action={
          <Button asChild>
            <Link href="/catalog">Look around</Link>
          </Button>
        }
      >
        Put something in, then come back here to order it.
      </EmptyState>
    );
  }
  return (
    <>
      <h1 className="mb-6 text-shop-title">Checkout</h1>
      {isAwake ? (
        <CheckoutForm
          account={defaults?.email ?? null}
          initial={initialForm(defaults, cart.country)}
          onPlaced={(order) => {
            setPlaced(order);
            window.scrollTo({ top: 0 });
            router.replace(orderHref(order.orderId, order.link));
          }}
        />
      ) : (
        <CheckoutSkeleton />
      )}
    </>
  );
};
