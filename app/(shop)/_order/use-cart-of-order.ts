'use client';

import { useEffect } from 'react';
import type { ExistingOrder } from '#domain/order/state.ts';
import { givenBack, settled } from '../_cart/cart.ts';
import { changeCart, currentCart } from '../_cart/cart-store.ts';
import { forgetBuyer } from '../_checkout/checkout-memory.ts';

/** What was set aside for an order is bought once it stands, and in the cart again when the money failed. */
export const useCartOfOrder = (order: ExistingOrder | null): void => {
  const orderId = order?.orderId;
  const status = order?.status;
  const code = order?.status === 'rejected' ? order.rejection.code : undefined;
  useEffect(() => {
    if (orderId === undefined || status === undefined || status === 'placed') return;
    if (status !== 'rejected') {
      if (currentCart().ordered[orderId]) forgetBuyer();
      changeCart((cart) => settled(cart, orderId));
    }
    // What is left of a sold-out order is put back when its buyer asks for it.
    else if (code !== 'SoldOut') changeCart((cart) => givenBack(cart, orderId));
  }, [orderId, status, code]);
};
