'use client';

import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { OrderId } from '#domain/shared/ids.ts';
import { isVisible, onVisibility } from './page-visibility.ts';
import { browserTokens } from './token-store.ts';
import { useTRPC } from './trpc.ts';

/** Events come in bursts (reserved, authorized, confirmed): one read for all of them. */
const gatherMs = 60;

export type LiveOrder = {
  readonly orderId: OrderId;
  /** A guest's signed link. */
  readonly link?: string | undefined;
  /** Position of the row on the screen (`order.at`): what came after it is told at once. */
  readonly after: string | null | undefined;
  /** What to read again when something happened, such as `[trpc.shop.order.get.queryKey(input)]`. */
  readonly refresh: readonly QueryKey[];
};

/**
 * Keeps an order on the screen live: reads it again, with the event's position as its token, whenever something
 * happens to it. True while the stream stands. Hidden tabs let go of their connection and catch up on return.
 */
export const useLiveOrder = ({ orderId, link, after, refresh }: LiveOrder): boolean => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const shown = useSyncExternalStore(onVisibility, isVisible, () => false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const keys = useRef(refresh);
  // The first position that is known: the stream itself follows all later ones.
  const [from, setFrom] = useState(after);
  if (from === undefined && after !== undefined) setFrom(after);
  useEffect(() => {
    keys.current = refresh;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  const { status } = useSubscription(
    trpc.live.order.subscriptionOptions(
      { orderId, link, after: from ?? null },
      {
        enabled: shown && from !== undefined,
        onData: ({ id }) => {
          browserTokens.see(id);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => {
            for (const queryKey of keys.current) void queryClient.invalidateQueries({ queryKey });
          }, gatherMs);
        },
      },
    ),
  );
  return status === 'pending';
};
