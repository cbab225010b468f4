'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { OrderId } from '#domain/shared/ids.ts';
import { useOverlayStore } from '../../_optimistic/provider.tsx';
import { wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { announce } from '../../_ui/announce.tsx';
import { notify } from '../../_ui/toast.tsx';
import { type BulkJob, type BulkOrder, type BulkRun, startBulk } from './bulk-run.ts';
import { outcomeWords } from './outcome-words.ts';

/** Answers come one after the other: what they changed is read again together. */
const gatherMs = 150;

const isSettled = (run: BulkRun): boolean =>
  run.results().every(({ state }) => state === 'done' || state === 'unchanged');

/** Actions on many orders: under way, and done until the agent has seen to what was refused. */
export const useBulk = (onClosed: () => void) => {
  const store = useOverlayStore();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [runs, setRuns] = useState<readonly BulkRun[]>([]);
  const answered = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  // One of them may be open beside the list.
  const readAgain = (): void => {
    timer.current = undefined;
    const orderIds = [...answered.current];
    answered.current.clear();
    for (const orderId of orderIds as OrderId[]) {
      void queryClient.invalidateQueries({ queryKey: trpc.support.order.get.queryKey({ orderId }) });
      void queryClient.invalidateQueries({ queryKey: trpc.support.order.history.queryKey({ orderId }) });
    }
  };

  const tell = (run: BulkRun): void => {
    const words = outcomeWords(run.results(), run.job.done);
    announce(words);
    const undo = () => {
      const back = run.undo();
      if (back) start(back.job, back.orders);
    };
    // What was refused or failed stays in the result.
    if (run.canUndo()) notify(words, { onUndo: undo });
    else if (isSettled(run)) notify(words);
  };

  const start = (job: BulkJob, targets: readonly { readonly orderId: string; readonly orderNumber: string }[]) => {
    const orders = targets.map(({ orderId, orderNumber }): BulkOrder => ({ orderId: orderId as OrderId, orderNumber }));
    const { run, answered: allAnswered } = startBulk(job, orders, {
      store,
      wordsOf,
      onAnswered: (orderId) => {
        answered.current.add(orderId);
        timer.current ??= setTimeout(readAgain, gatherMs);
      },
    });
    setRuns((before) => [run, ...before.filter((each) => !isSettled(each))]);
    void allAnswered.then(() => tell(run));
  };

  /** Of all runs, or one; what is still on its way stays. */
  const close = (which?: BulkRun): void => {
    const closed = runs.filter(
      (run) => (which ?? run) === run && run.results().every(({ state }) => state !== 'sending'),
    );
    for (const run of closed) run.dismiss();
    setRuns((before) => before.filter((run) => !closed.includes(run)));
    onClosed();
  };
  const retry = (run: BulkRun, orderId?: string): void => void run.retry(orderId).then(() => tell(run));
  return { runs, start, retry, close };
};

export type DeskBulk = ReturnType<typeof useBulk>;
