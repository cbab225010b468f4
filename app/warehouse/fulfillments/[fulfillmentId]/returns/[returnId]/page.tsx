import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { fulfillmentIdSchema } from '#domain/shared/ids.ts';
import { Hydrate, pageQueries } from '../../../../../_server/page-queries.tsx';
import { ReturnScreen } from '../../../../_returns/return-screen.tsx';

export const metadata: Metadata = { title: 'Return' };

export default async function ReturnPage({
  params,
}: {
  readonly params: Promise<{ readonly fulfillmentId: string; readonly returnId: string }>;
}) {
  const { fulfillmentId, returnId } = await params;
  const parsed = fulfillmentIdSchema.safeParse(fulfillmentId);
  if (!parsed.success) notFound();
  const { trpc, queryClient } = await pageQueries();
  await queryClient.prefetchQuery(trpc.warehouse.fulfillment.get.queryOptions({ fulfillmentId: parsed.data }));
  return (
    <Hydrate>
      <ReturnScreen fulfillmentId={parsed.data} returnId={returnId} />
    </Hydrate>
  );
}
