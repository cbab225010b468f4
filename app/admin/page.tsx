import type { Metadata } from 'next';
import { createLoader, type SearchParams } from 'nuqs/server';
import { Hydrate, pageQueries } from '../_server/page-queries.tsx';
import { dashboardParsers, listInputOf, scopeOf } from './_fulfillment/filters.ts';
import { FulfillmentDashboard } from './_fulfillment/fulfillment-dashboard.tsx';

export const metadata: Metadata = { title: 'Fulfillment' };

const load = createLoader(dashboardParsers);

export default async function FulfillmentPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const filters = await load(searchParams);
  const { trpc, queryClient } = await pageQueries();
  await Promise.all([
    queryClient.prefetchQuery(trpc.admin.fulfillment.summary.queryOptions(scopeOf(filters))),
    queryClient.prefetchInfiniteQuery(
      trpc.admin.fulfillment.list.infiniteQueryOptions(listInputOf(filters), { getNextPageParam: (page) => page.next }),
    ),
    queryClient.prefetchQuery(trpc.admin.warehouses.queryOptions()),
  ]);
  return (
    <Hydrate>
      <FulfillmentDashboard />
    </Hydrate>
  );
}
