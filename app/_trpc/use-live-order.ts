'use client';

import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { OrderId } from '#domain/shared/ids.ts';
import { isVisible, onVisibility } from './page-visibility.ts';
import { browserTokens } from './token-store.ts';
import { useTRPC } from './trpc.ts';

/** Whether the tab is in view: a hidden one lets go of its streams and catches up on return. */
export const useTabShown = (): boolean => useSyncExternalStore(onVisibility, isVisible, () => false);

/** Events come in bursts (reserved, authorized, confirmed): one read for all of them. */
const gatherMs = 60;

export type LiveReads = {
  /** Position of the row on the screen (`order.at`): what came after it is told at once. */
  readonly after: string | null | undefined;
  /** What to read again when something happened, such as `[trpc.shop.order.get.queryKey(input)]`. */
  readonly refresh: readonly QueryKey[];
};

/** What any stream of an order's events needs: from where it starts, and what to do with the id of a message. */
export const useLiveReads = ({ after, refresh }: LiveReads) => {
  const queryClient = useQueryClient();
  const shown = useTabShown();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const keys = useRef(refresh);
  // The first position that is known: the stream itself follows all later ones.
  const [from, setFrom] = useState(after);
  if (from === undefined && after !== undefined) setFrom(after);
  useEffect(() => {
    keys.current = refresh;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  const hear = useCallback(
    (position: string) => {
      browserTokens.see(position);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        for (const queryKey of keys.current) void queryClient.invalidateQueries({ queryKey });
      }, gatherMs);
    },
    [queryClient],
  );
  return { enabled: shown && from !== undefined, from: from ?? null, hear };
};

export type LiveOrder = LiveReads & {
  readonly orderId: OrderId;
  /** A guest's signed link. */
  readonly link?: string | undefined;
};

/**
 * Keeps an order on the screen live: reads it again, with the event's position as its token, whenever something
 * happens to it. True while the stream stands.
 */
export const useLiveOrder = ({ orderId, link, ...reads }: LiveOrder): boolean => {
  const trpc = useTRPC();
  const { enabled, from, hear } = useLiveReads(reads);
  const { status } = useSubscription(
    trpc.live.order.subscriptionOptions({ orderId, link, after: from }, { enabled, onData: ({ id }) => hear(id) }),
  );
  return status === 'pending';
};
