'use client';

import Link from 'next/link';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { OrderId } from '#domain/shared/ids.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import { useAhead } from '../../_optimistic/use-ahead.ts';
import { codeOf, referenceOf, rejectionOf, wordsOf } from '../../_trpc/api-error.ts';
import { useLastingStale } from '../../_trpc/use-stale-since.ts';
import { Button } from '../../_ui/button.tsx';
import { OrderNumber } from '../../_ui/identifier.tsx';
import { Skeleton } from '../../_ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../_ui/states.tsx';
import { Time } from '../../_ui/time.tsx';
import { BehindNote } from './behind-note.tsx';
import { GuestNote } from './guest-note.tsx';
import { OrderActions } from './order-actions.tsx';
import { OrderChangesList } from './order-changes-list.tsx';
import { challengeOf, orderHeading } from './order-heading.ts';
import { withLink } from './order-href.ts';
import { OrderMails } from './order-mails.tsx';
import { OrderOutcome } from './order-outcome.tsx';
import { OrderParcels } from './order-parcels.tsx';
import { OrderReceipt } from './order-receipt.tsx';
import { OrderRefunds } from './order-refunds.tsx';
import { OrderReturns } from './order-returns.tsx';
import { EndedRoute, OrderRoute } from './order-route.tsx';
import { endTime, stopTimes } from './route-stops.ts';
import { useCartOfOrder } from './use-cart-of-order.ts';
import { type ShopOrder, useShopOrder } from './use-shop-order.ts';

interface OrderScreenProps {
  readonly orderId: string;
  /** A guest's signed link. */
  readonly link?: string | undefined;
}

interface PartProps {
  readonly shop: ShopOrder;
  readonly waybill: Waybill;
  readonly order: ExistingOrder;
}

interface LinkedProps extends PartProps {
  readonly link: string | undefined;
}

const BankAsks = ({ href }: { readonly href: string }) => (
  <div className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-3 rounded-control bg-hold-bg px-4 py-3 text-hold">
    <p className="min-w-0 flex-1 basis-60 font-medium">
      Your bank wants to know that it is you. The items are kept for you meanwhile; nothing is charged yet.
    </p>
    <Button asChild variant="primary">
      <a href={href}>Go to the bank’s page</a>
    </Button>
  </div>
);

const Way = ({ shop, waybill, order, link }: LinkedProps) => {
  const entries = shop.timeline.data ?? [];
  const ahead = useAhead(shop.commands, { entries, toldAt: shop.timeline.dataUpdatedAt })
    .map(({ at, event, isRecorded }) => ({ occurredAt: at, event, isPredicted: !isRecorded }))
    .toReversed();
  const cities = shop.order.data?.warehouses ?? {};
  const linkEnds = shop.order.data?.linkEnds;
  const challenge = challengeOf(waybill, order);
  const all = [...ahead, ...entries];
  const times = stopTimes(all);
  return (
    <>
      {order.status === 'rejected' || order.status === 'canceled' ? (
        <>
          <EndedRoute order={order} times={times} endedAt={endTime(all)} />
          <OrderOutcome waybill={waybill} order={order} />
        </>
      ) : (
        <OrderRoute waybill={waybill} order={order} times={times} cities={cities} />
      )}
      {challenge && <BankAsks href={withLink(challenge, link)} />}
      <OrderActions shop={shop} waybill={waybill} order={order} />
      <OrderChangesList order={order} entries={all} />
      <OrderParcels waybill={waybill} order={order} cities={cities} entries={all} />
      <OrderReturns waybill={waybill} order={order} cities={cities} entries={all} />
      <OrderRefunds waybill={waybill} entries={all} />
      <OrderMails order={order} entries={all} link={link} />
      {linkEnds && <GuestNote order={order} linkEnds={linkEnds} />}
    </>
  );
};

const Details = ({ shop, waybill, order, link }: LinkedProps) => {
  // Of what was just placed no older row could be taken for the newest.
  const syncing = shop.commands.pending.filter(({ command }) => command.type !== 'PlaceOrder').length;
  const isPending = syncing > 0;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 text-muted">
          {shop.order.data && (
            <span>
              Placed <Time at={shop.order.data.placedAt} />,
            </span>
          )}
          <OrderNumber value={order.orderNumber} />
          {isPending && (
            <span className="text-pencil">
              Syncing {syncing} {syncing === 1 ? 'change' : 'changes'}
            </span>
          )}
        </p>
        <h1 className={`settle mt-1 mb-6 text-shop-title ${isPending ? 'text-pencil' : ''}`} aria-live="polite">
          {orderHeading(waybill, order)}
        </h1>
        <Way shop={shop} waybill={waybill} order={order} link={link} />
      </div>
      <aside aria-label="Receipt" className="lg:sticky lg:top-24">
        <OrderReceipt waybill={waybill} order={order} />
      </aside>
    </div>
  );
};

const Loading = () => (
  <div
    aria-busy="true"
    className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]"
  >
    <div className="flex flex-col gap-4">
      <Skeleton className="w-40" />
      <Skeleton className="h-11 w-80 max-w-full" />
      <Skeleton className="h-16 w-full" />
    </div>
    <Skeleton className="h-90 w-full" />
  </div>
);

const notYours = new Set(['NOT_FOUND', 'FORBIDDEN', 'UNAUTHORIZED', 'BAD_REQUEST']);

const Missing = ({ shop, orderId }: { readonly shop: ShopOrder; readonly orderId: string }) => {
  const { error, isError, refetch } = shop.order;
  if (!isError) return <Loading />;
  if (rejectionOf(error)?.code === 'LinkExpired') {
    return (
      <EmptyState
        className="px-0"
        title="This link has expired."
        action={
          <Button asChild>
            <Link href={`/sign-in?next=${encodeURIComponent(`/orders/${orderId}`)}`}>Sign in</Link>
          </Button>
        }
      >
        The order itself is safe. Use the link in a newer mail of ours, sign in with the account that ordered, or ask us
        to send the confirmation again: it brings a new link.
      </EmptyState>
    );
  }
  if (notYours.has(codeOf(error) ?? '')) {
    return (
      <EmptyState
        className="px-0"
        title="There is no such order, or it is not yours."
        action={
          <Button asChild>
            <Link href={`/sign-in?next=${encodeURIComponent(`/orders/${orderId}`)}`}>Sign in</Link>
          </Button>
        }
      >
        Sign in with the account that ordered. If you ordered as a guest, use the link in our mail.
      </EmptyState>
    );
  }
  return (
    <ErrorState title="The order could not be read." reference={referenceOf(error)} onRetry={() => void refetch()}>
      {wordsOf(error)} The order itself is safe.
    </ErrorState>
  );
};

/** One's own order: where it is, live, beside its receipt; or in words why it came to nothing, and what to do. */
export const OrderScreen = ({ orderId, link }: OrderScreenProps) => {
  const shop = useShopOrder(orderId as OrderId, link);
  const { waybill } = shop.commands;
  const order = waybill && waybill.order.status !== 'absent' ? waybill.order : null;
  useCartOfOrder(order);
  const staleSince = useLastingStale();
  if (!waybill || !order) return <Missing shop={shop} orderId={orderId} />;
  const behindSince = shop.order.isError && shop.order.data ? shop.order.dataUpdatedAt : staleSince;
  return (
    <>
      {behindSince !== undefined && <BehindNote since={behindSince} />}
      <Details shop={shop} waybill={waybill} order={order} link={link} />
    </>
  );
};
