'use client';

import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { isErased } from '#domain/shared/personal.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { Button } from '../../_ui/button.tsx';
import { formatCount } from '../../_ui/format.ts';
import { deskParams } from '../_desk/desk-params.ts';
import type { OrderPartProps } from './order-part.ts';
import { tierWords } from './words.ts';

/** Tier, and how many orders: pressed, the list shows them beside this one. */
export const CustomerDetail = ({ order }: Pick<OrderPartProps, 'order'>) => {
  const trpc = useTRPC();
  const [, show] = useQueryStates(deskParams);
  const { customerId, tier, contact } = order;
  const { data } = useQuery(
    trpc.support.customer.orders.queryOptions(
      { customerId: customerId ?? '' },
      { enabled: customerId !== null, staleTime: 60_000 },
    ),
  );
  if (customerId === null) return <>{tierWords[tier]}, guest</>;
  const count = data?.orders;
  const words = count === undefined ? null : `${formatCount(count)} ${count === 1 ? 'order' : 'orders'}`;
  return (
    <>
      {tierWords[tier]}
      {words && ', '}
      {words &&
        (count === 1 || isErased(contact) ? (
          words
        ) : (
          <Button
            variant="link"
            className="text-meta"
            onClick={() => void show({ view: 'all', q: contact.email }, { history: 'push' })}
          >
            {words}
          </Button>
        ))}
    </>
  );
};
