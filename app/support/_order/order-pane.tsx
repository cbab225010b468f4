'use client';

import { useQuery } from '@tanstack/react-query';
import { memo, useRef } from 'react';
import type { OrderId } from '#domain/shared/ids.ts';
import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { Button } from '../../_ui/button.tsx';
import { Skeleton, SkeletonRows } from '../../_ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../_ui/states.tsx';
import { orderActions } from '../_actions/order-actions.ts';
import { type OpenOrder, OrderActs, type PerformAction } from '../_actions/order-acts.tsx';
import { OrderChange } from '../_amend/order-change.tsx';
import { PhoneChallenge } from '../_draft/phone-challenge.tsx';
import { OrderReturns } from '../_returns/order-returns.tsx';
import { OrderFulfillments } from './order-fulfillments.tsx';
import { OrderHeader } from './order-header.tsx';
import { OrderLines } from './order-lines.tsx';
import { OrderNotes } from './order-notes.tsx';
import { OrderPayments } from './order-payments.tsx';
import { OrderTimeline } from './order-timeline.tsx';
import { Problems } from './problems.tsx';
import { UnsentMails } from './unsent-mails.tsx';
import { useDeskOrder } from './use-desk-order.ts';
import { formatWith } from './words.ts';

interface OrderPaneProps {
  readonly orderId: OrderId;
  readonly onClose: () => void;
  /** What keys and palette want done here. */
  readonly open: OpenOrder;
}

const Loading = () => (
  <div role="status" aria-busy="true" aria-label="Loading the order" className="flex-1">
    <div className="flex h-14 items-center gap-4 border-rule border-b bg-sheet px-4">
      <Skeleton className="h-6 w-36" />
      <Skeleton className="h-5 w-64" />
    </div>
    <div className="h-[70px] border-rule border-b bg-sheet px-4 py-3">
      <Skeleton className="h-9 w-full" />
    </div>
    <div className="p-4">
      <SkeletonRows count={4} what="lines" />
    </div>
  </div>
);

/**
 * One order beside the list: header stub, lines, money, parcels, notes, timeline. Not drawn anew while somebody types or
 * moves in the list.
 */
export const OrderPane = memo(({ orderId, onClose, open }: OrderPaneProps) => {
  const trpc = useTRPC();
  const desk = useDeskOrder(orderId);
  const reference = useQuery(trpc.support.reference.queryOptions(undefined, { staleTime: 300_000 }));
  const { order, commands } = desk;
  const { waybill } = commands;
  const placed = waybill && waybill.order.status !== 'absent' ? waybill.order : null;
  const format = formatWith(reference.data);
  const shared =
    waybill && placed ? { desk, order: placed, waybill, recorded: order.data?.waybill ?? waybill, format } : null;
  const pane = useRef<HTMLElement>(null);
  const acts = useRef<PerformAction>(null);
  const perform: PerformAction = (action) => acts.current?.(action);
  const performNamed = (name: string): void => {
    const action = orderActions.find(({ id }) => id === name);
    if (action) perform(action);
  };
  const isDraft = placed?.status === 'draft' || placed?.status === 'discarded';
  const back = (
    <Button variant="link" onClick={onClose} className="lg:hidden">
      Back to the list
    </Button>
  );
  if (order.isPending && !placed) return <Loading />;
  if (!shared || !placed)
    return (
      <div className="flex-1 bg-page">
        {order.error ? (
          <ErrorState
            title="The order could not be read."
            onRetry={() => void order.refetch()}
            reference={referenceOf(order.error)}
          >
            {wordsOf(order.error)} Nothing was changed.
          </ErrorState>
        ) : (
          <EmptyState title="There is no such order." action={<Button onClick={onClose}>Back to the list</Button>}>
            The link may be cut off, or the order is so new that it is still on its way.
          </EmptyState>
        )}
        {back}
      </div>
    );
  return (
    <article
      ref={pane}
      tabIndex={-1}
      aria-label={`Order ${placed.orderNumber}`}
      className="focus-inset flex min-w-0 flex-1 flex-col overflow-auto bg-page contain-layout contain-paint"
    >
      <OrderHeader {...shared} onAct={perform} onBack={onClose} />
      <OrderChange {...shared} />
      <Problems {...shared} />
      <UnsentMails {...shared} />
      <PhoneChallenge {...shared} />
      <div className="flex flex-1 max-xl:flex-col">
        <div className="flex min-w-0 flex-1 flex-col gap-5 px-4 py-2 pb-6 sm:px-5">
          <OrderLines {...shared} />
          {!isDraft && (
            <>
              <OrderFulfillments {...shared} />
              <OrderPayments {...shared} />
              <OrderReturns {...shared} onReturn={() => performNamed('return')} />
            </>
          )}
          <OrderNotes {...shared} onAdd={() => performNamed('note')} />
        </div>
        <OrderTimeline {...shared} />
      </div>
      <OrderActs {...{ open, pane }} part={shared} ref={acts} />
    </article>
  );
});
OrderPane.displayName = 'OrderPane';
