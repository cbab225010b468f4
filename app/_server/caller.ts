import 'server-only';
import { headers } from 'next/headers';
import { cache } from 'react';
import type { PageCaller } from '#server/api/caller.ts';

/**
 * The one door from server components to the runtime: a typed caller with the visitor's session and consistency
 * token, made once a page. `const { api } = await pageCaller(); await api.shop.catalog.list({})`.
 */
export const pageCaller = cache(async (): Promise<PageCaller> => {
  const create = globalThis.__waybillCaller;
  if (!create) throw new Error('The runtime is not there: pages are served by server/web.ts');
  return create((await headers()).get('cookie') ?? undefined);
});
