'use client';

import { useEffect, useState } from 'react';
import { useOverlayStore } from '../../_optimistic/provider.tsx';
import { pendingWord } from './pending-words.ts';

/** Answers come one after the other: their lines are read again together. */
const gatherMs = 150;
/** Between two looks at lines that are behind; the server waits a second by itself. */
const againMs = 500;
/** What one read takes. */
const linesMost = 200;

type Unsettled = {
  readonly release: () => void;
  readonly recorded: Set<string>;
  /** When the first of it was done, ms since the epoch. */
  readonly since: number;
  isSending: boolean;
  word: string;
};

/**
 * By order, the word for what this browser has done to it, from the moment on that it was done until the list itself has
 * read it: the open order is told by another projection, and may be settled, or closed, before its line is.
 */
export const useUnsettledRows = (
  /** Reads lines again after what was done from `doneAt` on, ms; false where the answer may lack what was written. */
  reread: (orderIds: readonly string[], doneAt: number) => Promise<boolean>,
): ReadonlyMap<string, string> => {
  const store = useOverlayStore();
  const [words, setWords] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    const unsettled = new Map<string, Unsettled>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;

    const release = (orderId: string): void => {
      const held = unsettled.get(orderId);
      unsettled.delete(orderId);
      held?.release();
    };
    const tell = (): void => {
      if (isOver) return;
      const now = new Map([...unsettled].map(([orderId, { word }]) => [orderId, word]));
      // The desk is drawn anew for what changed alone.
      setWords((before) =>
        before.size === now.size && [...now].every(([orderId, word]) => before.get(orderId) === word) ? before : now,
      );
    };
    const ready = () => [...unsettled].filter(([, { isSending, recorded }]) => !isSending && recorded.size > 0);

    const look = async (): Promise<void> => {
      const asked = ready().slice(0, linesMost);
      const before = new Map(asked.map(([orderId, { recorded }]) => [orderId, recorded.size]));
      const doneAt = Math.min(...asked.map(([, { since }]) => since));
      const isCurrent = asked.length > 0 && (await reread([...before.keys()], doneAt));
      if (isOver) return;
      // What was recorded meanwhile this answer need not have.
      if (isCurrent) {
        for (const [orderId, { recorded }] of ready()) if (before.get(orderId) === recorded.size) release(orderId);
        tell();
      }
      timer = undefined;
      if (ready().length > 0) timer = setTimeout(() => void look(), againMs);
    };

    const follow = (): void => {
      for (const orderId of store.pendingOrders())
        if (!unsettled.has(orderId))
          unsettled.set(orderId, {
            release: store.show(orderId),
            recorded: new Set(),
            since: store.overlayOf(orderId).commands[0]?.at ?? 0,
            isSending: true,
            word: '',
          });
      for (const [orderId, held] of unsettled) {
        const { commands } = store.overlayOf(orderId);
        const last = commands.at(-1);
        if (last) held.word = pendingWord(last.command);
        held.isSending = commands.some(({ phase }) => phase === 'sending');
        for (const { commandId, phase } of commands) if (phase === 'recorded') held.recorded.add(commandId);
        // Refused, or changed nothing.
        if (commands.length === 0 && held.recorded.size === 0) release(orderId);
      }
      tell();
      if (ready().length > 0) timer ??= setTimeout(() => void look(), gatherMs);
    };

    const stop = store.subscribe(follow);
    follow();
    return () => {
      isOver = true;
      stop();
      clearTimeout(timer);
      for (const orderId of [...unsettled.keys()]) release(orderId);
    };
  }, [store, reread]);
  return words;
};
