'use client';

import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { OrderId } from '#domain/shared/ids.ts';
import { comparePositions, formatPosition, parsePosition } from '#domain/shared/store-position.ts';
import { isVisible, onVisibility } from './page-visibility.ts';
import { browserTokens } from './token-store.ts';
import { useTRPC } from './trpc.ts';

type Listed = { readonly orderId: string; readonly at: string };

/** As many as the server follows at once. */
const followedMost = 100;
/** Events come in bursts: one read for all of them. */
const gatherMs = 150;

/** The newest position that the rows show: what came after it is told at once. */
const newestOf = (rows: readonly Listed[]): string | null => {
  const newest = rows
    .flatMap(({ at }) => parsePosition(at) ?? [])
    .toSorted(comparePositions)
    .at(-1);
  return newest ? formatPosition(newest) : null;
};

/**
 * Keeps a list of one's own orders live: reads it again, with the event's position as its token, whenever something
 * happens to one of them. Hidden tabs let go of their connection and catch up on return.
 */
export const useLiveOrders = (rows: readonly Listed[], refresh: QueryKey): void => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const shown = useSyncExternalStore(onVisibility, isVisible, () => false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const key = useRef(refresh);
  const followed = rows.slice(0, followedMost);
  const names = followed.map(({ orderId }) => orderId).join();
  // The stream follows by itself from where it began; it begins anew only when the list holds other orders.
  const [from, setFrom] = useState({ names, after: newestOf(followed) });
  if (from.names !== names) setFrom({ names, after: newestOf(followed) });
  useEffect(() => {
    key.current = refresh;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  useSubscription(
    trpc.live.orders.subscriptionOptions(
      { orderIds: from.names === '' ? [] : (from.names.split(',') as OrderId[]), after: from.after },
      {
        enabled: shown && from.names !== '',
        onData: ({ id }) => {
          browserTokens.see(id);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => void queryClient.invalidateQueries({ queryKey: key.current }), gatherMs);
        },
      },
    ),
  );
};
