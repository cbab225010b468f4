import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { pageCaller } from '../_server/caller.ts';
import { ShopFrame } from './_frame/shop-frame.tsx';

export default async function ShopLayout({ children }: { readonly children: ReactNode }) {
  const { api } = await pageCaller();
  const [viewer, categories] = await Promise.all([api.session.me(), api.shop.catalog.categories()]);
  return (
    <NuqsAdapter>
      <ShopFrame categories={categories} account={viewer}>
        {children}
      </ShopFrame>
    </NuqsAdapter>
  );
}
