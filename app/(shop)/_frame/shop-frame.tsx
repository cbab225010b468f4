'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { ShopShell } from '../../_ui/shop-shell.tsx';
import { countOf } from '../_cart/cart.ts';
import { useCart } from '../_cart/cart-store.ts';
import { categoryHref } from '../_catalog/category-href.ts';

interface ShopFrameProps {
  readonly categories: readonly { readonly category: string; readonly products: number }[];
  readonly account: { readonly name: string; readonly email: string } | null;
  readonly children: ReactNode;
}

const signOut = async (): Promise<void> => {
  await fetch('/api/auth/sign-out', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  // All that was read as this person goes with the page.
  window.location.assign('/');
};

/** The shop's bar and foot around every page of it. */
export const ShopFrame = ({ categories, account, children }: ShopFrameProps) => {
  const cart = useCart();
  const path = usePathname();
  const query = useSearchParams().get('q');
  const total = categories.reduce((sum, { products }) => sum + products, 0);
  const back = path === '/' ? '' : `?next=${encodeURIComponent(path)}`;
  return (
    <ShopShell
      categories={categories.map(({ category }) => ({ href: categoryHref(category), label: category }))}
      searchHref="/catalog"
      searchPlaceholder={`Search ${total} products`}
      query={path === '/catalog' ? (query ?? undefined) : undefined}
      ordersHref="/orders"
      cartHref="/cart"
      cartCount={countOf(cart)}
      signInHref={`/sign-in${back}`}
      account={account ? { name: account.name, detail: account.email } : null}
      accountLinks={[{ href: '/orders', label: 'My orders' }]}
      onSignOut={() => void signOut()}
      footer={
        <div className="mx-auto flex max-w-[1200px] flex-wrap gap-x-8 gap-y-2">
          <p>Waybill keeps one form for every order, and erases no line of it.</p>
          <p className="lg:ml-auto">A demo: no goods are sent, no card is charged.</p>
        </div>
      }
    >
      {children}
    </ShopShell>
  );
};
