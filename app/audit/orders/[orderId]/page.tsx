import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { orderIdSchema } from '#domain/shared/ids.ts';
import { Hydrate, pageQueries } from '../../../_server/page-queries.tsx';
import { OrderAudit } from '../../_order/order-audit.tsx';

export const metadata: Metadata = { title: 'Order history' };

interface OrderAuditPageProps {
  readonly params: Promise<{ readonly orderId: string }>;
}

export default async function OrderAuditPage({ params }: OrderAuditPageProps) {
  const { data: orderId } = orderIdSchema.safeParse((await params).orderId);
  if (!orderId) notFound();
  const { trpc, queryClient } = await pageQueries();
  await Promise.all([
    queryClient.prefetchQuery(trpc.audit.order.events.queryOptions({ orderId })),
    queryClient.prefetchQuery(trpc.audit.reference.queryOptions()),
  ]);
  return (
    <Hydrate>
      <OrderAudit orderId={orderId} />
    </Hydrate>
  );
}
