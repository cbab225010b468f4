import type { Metadata } from 'next';
import { Hydrate, pageQueries } from '../../../_server/page-queries.tsx';
import { OrderScreen } from '../../_order/order-screen.tsx';

export const metadata: Metadata = { title: 'Order', referrer: 'no-referrer' };

interface OrderPageProps {
  readonly params: Promise<{ readonly orderId: string }>;
  readonly searchParams: Promise<{ readonly link?: string | string[] }>;
}

export default async function OrderPage({ params, searchParams }: OrderPageProps) {
  const [{ orderId }, search, { trpc, queryClient }] = await Promise.all([params, searchParams, pageQueries()]);
  const link = typeof search.link === 'string' ? search.link : undefined;
  const input = link === undefined ? { orderId } : { orderId, link };
  await Promise.all([
    queryClient.prefetchQuery(trpc.shop.order.get.queryOptions(input)),
    queryClient.prefetchQuery(trpc.shop.order.timeline.queryOptions(input)),
  ]);
  return (
    <Hydrate>
      <div className="mx-auto max-w-[1200px] px-4 pt-8 sm:px-6 xl:px-0">
        <OrderScreen orderId={orderId} link={link} />
      </div>
    </Hydrate>
  );
}
