'use client';

import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '../../_ui/button.tsx';
import { formatCount } from '../../_ui/format.ts';
import { QuantityStepper } from '../../_ui/quantity-stepper.tsx';
import { notify } from '../../_ui/toast.tsx';
import { quantityMost, quantityOf, withMore, without, withQuantity } from '../_cart/cart.ts';
import { changeCart, useCart } from '../_cart/cart-store.ts';

interface AddToCartProps {
  readonly sku: string;
  readonly name: string;
  /** Null where stock is not counted. */
  readonly available: number | null;
}

/** How many, into the cart, and what of it is there already. */
export const AddToCart = ({ sku, name, available }: AddToCartProps) => {
  const [quantity, setQuantity] = useState(1);
  const inCart = quantityOf(useCart(), sku);
  const left = Math.min(quantityMost, available ?? quantityMost) - inCart;
  const isSoldOut = available === 0;
  const chosen = Math.max(1, Math.min(quantity, left));
  const add = () => {
    changeCart((cart) => withMore(cart, sku, chosen));
    setQuantity(1);
    notify(`${chosen} × ${name}, in your cart`, {
      onUndo: () => changeCart((cart) => (inCart === 0 ? without(cart, sku) : withQuantity(cart, sku, inCart))),
    });
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="flex gap-3">
        <QuantityStepper
          label="Quantity"
          value={chosen}
          onValueChange={setQuantity}
          max={Math.max(1, left)}
          disabled={left <= 0}
        />
        <Button variant="primary" className="flex-1 text-[1rem]" disabled={left <= 0} onClick={add}>
          {isSoldOut ? 'Sold out' : left <= 0 ? 'All of it is in your cart' : 'Add to cart'}
        </Button>
      </div>
      {inCart > 0 && (
        <p className="text-admin text-muted">
          {formatCount(inCart)} in your cart.{' '}
          <Link
            href="/cart"
            className="inline-flex items-center gap-1 font-medium text-link underline underline-offset-3"
          >
            Go to cart <ArrowRight aria-hidden="true" className="size-4" />
          </Link>
        </p>
      )}
    </div>
  );
};
