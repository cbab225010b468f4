import { httpLink, httpSubscriptionLink, splitLink, type TRPCLink } from '@trpc/client';
import { observable, tap } from '@trpc/server/observable';
import type { AppRouter } from '#server/api/router.ts';
import { type FreshnessStore, freshnessHeader } from './freshness-store.ts';
import { type TokenStore, tokenHeader } from './token-store.ts';

const tokenIn = (data: unknown): string | null =>
  typeof data === 'object' && data !== null && 'token' in data && typeof data.token === 'string' ? data.token : null;

const headersIn = (context: Record<string, unknown> | undefined): Headers | null =>
  context?.response instanceof Response ? context.response.headers : null;

/** A read may be counted under another name than its procedure's, so that the procedure's other readers are left alone. */
const readNameOf = (path: string, { readsAs }: Record<string, unknown>): string =>
  typeof readsAs === 'string' ? readsAs : path;

/** Where a request's token is kept on its way. */
const sentToken = 'sentToken';

type Stores = { readonly tokens: TokenStore; readonly freshness: FreshnessStore };

/** Learns the token of every mutation, and how fresh every read is. */
const consistencyLink =
  ({ tokens, freshness }: Stores): TRPCLink<AppRouter> =>
  () =>
  ({ next, op }) =>
    observable((observer) => {
      // Once: the browser asks another of its processes for a cookie, and the page stands still meanwhile.
      const sent = op.type === 'subscription' ? null : tokens.newest();
      return next({ ...op, context: { ...op.context, [sentToken]: sent } })
        .pipe(
          tap({
            next: ({ result, context }) => {
              if (op.type === 'mutation' && 'data' in result) {
                const token = tokenIn(result.data);
                if (token) tokens.see(token);
              }
              const said = headersIn(context)?.get(freshnessHeader);
              if (said === 'tokenReset' && sent !== null) tokens.forget(sent);
              if (op.type === 'query')
                freshness.report(readNameOf(op.path, op.context), said === 'stale' ? 'stale' : 'current', Date.now());
            },
          }),
        )
        .subscribe(observer);
    });

/**
 * Queries and mutations one request each: the freshness header is then each answer's own, and a read that waits for
 * its projection holds up no other. Subscriptions by server-sent events.
 */
export const browserLinks = (stores: Stores): TRPCLink<AppRouter>[] => [
  consistencyLink(stores),
  splitLink({
    condition: (op) => op.type === 'subscription',
    true: httpSubscriptionLink({ url: '/api/trpc' }),
    false: httpLink({
      url: '/api/trpc',
      headers: ({ op }): Record<string, string> => {
        const token = op.context[sentToken];
        return typeof token === 'string' ? { [tokenHeader]: token } : {};
      },
    }),
  }),
];
