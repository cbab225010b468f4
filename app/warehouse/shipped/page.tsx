import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { createLoader, type SearchParams } from 'nuqs/server';
import { Hydrate, pageQueries } from '../../_server/page-queries.tsx';
import { busiest, chooseWarehouse, warehouseCookie } from '../_frame/warehouse-choice.ts';
import { shipmentParams, shipmentsInput } from '../_shipped/shipments-input.ts';
import { ShippedScreen } from '../_shipped/shipped-screen.tsx';

export const metadata: Metadata = { title: 'Shipped' };

const load = createLoader(shipmentParams);

export default async function ShippedPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const { trpc, queryClient, caller } = await pageQueries();
  const [params, jar, warehouses, counts] = await Promise.all([
    load(searchParams),
    cookies(),
    caller.api.warehouse.warehouses.list(),
    queryClient.fetchQuery(trpc.warehouse.queue.counts.queryOptions()),
  ]);
  const remembered = chooseWarehouse(warehouses, jar.get(warehouseCookie)?.value, busiest(counts));
  const warehouse = chooseWarehouse(warehouses, params.warehouse, remembered);
  await queryClient.prefetchInfiniteQuery(
    trpc.warehouse.shipments.list.infiniteQueryOptions(shipmentsInput(warehouse, params.view), {
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  );
  return (
    <Hydrate>
      <ShippedScreen warehouses={warehouses} remembered={remembered} />
    </Hydrate>
  );
}
