import type { Metadata } from 'next';
import { Hydrate, pageQueries } from '../_server/page-queries.tsx';
import { HistoryFilters } from './_history/history-filters.tsx';
import { historyInput, loadHistoryParams } from './_history/history-params.ts';
import { HistoryTable } from './_history/history-table.tsx';

export const metadata: Metadata = { title: 'History' };

interface HistoryPageProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function HistoryPage({ searchParams }: HistoryPageProps) {
  const params = await loadHistoryParams(searchParams);
  const { trpc, queryClient } = await pageQueries();
  await Promise.all([
    queryClient.prefetchInfiniteQuery(
      trpc.audit.history.search.infiniteQueryOptions(historyInput(params), {
        getNextPageParam: (page) => page.next ?? undefined,
      }),
    ),
    queryClient.prefetchQuery(trpc.audit.reference.queryOptions()),
  ]);
  return (
    <Hydrate>
      <div className="flex h-full flex-col">
        <h1 className="sr-only max-lg:hidden">History</h1>
        <HistoryFilters />
        <HistoryTable />
      </div>
    </Hydrate>
  );
}
