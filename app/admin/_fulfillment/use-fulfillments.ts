'use client';

import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useEffect, useRef } from 'react';
import type { AppRouter } from '#server/api/router.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { type DashboardFilters, listInputOf, scopeOf, type statuses } from './filters.ts';

export type Fulfillment = inferRouterOutputs<AppRouter>['admin']['fulfillment']['list']['items'][number];

const liveMs = 2_000;

/** The figures, asked for every two seconds; whenever they tell of a change, the lists are asked for again. */
export const useFulfillmentSummary = (filters: DashboardFilters) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const summary = useQuery(
    trpc.admin.fulfillment.summary.queryOptions(scopeOf(filters), {
      refetchInterval: liveMs,
      staleTime: 0,
      placeholderData: keepPreviousData,
    }),
  );
  const fingerprint = summary.isPlaceholderData ? undefined : summary.data?.figures.fingerprint;
  const known = useRef(fingerprint);
  const listKey = trpc.admin.fulfillment.list.pathKey();
  useEffect(() => {
    if (fingerprint === undefined || fingerprint === known.current) return;
    known.current = fingerprint;
    void queryClient.invalidateQueries({ queryKey: listKey });
  }, [fingerprint, queryClient, listKey]);
  return summary;
};

/** The list, page by page; of one state for a column of the board. */
export const useFulfillments = (filters: DashboardFilters, status?: (typeof statuses)[number]) => {
  const trpc = useTRPC();
  const input = status ? { ...listInputOf(filters), status, limit: 30 } : listInputOf(filters);
  const query = useInfiniteQuery(
    trpc.admin.fulfillment.list.infiniteQueryOptions(input, {
      getNextPageParam: (page) => page.next,
      placeholderData: keepPreviousData,
      staleTime: 60_000,
    }),
  );
  return { ...query, rows: query.data?.pages.flatMap(({ items }) => items) ?? [] };
};
