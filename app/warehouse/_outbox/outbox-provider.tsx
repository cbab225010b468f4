'use client';

import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { useOverlayStore } from '../../_optimistic/provider.tsx';
import { codeOf, referenceOf } from '../../_trpc/api-error.ts';
import { useTRPC, useTRPCClient } from '../../_trpc/trpc.ts';
import { createOutbox, emptyOutbox, type Failure, type Outbox, type OutboxState } from './outbox.ts';
import { sendFloorCommand } from './send-floor-command.ts';

const classify = (error: unknown): Failure => {
  const code = codeOf(error);
  if (code === 'UNAUTHORIZED') return 'kept';
  // Without a reference no server of ours has seen it; busy is as good as away.
  return referenceOf(error) === undefined || code === 'SERVICE_UNAVAILABLE' ? 'unreached' : 'answered';
};

const pauseMsMost = 15_000;

const mayTryAgain = (attempt: number): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(1_000 * 2 ** attempt, pauseMsMost));
    window.addEventListener('online', done);
  });

type OutboxOfPicker = { readonly outbox: Outbox; readonly pickerId: string };
const OutboxContext = createContext<OutboxOfPicker | null>(null);

const createBrowserOutbox = (pickerId: string): Outbox => {
  // Another person's steps are theirs to send: the server would refuse them from anybody else.
  const key = `waybill-floor-outbox:${pickerId}`;
  return createOutbox({
    memory: {
      read: () => globalThis.localStorage?.getItem(key) ?? null,
      write: (text) => globalThis.localStorage?.setItem(key, text),
    },
    classify,
    mayTryAgain,
  });
};

/** Sends what an earlier page could not. */
const useLeftOver = (outbox: Outbox): void => {
  const overlays = useOverlayStore();
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  useEffect(() => {
    for (const entry of outbox.takeLeftOver()) {
      const { commandId, command } = entry;
      void overlays.submit({
        orderId: command.orderId,
        commandId,
        command,
        // What the person looked at then is forgotten, so nothing is a conflict; the rules decide.
        send: () => outbox.deliver(entry, () => sendFloorCommand(client, { commandId }, command)),
        row: () => undefined,
        onRecorded: () => void queryClient.invalidateQueries({ queryKey: trpc.warehouse.pathKey() }),
      });
    }
  }, [outbox, overlays, client, trpc, queryClient]);
};

interface OutboxProviderProps {
  /** Whose steps these are: the account's id. */
  readonly pickerId: string;
  readonly children: ReactNode;
}

/** Keeps the picker's steps on this device until they are recorded. */
export const OutboxProvider = ({ pickerId, children }: OutboxProviderProps) => {
  const [value] = useState(() => ({ outbox: createBrowserOutbox(pickerId), pickerId }));
  useLeftOver(value.outbox);
  return <OutboxContext value={value}>{children}</OutboxContext>;
};

export const useOutbox = (): OutboxOfPicker => {
  const value = useContext(OutboxContext);
  if (!value) throw new Error('useOutbox needs OutboxProvider above it');
  return value;
};

export const useOutboxState = (): OutboxState => {
  const { outbox } = useOutbox();
  return useSyncExternalStore(outbox.subscribe, outbox.state, emptyOutbox);
};

const onConnection = (onChange: () => void): (() => void) => {
  window.addEventListener('online', onChange);
  window.addEventListener('offline', onChange);
  return () => {
    window.removeEventListener('online', onChange);
    window.removeEventListener('offline', onChange);
  };
};

/** Whether the browser knows that there is no network, or the last step reached nobody. */
export const useIsOffline = (): boolean => {
  const isOnline = useSyncExternalStore(
    onConnection,
    () => navigator.onLine,
    () => true,
  );
  const { isCutOff } = useOutboxState();
  return !isOnline || isCutOff;
};
