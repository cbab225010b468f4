'use client';

import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient } from '@trpc/client';
import { type ReactNode, useEffect, useState } from 'react';
import type { AppRouter } from '#server/api/router.ts';
import { browserFreshness } from './freshness-store.ts';
import { browserLinks } from './links.ts';
import { createQueryClient } from './query-client.ts';
import { browserTokens } from './token-store.ts';
import { TRPCProvider } from './trpc.ts';

/** Between two looks at a read that is behind. The server waits up to 1 s by itself. */
const staleRetryMs = 1_000;

/** Asks again for what is behind until it has caught up, as long as somebody shows it. */
const useStaleRetries = (queryClient: QueryClient): void => {
  useEffect(() => {
    const timer = setInterval(() => {
      if (browserFreshness.staleSince() === null) return;
      const shown = new Set<string>();
      for (const query of queryClient.getQueryCache().findAll({ type: 'active' })) {
        const [path] = query.queryKey;
        if (Array.isArray(path)) shown.add(path.join('.'));
      }
      for (const path of browserFreshness.stalePaths()) {
        if (!shown.has(path)) browserFreshness.drop(path);
        else if (queryClient.isFetching({ queryKey: [path.split('.')] }) === 0)
          void queryClient.invalidateQueries({ queryKey: [path.split('.')] });
      }
    }, staleRetryMs);
    return () => clearInterval(timer);
  }, [queryClient]);
};

/** TanStack Query and the typed tRPC client for everything below. */
export const ApiProvider = ({ children }: { readonly children: ReactNode }) => {
  const [queryClient] = useState(createQueryClient);
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({ links: browserLinks({ tokens: browserTokens, freshness: browserFreshness }) }),
  );
  useStaleRetries(queryClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
};
