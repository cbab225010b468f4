import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { fulfillmentIdSchema } from '#domain/shared/ids.ts';
import { Hydrate, pageQueries } from '../../../_server/page-queries.tsx';
import { WalkScreen } from '../../_walk/walk-screen.tsx';

export const metadata: Metadata = { title: 'Pick' };

export default async function FulfillmentPage({
  params,
}: {
  readonly params: Promise<{ readonly fulfillmentId: string }>;
}) {
  const parsed = fulfillmentIdSchema.safeParse((await params).fulfillmentId);
  if (!parsed.success) notFound();
  const { trpc, queryClient } = await pageQueries();
  await queryClient.prefetchQuery(trpc.warehouse.fulfillment.get.queryOptions({ fulfillmentId: parsed.data }));
  return (
    <Hydrate>
      <WalkScreen fulfillmentId={parsed.data} />
    </Hydrate>
  );
}
