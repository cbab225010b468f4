'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import type { RouterOutputs } from '../../_trpc/router-types.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { useLiveOrders } from '../../_trpc/use-live-orders.ts';
import { useLastingStale } from '../../_trpc/use-stale-since.ts';
import { Button } from '../../_ui/button.tsx';
import { LoadMore } from '../../_ui/load-more.tsx';
import { Money } from '../../_ui/money.tsx';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import { SkeletonRows } from '../../_ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../_ui/states.tsx';
import { MarkBadge, OrderBadges } from '../../_ui/status-badge.tsx';
import { Time } from '../../_ui/time.tsx';
import { BehindNote } from './behind-note.tsx';
import { orderHref } from './order-href.ts';
import { ordersInput } from './orders-input.ts';

type Item = RouterOutputs['shop']['orders']['list']['items'][number];

/** The stream tells of the orders that are shown; one that was placed elsewhere is found by asking now and then. */
const newcomersEveryMs = 8_000;

const OrderRow = ({ item }: { readonly item: Item }) => {
  const { orderId, orderNumber, firstLineName, firstLinePicture, firstLineHue, lineCount, currency } = item;
  const others = lineCount - 1;
  const isOpen = item.orderStatus === 'placed' || item.orderStatus === 'confirmed';
  return (
    <li className="[contain-intrinsic-size:auto_81px] [content-visibility:auto]">
      <Link
        href={orderHref(orderId)}
        prefetch={false}
        className="focus-inset grid grid-cols-[56px_minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1.5 border-rule border-b py-3 hover:bg-tint sm:items-center sm:grid-cols-[56px_minmax(0,1fr)_auto_7rem_20px] sm:px-2"
      >
        {firstLinePicture ? (
          <ProductPicture
            picture={firstLinePicture}
            hue={firstLineHue ?? 215}
            shape="thumb"
            className="row-span-2 size-14 sm:row-span-1"
          />
        ) : (
          <span aria-hidden="true" className="row-span-2 size-14 rounded-control bg-tint sm:row-span-1" />
        )}
        <span className="min-w-0">
          <span className="block break-words font-medium">
            {firstLineName ?? 'No lines'}
            {others > 0 && ` and ${others} more`}
          </span>
          <span className="block text-desk text-muted">
            <span translate="no" className="whitespace-nowrap font-mono">
              {orderNumber}
            </span>
            {' · '}
            <Time at={item.placedAt} quiet />
          </span>
        </span>
        <span className="flex flex-wrap gap-2 max-sm:col-start-2 max-sm:row-start-2">
          <OrderBadges
            order={item.orderStatus}
            {...(item.refundedMinor > 0 ? { payment: item.paymentStatus } : {})}
            {...(item.fulfillmentStatus && item.fulfillmentStatus !== 'canceled'
              ? { fulfillment: item.fulfillmentStatus }
              : {})}
          />
          {item.isHeld && isOpen && <MarkBadge mark="hold">We are checking something</MarkBadge>}
        </span>
        <Money
          minor={item.grandTotalMinor}
          currency={currency}
          className="text-right font-medium leading-6 max-sm:col-start-3 max-sm:row-start-1"
        />
        <ChevronRight aria-hidden="true" className="size-5 text-muted max-sm:hidden" />
      </Link>
    </li>
  );
};

/** All that one has ordered with this account, the newest first. */
export const OrdersScreen = () => {
  const trpc = useTRPC();
  const query = useInfiniteQuery(
    trpc.shop.orders.list.infiniteQueryOptions(ordersInput, {
      getNextPageParam: ({ next }) => next ?? undefined,
      refetchInterval: newcomersEveryMs,
    }),
  );
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const staleSince = useLastingStale();
  const behindSince = query.isError && query.data ? query.dataUpdatedAt : staleSince;
  useLiveOrders(items, trpc.shop.orders.list.infiniteQueryKey(ordersInput));
  return (
    <>
      <h1 className="mb-6 text-shop-title">My orders</h1>
      {query.isPending && <SkeletonRows count={6} what="orders" />}
      {behindSince !== undefined && <BehindNote since={behindSince} />}
      {query.isError && !query.data && (
        <ErrorState
          className="px-0"
          title="Your orders could not be read."
          reference={referenceOf(query.error)}
          onRetry={() => void query.refetch()}
        >
          {wordsOf(query.error)} The orders themselves are safe.
        </ErrorState>
      )}
      {query.isSuccess && items.length === 0 && (
        <EmptyState
          className="px-0"
          title="You have not ordered anything with this account yet."
          action={
            <Button asChild>
              <Link href="/catalog">Look around</Link>
            </Button>
          }
        />
      )}
      {items.length > 0 && (
        <>
          <ul aria-label="Orders" className="border-rule border-t">
            {items.map((item) => (
              <OrderRow key={item.orderId} item={item} />
            ))}
          </ul>
          <div className="-mx-4">
            <LoadMore
              shown={items.length}
              what="orders"
              hasMore={query.hasNextPage}
              busy={query.isFetchingNextPage}
              onMore={() => void query.fetchNextPage()}
            />
          </div>
        </>
      )}
    </>
  );
};
