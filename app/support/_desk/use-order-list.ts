'use client';

import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useCallback, useEffect, useRef } from 'react';
import type { OrderId } from '#domain/shared/ids.ts';
import type { OrdersChanged } from '#server/api/support/orders-live.ts';
import { browserFreshness } from '../../_trpc/freshness-store.ts';
import { browserTokens } from '../../_trpc/token-store.ts';
import { useTRPC, useTRPCClient } from '../../_trpc/trpc.ts';
import { useTabShown } from '../../_trpc/use-live-order.ts';
import type { DeskOrder, OrderSearchPage } from './desk-types.ts';
import { createOwedRows, type OwedRows } from './owed-rows.ts';
import { searchInput } from './search-input.ts';
import type { ListState } from './use-desk-state.ts';
import { useNewcomers } from './use-newcomers.ts';

type Pages = { readonly pages: readonly OrderSearchPage[]; readonly pageParams: readonly unknown[] };

const replaceRows = (data: Pages | undefined, fresh: ReadonlyMap<string, DeskOrder>): Pages | undefined =>
  data && {
    ...data,
    pages: data.pages.map((page) => ({ ...page, items: page.items.map((item) => fresh.get(item.orderId) ?? item) })),
  };

/** The counts of the views and what has come into the list are asked for at most so often. */
const lookEveryMs = 2_000;

/**
 * The list under the search box: keyset pages, kept live in place. Rows change where they stand; orders that have come
 * into the list are counted (`fresh`) and shown on request, so that nothing moves under the pointer.
 */
export const useOrderList = (asked: ListState) => {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const input = searchInput(asked);
  const options = trpc.support.orders.search.infiniteQueryOptions(input, {
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    // Live rows keep it true; asking for every page again on each focus would not.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const list = useInfiniteQuery(options);
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const { fresh, look, forget } = useNewcomers(input, list.data && !list.isPlaceholderData ? rows : null);
  const loaded = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    loaded.current = new Set(rows.map(({ orderId }) => orderId));
  });

  const name = JSON.stringify(input);
  const askedAt = useRef({ name, at: 0 });
  useEffect(() => {
    if (askedAt.current.name === name) return;
    askedAt.current = { name, at: Date.now() };
    // Nobody keeps a list true that is not on the screen: who comes back to it asks anew.
    queryClient.removeQueries({ queryKey: trpc.support.orders.search.pathKey(), type: 'inactive' });
  }, [name, queryClient, trpc]);

  const readAgain = useCallback(() => {
    forget();
    void queryClient.invalidateQueries({ queryKey: trpc.support.orders.search.pathKey(), type: 'active' });
  }, [forget, queryClient, trpc]);
  const reload = useCallback(() => {
    forget();
    void queryClient.resetQueries({ queryKey: trpc.support.orders.search.pathKey() });
    void queryClient.invalidateQueries({ queryKey: trpc.support.orders.counts.queryKey() });
  }, [forget, queryClient, trpc]);

  /**
   * Reads these lines again where they stand, 200 at most. False where the answer may lack what this browser has
   * written by now.
   */
  const reread = useCallback(
    async (orderIds: readonly string[]): Promise<boolean> => {
      // Not by the cache, which would share what was asked before the newest token was known.
      const read = await client.support.orders.rows.query({ orderIds: [...orderIds] as OrderId[] }).catch(() => null);
      if (read === null) return false;
      const isCurrent = !browserFreshness.stalePaths().includes('support.orders.rows');
      const byId = new Map(read.map((row) => [row.orderId, row]));
      queryClient.setQueriesData<Pages>({ queryKey: trpc.support.orders.search.pathKey(), type: 'active' }, (data) =>
        data && 'pages' in data ? replaceRows(data, byId) : data,
      );
      return isCurrent;
    },
    [client, queryClient, trpc],
  );
  /** As `reread`, after what was done here at `doneAt`, ms: a list that was asked for since may have been too early. */
  const rereadOwn = useCallback(
    (orderIds: readonly string[], doneAt: number): Promise<boolean> => {
      if (askedAt.current.at >= doneAt) readAgain();
      return reread(orderIds);
    },
    [readAgain, reread],
  );

  const owed = useRef<OwedRows | null>(null);
  const lookTimer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    owed.current = createOwedRows(reread);
    return () => {
      owed.current?.stop();
      clearTimeout(lookTimer.current);
    };
  }, [reread]);
  const lookSoon = () => {
    lookTimer.current ??= setTimeout(async () => {
      void queryClient.invalidateQueries({ queryKey: trpc.support.orders.counts.queryKey() });
      const isCurrent = await look();
      lookTimer.current = undefined;
      if (!isCurrent) lookSoon();
    }, lookEveryMs);
  };
  // An answer that is on its way may be older than what is heard meanwhile, and comes over what was read since.
  const heardWhileRead = useRef(new Set<string>());
  useEffect(() => {
    if (list.isFetching) return;
    owed.current?.owe([...heardWhileRead.current].filter((orderId) => loaded.current.has(orderId)));
    heardWhileRead.current.clear();
  }, [list.isFetching]);
  const isFollowed = useRef(false);
  const hear = ({ changed, isMore, isStart }: OrdersChanged) => {
    lookSoon();
    if (list.isFetching) for (const orderId of changed) heardWhileRead.current.add(orderId);
    // What was before the stream began, or was not named, is read with the whole list.
    if (isMore || (isStart && isFollowed.current)) readAgain();
    else owed.current?.owe(isStart ? [...loaded.current] : changed.filter((orderId) => loaded.current.has(orderId)));
    isFollowed.current = true;
  };
  const isShown = useTabShown();
  const { status } = useSubscription(
    trpc.support.orders.live.subscriptionOptions(
      {},
      {
        enabled: isShown,
        onData: ({ id, data }) => {
          browserTokens.see(id);
          hear(data);
        },
      },
    ),
  );
  return {
    ...list,
    rows,
    fresh,
    reload,
    reread: rereadOwn,
    live: status === 'pending',
    likeFrom: list.data?.pages[0]?.likeFrom ?? null,
    instead: list.data?.pages[0]?.instead ?? null,
  };
};
