'use client';

import { useSubscription } from '@trpc/tanstack-react-query';
import { useEffect, useState } from 'react';
import { v7 } from 'uuid';
import type { OrderId } from '#domain/shared/ids.ts';
import type { RouterInputs } from '../../_trpc/router-types.ts';
import { useTRPC, useTRPCClient } from '../../_trpc/trpc.ts';
import { type LiveReads, useLiveReads, useTabShown } from '../../_trpc/use-live-order.ts';

export type Colleague = { readonly personId: string; readonly name: string; readonly doing: string | null };

/** Of two that are lost the server takes no notice (server/runtime/presence.ts). */
const beatEveryMs = 3_000;

/** The order on the desk, live, and the colleagues who have it open too. `tabId` is this opening of it. */
export const useDeskLive = ({ orderId, ...reads }: LiveReads & { readonly orderId: OrderId }) => {
  const trpc = useTRPC();
  const { enabled, from, hear } = useLiveReads(reads);
  const [tabId] = useState(() => v7());
  const [colleagues, setColleagues] = useState<readonly Colleague[]>([]);
  const { status } = useSubscription(
    trpc.support.order.live.subscriptionOptions(
      { orderId, tabId, after: from },
      {
        enabled,
        onData: (message) => {
          if ('people' in message) setColleagues(message.people);
          else hear(message.id);
        },
      },
    ),
  );
  const live = status === 'pending';
  // Who is there is not known while the stream is cut.
  return { live, tabId, colleagues: live ? colleagues : [] };
};

/** After a key, once its dialog has been drawn; what is over by then nobody needs to hear of. */
const beginMs = 150;

/** Says every few seconds that the order is still open here, and soon what the agent begins to do with it. */
export const useHeartbeat = ({ orderId, tabId, doing }: RouterInputs['support']['order']['attend']): void => {
  const client = useTRPCClient();
  const shown = useTabShown();
  useEffect(() => {
    if (!shown) return;
    // A heartbeat that is lost is made up for by the next.
    const beat = () => void client.support.order.attend.mutate({ orderId, tabId, doing }).catch(() => undefined);
    const begun = setTimeout(beat, beginMs);
    const timer = setInterval(beat, beatEveryMs);
    return () => {
      clearTimeout(begun);
      clearInterval(timer);
    };
  }, [client, shown, orderId, tabId, doing]);
};
