import 'server-only';
import { pageQueries } from '../../_server/page-queries.tsx';
import type { RouterOutputs } from '../../_trpc/router-types.ts';

const codeBehind = (error: unknown): unknown =>
  error instanceof Error && typeof error.cause === 'object' && error.cause !== null && 'code' in error.cause
    ? error.cause.code
    : null;

/** A product for the page's first paint. Null: no such product. Undefined: it can't be read now, the browser will try. */
export const readProduct = async (sku: string): Promise<RouterOutputs['shop']['catalog']['get'] | null | undefined> => {
  const { trpc, queryClient } = await pageQueries();
  try {
    return await queryClient.fetchQuery(trpc.shop.catalog.get.queryOptions({ sku }));
  } catch (error) {
    return codeBehind(error) === 'NOT_FOUND' ? null : undefined;
  }
};
