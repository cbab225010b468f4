'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { browserFreshness } from '../../_trpc/freshness-store.ts';
import { useTRPCClient } from '../../_trpc/trpc.ts';
import type { DeskOrder } from './desk-types.ts';
import type { searchInput } from './search-input.ts';

/** What is behind here is asked for again here: the list itself is not drawn anew for it. */
const readsAs = 'support.orders.look';

/**
 * How many orders belong at the top of a list that its rows don't have: new ones, and ones that have come to be what is
 * searched for. They are shown on request, so that nothing moves under the pointer. `look` asks for them, and resolves
 * with false where the answer is behind.
 */
export const useNewcomers = (
  input: ReturnType<typeof searchInput>,
  /** Null while this list is not there yet. */
  rows: readonly DeskOrder[] | null,
) => {
  const client = useTRPCClient();
  const list = JSON.stringify(input);
  const latest = useRef({ input, list });
  useEffect(() => {
    latest.current = { input, list };
  });
  const [top, setTop] = useState<{ readonly list: string; readonly orderIds: readonly string[] }>();
  const look = useCallback(async (): Promise<boolean> => {
    const asked = latest.current;
    const page = await client.support.orders.search.query(asked.input, { context: { readsAs } }).catch(() => null);
    // The next message asks again.
    if (page === null) return true;
    setTop({ list: asked.list, orderIds: page.items.map(({ orderId }) => orderId) });
    return !browserFreshness.stalePaths().includes(readsAs);
  }, [client]);
  // What is read anew from its beginning holds them.
  const forget = useCallback(() => setTop(undefined), []);
  const shown = new Set(rows?.map(({ orderId }) => orderId));
  const isKnown = rows !== null && top?.list === list;
  const fresh = isKnown ? top.orderIds.filter((orderId) => !shown.has(orderId)).length : 0;
  return { fresh, look, forget };
};
