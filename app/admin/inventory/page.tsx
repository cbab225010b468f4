import type { Metadata } from 'next';
import { createLoader, type SearchParams } from 'nuqs/server';
import { Hydrate, pageQueries } from '../../_server/page-queries.tsx';
import { inventoryInputOf, inventoryParsers } from '../_inventory/inventory-params.ts';
import { InventoryScreen } from '../_inventory/inventory-screen.tsx';

export const metadata: Metadata = { title: 'Inventory' };

const load = createLoader(inventoryParsers);

export default async function InventoryPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const params = await load(searchParams);
  const { trpc, queryClient } = await pageQueries();
  await Promise.all([
    queryClient.prefetchInfiniteQuery(
      trpc.admin.inventory.list.infiniteQueryOptions(inventoryInputOf(params), {
        getNextPageParam: (page) => page.next,
      }),
    ),
    queryClient.prefetchQuery(trpc.admin.warehouses.queryOptions()),
  ]);
  return (
    <Hydrate>
      <InventoryScreen />
    </Hydrate>
  );
}
