import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { skuSchema } from '#domain/shared/ids.ts';
import { Hydrate, pageQueries } from '../../../_server/page-queries.tsx';
import { StockLedger } from '../../_stock/stock-ledger.tsx';

export const metadata: Metadata = { title: 'Stock history' };

interface StockLedgerPageProps {
  readonly params: Promise<{ readonly sku: string }>;
}

export default async function StockLedgerPage({ params }: StockLedgerPageProps) {
  const { data: sku } = skuSchema.safeParse(decodeURIComponent((await params).sku));
  if (!sku) notFound();
  const { trpc, queryClient } = await pageQueries();
  await queryClient.prefetchQuery(trpc.audit.reference.queryOptions());
  return (
    <Hydrate>
      <StockLedger sku={sku} />
    </Hydrate>
  );
}
