'use client';

import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { OrderId } from '#domain/shared/ids.ts';
import { browserFreshness } from '../../_trpc/freshness-store.ts';
import { browserTokens } from '../../_trpc/token-store.ts';
import { useTRPC, useTRPCClient } from '../../_trpc/trpc.ts';
import type { DeskOrder, OrderSearchPage } from './desk-types.ts';
import { searchInput } from './search-input.ts';
import type { ListState } from './use-desk-state.ts';

type Pages = { readonly pages: readonly OrderSearchPage[]; readonly pageParams: readonly unknown[] };

const replaceRows = (data: Pages | undefined, fresh: ReadonlyMap<string, DeskOrder>): Pages | undefined =>
  data && {
    ...data,
    pages: data.pages.map((page) => ({ ...page, items: page.items.map((item) => fresh.get(item.orderId) ?? item) })),
  };

const onVisibility = (onChange: () => void): (() => void) => {
  document.addEventListener('visibilitychange', onChange);
  return () => document.removeEventListener('visibilitychange', onChange);
};

const countsEveryMs = 2_000;

/**
 * The list under the search box: keyset pages, kept live in place. Rows change where they stand; orders that are new
 * are counted (`fresh`) and shown on request, so that nothing moves under the pointer.
 */
export const useOrderList = (asked: ListState) => {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [fresh, setFresh] = useState(0);
  const options = trpc.support.orders.search.infiniteQueryOptions(searchInput(asked), {
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    // Live rows keep it true; asking for every page again on each focus would not.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const list = useInfiniteQuery(options);
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const loaded = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    loaded.current = new Set(rows.map(({ orderId }) => orderId));
  });

  const reload = useCallback(() => {
    setFresh(0);
    void queryClient.resetQueries({ queryKey: trpc.support.orders.search.pathKey() });
    void queryClient.invalidateQueries({ queryKey: trpc.support.orders.counts.queryKey() });
  }, [queryClient, trpc]);

  const shown = useSyncExternalStore(
    onVisibility,
    () => document.visibilityState === 'visible',
    () => false,
  );
  const countsTimer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(countsTimer.current), []);

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
      queryClient.setQueriesData<Pages>({ queryKey: trpc.support.orders.search.pathKey() }, (data) =>
        data && 'pages' in data ? replaceRows(data, byId) : data,
      );
      return isCurrent;
    },
    [client, queryClient, trpc],
  );

  const hear = async ({ changed, placed }: { readonly changed: readonly string[]; readonly placed: number }) => {
    setFresh((before) => before + placed);
    countsTimer.current ??= setTimeout(() => {
      countsTimer.current = undefined;
      void queryClient.invalidateQueries({ queryKey: trpc.support.orders.counts.queryKey() });
    }, countsEveryMs);
    const shownOnes = changed.filter((orderId) => loaded.current.has(orderId));
    // What can't be read now the next message brings, or the next look.
    if (shownOnes.length > 0) await reread(shownOnes);
  };
  const { status } = useSubscription(
    trpc.support.orders.live.subscriptionOptions(
      {},
      {
        enabled: shown,
        onData: ({ id, data }) => {
          browserTokens.see(id);
          void hear(data);
        },
      },
    ),
  );
  return {
    ...list,
    rows,
    fresh,
    reload,
    reread,
    live: status === 'pending',
    likeFrom: list.data?.pages[0]?.likeFrom ?? null,
    instead: list.data?.pages[0]?.instead ?? null,
  };
};
