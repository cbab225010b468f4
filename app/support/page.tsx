import { Hydrate, pageQueries } from '../_server/page-queries.tsx';
import { requireRole } from '../_server/visitor.ts';
import { Desk } from './_desk/desk.tsx';
import { loadDeskParams } from './_desk/desk-params.ts';
import { searchInput } from './_desk/search-input.ts';

interface SupportPageProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The desk: the list, and beside it the order that the address names. */
export default async function SupportPage({ searchParams }: SupportPageProps) {
  const { name, role } = await requireRole('support', 'admin');
  const { view, q, sort, order } = await loadDeskParams(searchParams);
  const { trpc, queryClient } = await pageQueries();
  const own = await queryClient.fetchQuery(trpc.support.preferences.get.queryOptions());
  await Promise.all([
    queryClient.prefetchInfiniteQuery(
      trpc.support.orders.search.infiniteQueryOptions(searchInput({ q, view, sort: sort ?? own.sort }), {
        getNextPageParam: ({ next }) => next ?? undefined,
      }),
    ),
    queryClient.prefetchQuery(trpc.support.orders.counts.queryOptions()),
    queryClient.prefetchQuery(trpc.support.views.list.queryOptions()),
    queryClient.prefetchQuery(trpc.support.reference.queryOptions()),
    queryClient.prefetchQuery(trpc.session.me.queryOptions()),
    order === null ? null : queryClient.prefetchQuery(trpc.support.order.get.queryOptions({ orderId: order })),
    order === null ? null : queryClient.prefetchQuery(trpc.support.order.history.queryOptions({ orderId: order })),
  ]);
  return (
    <Hydrate>
      <Desk account={{ name, detail: role === 'admin' ? 'Administrator' : 'Support' }} />
    </Hydrate>
  );
}
