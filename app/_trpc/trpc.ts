'use client';

import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/api/router.ts';

/**
 * `const trpc = useTRPC()`, then `useQuery(trpc.shop.catalog.list.queryOptions({}))` or
 * `useMutation(trpc.shop.quote.mutationOptions())`. Commands on an order go through `app/_optimistic/` instead.
 */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();
