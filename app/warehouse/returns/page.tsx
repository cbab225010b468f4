import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { createLoader, type SearchParams } from 'nuqs/server';
import { Hydrate, pageQueries } from '../../_server/page-queries.tsx';
import { busiest, chooseWarehouse, warehouseCookie } from '../_frame/warehouse-choice.ts';
import { returnParams, returnsInput } from '../_returns/returns-input.ts';
import { ReturnsScreen } from '../_returns/returns-screen.tsx';

export const metadata: Metadata = { title: 'Returns' };

const load = createLoader(returnParams);

export default async function ReturnsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
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
    trpc.warehouse.returns.list.infiniteQueryOptions(returnsInput(warehouse, params.view), {
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  );
  return (
    <Hydrate>
      <ReturnsScreen warehouses={warehouses} remembered={remembered} />
    </Hydrate>
  );
}
