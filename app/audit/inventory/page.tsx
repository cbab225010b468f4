import type { Metadata } from 'next';
import { Hydrate, pageQueries } from '../../_server/page-queries.tsx';
import { StockList } from '../_stock/stock-list.tsx';

export const metadata: Metadata = { title: 'Stock history' };

interface StockPageProps {
  readonly searchParams: Promise<{ readonly q?: string | string[] | undefined }>;
}

export default async function StockPage({ searchParams }: StockPageProps) {
  const { q } = await searchParams;
  const { trpc, queryClient } = await pageQueries();
  const input = typeof q === 'string' && q !== '' ? { text: q } : {};
  await queryClient.prefetchInfiniteQuery(
    trpc.audit.stock.list.infiniteQueryOptions(input, { getNextPageParam: (page) => page.next ?? undefined }),
  );
  return (
    <Hydrate>
      <StockList />
    </Hydrate>
  );
}
