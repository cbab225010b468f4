'use client';

import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { v7 } from 'uuid';
import { decide, type WaybillCommand, type WaybillRejection } from '#domain/waybill/decide.ts';
import { rejectionWords } from '#domain/waybill/rejection-words.ts';
import { blankWaybill, type Waybill } from '#domain/waybill/state.ts';
import { formatMoney } from '../_ui/format.ts';
import { emptyOverlay, type OverlaidEvent, type PendingCommand, type Problem, see } from './overlay.ts';
import type { Send } from './overlay-store.ts';
import { useOverlayStore } from './provider.tsx';

/** What became of a command at once, before anything was sent. */
export type Ran =
  | {
      readonly ok: true;
      readonly commandId: string;
      /** Resolves when the server has answered: null when it was recorded. Never rejects. */
      readonly answered: Promise<Problem | null>;
    }
  | { readonly ok: false; readonly rejection: WaybillRejection; readonly words: string };

export type WaybillCommands = {
  /** What to show: the row, and over it what was recorded or is predicted beyond it. Undefined while there is no row. */
  readonly waybill: Waybill | undefined;
  /** The events that lie over the row, for the timeline and for pencil. A record keeps its prediction's id. */
  readonly overlaid: readonly OverlaidEvent[];
  /** Commands that the row doesn't show yet: draw what they touch in pencil. */
  readonly pending: readonly PendingCommand[];
  /** What was refused, in conflict or unanswered, until it is dismissed, retried or reapplied. */
  readonly problems: readonly Problem[];
  /** Decides a command on what is seen; accepted, it is shown and sent, else the rejection comes back in words. */
  readonly run: (command: WaybillCommand, send: Send) => Ran;
  /** Whether a command would be accepted now, to say why a button can't work; null when it would. */
  readonly objectionTo: (command: WaybillCommand) => string | null;
  /** Sends a failed command again under the same id, or reapplies one in conflict to what is seen now. */
  readonly retry: (commandId: string) => void;
  readonly dismiss: (commandId: string) => void;
};

export type WaybillCommandsOptions = {
  /** The row's state; undefined while it loads. */
  readonly waybill: Waybill | undefined;
  /** What to read again once a command was answered, such as `[trpc.shop.order.get.queryKey(input)]`. */
  readonly refresh: readonly QueryKey[];
};

/**
 * Runs commands on an order optimistically (design, section 8): the real decider decides in the browser, its events
 * are shown at once, the server's take their place by id or roll them back.
 *
 * `run({ type: 'AddNote', … }, (identity) => client.support.order.addNote.mutate({ …, ...identity }))`
 */
export const useWaybillCommand = (orderId: string, { waybill, refresh }: WaybillCommandsOptions): WaybillCommands => {
  const store = useOverlayStore();
  const queryClient = useQueryClient();
  const overlay = useSyncExternalStore(
    store.subscribe,
    () => store.overlayOf(orderId),
    () => emptyOverlay,
  );
  const latest = useRef({ waybill, refresh });
  useEffect(() => {
    latest.current = { waybill, refresh };
    if (waybill) store.read(orderId, waybill.versions);
  });
  useEffect(() => store.show(orderId), [store, orderId]);

  const seen = useMemo(() => see(overlay, waybill ?? blankWaybill), [overlay, waybill]);

  const shown = useMemo(
    () => ({
      row: () => latest.current.waybill,
      onRecorded: () => {
        for (const queryKey of latest.current.refresh) void queryClient.invalidateQueries({ queryKey });
      },
    }),
    [queryClient],
  );

  const run = useCallback(
    (command: WaybillCommand, send: Send): Ran => {
      // Not what the last render showed: two commands may come within one.
      const now = see(store.overlayOf(orderId), latest.current.waybill ?? blankWaybill);
      const decision = decide(command, now.waybill);
      if (!decision.ok)
        return { ok: false, rejection: decision.rejection, words: rejectionWords(decision.rejection, formatMoney) };
      const commandId = v7();
      return { ok: true, commandId, answered: store.submit({ orderId, commandId, command, send, ...shown }) };
    },
    [store, orderId, shown],
  );

  const retry = useCallback(
    (commandId: string) => void store.retry(orderId, commandId, shown),
    [store, orderId, shown],
  );

  const objectionTo = useCallback(
    (command: WaybillCommand): string | null => {
      const decision = decide(command, seen.waybill);
      return decision.ok ? null : rejectionWords(decision.rejection, formatMoney);
    },
    [seen],
  );

  const dismiss = useCallback((commandId: string) => store.dismiss(orderId, commandId), [store, orderId]);

  return {
    waybill: waybill || overlay.commands.length > 0 ? seen.waybill : undefined,
    overlaid: seen.events,
    pending: overlay.commands,
    problems: overlay.problems,
    run,
    objectionTo,
    retry,
    dismiss,
  };
};
