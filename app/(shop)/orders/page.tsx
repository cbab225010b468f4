import type { Metadata } from 'next';
import Link from 'next/link';
import { Hydrate, pageQueries } from '../../_server/page-queries.tsx';
import { visitor } from '../../_server/visitor.ts';
import { Button } from '../../_ui/button.tsx';
import { EmptyState } from '../../_ui/states.tsx';
import { ordersInput } from '../_order/orders-input.ts';
import { OrdersScreen } from '../_order/orders-screen.tsx';

export const metadata: Metadata = { title: 'My orders' };

const Stranger = ({ isStaff }: { readonly isStaff: boolean }) => (
  <>
    <h1 className="text-shop-title">My orders</h1>
    <EmptyState
      className="px-0"
      title={isStaff ? 'Your account is for work and has no orders.' : 'Sign in to see your orders.'}
      action={
        <Button asChild variant="primary">
          <Link href={`/sign-in?next=/orders${isStaff ? '&switch=1' : ''}`}>
            {isStaff ? 'Sign in as a customer' : 'Sign in'}
          </Link>
        </Button>
      }
    >
      What you ordered as a guest opens by the link in our mail.
    </EmptyState>
  </>
);

export default async function OrdersPage() {
  const viewer = await visitor();
  const isCustomer = viewer?.role === 'customer';
  const { trpc, queryClient } = await pageQueries();
  if (isCustomer) {
    await queryClient.prefetchInfiniteQuery(
      trpc.shop.orders.list.infiniteQueryOptions(ordersInput, { getNextPageParam: ({ next }) => next ?? undefined }),
    );
  }
  return (
    <Hydrate>
      <div className="mx-auto max-w-[1200px] px-4 pt-8 sm:px-6 xl:px-0">
        {isCustomer ? <OrdersScreen /> : <Stranger isStaff={viewer !== null} />}
      </div>
    </Hydrate>
  );
}
