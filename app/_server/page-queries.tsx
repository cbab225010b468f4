import 'server-only';
import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import { createTRPCClient, TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { cache, type ReactNode } from 'react';
import type { PageCaller } from '#server/api/caller.ts';
import type { AppRouter } from '#server/api/router.ts';
import { pageCaller } from './caller.ts';

type AnyProcedure = (input: unknown) => Promise<unknown>;

/** Procedures are reached by walking the caller, which is a proxy at every step. */
const procedureAt = (api: PageCaller['api'], path: string): AnyProcedure =>
  path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], api) as AnyProcedure;

const callerLink =
  (api: PageCaller['api']): TRPCLink<AppRouter> =>
  () =>
  ({ op }) =>
    observable((observer) => {
      procedureAt(
        api,
        op.path,
      )(op.input).then(
        (data) => {
          observer.next({ result: { type: 'data', data } });
          observer.complete();
        },
        (error: unknown) => observer.error(TRPCClientError.from(error instanceof Error ? error : new Error('failed'))),
      );
    });

/**
 * What a server component prefetches with, once a page: the same `trpc` as in the browser, answered in this process.
 * `const { trpc, queryClient } = await pageQueries(); await queryClient.prefetchQuery(trpc.shop.quote.queryOptions(…))`,
 * then wrap the page in `<Hydrate>`. A prefetch that fails is left to the browser.
 */
export const pageQueries = cache(async () => {
  const caller = await pageCaller();
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 60_000 } } });
  const client = createTRPCClient<AppRouter>({ links: [callerLink(caller.api)] });
  return { trpc: createTRPCOptionsProxy<AppRouter>({ client, queryClient }), queryClient, caller };
});

/** Hands what was prefetched to the browser's queries below. What was behind is asked for again there, at once. */
export const Hydrate = async ({ children }: { readonly children: ReactNode }) => {
  const { queryClient, caller } = await pageQueries();
  const state = dehydrate(queryClient);
  const isBehind = caller.freshness() !== null && caller.freshness() !== 'current';
  const queries = isBehind
    ? state.queries.map((query) => ({ ...query, state: { ...query.state, dataUpdatedAt: 0 } }))
    : state.queries;
  return <HydrationBoundary state={{ ...state, queries }}>{children}</HydrationBoundary>;
};
