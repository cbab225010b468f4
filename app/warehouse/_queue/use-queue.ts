'use client';

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../_trpc/trpc.ts';
import { type QueueView, queueInput } from './queue-input.ts';

/** Between two looks at how many wait. The list itself moves only when the person asks. */
const countsEveryMs = 5_000;

/** The queue of a warehouse, its counts, and whether it has changed since it was read. */
export const useQueue = (warehouse: string, view: QueueView, text: string) => {
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.warehouse.queue.list.infiniteQueryOptions(queueInput(warehouse, view, text), {
      getNextPageParam: ({ next }) => next ?? undefined,
      placeholderData: keepPreviousData,
      // A queue that was left and is come back to has moved on.
      refetchOnMount: 'always',
    }),
  );
  const counts = useQuery(trpc.warehouse.queue.counts.queryOptions(undefined, { refetchInterval: countsEveryMs }));
  const ofWarehouse = counts.data?.find((row) => row.warehouse === warehouse);
  const count = counts.data ? (ofWarehouse?.[view] ?? 0) : undefined;

  // How many there were when the list was read: rows don't move under the finger, a button offers the new ones.
  const [shown, setShown] = useState<{ readonly key: string; readonly readAt: number; readonly count: number } | null>(
    null,
  );
  const key = `${warehouse} ${view}`;
  if (count !== undefined && !list.isPlaceholderData && (shown?.key !== key || shown.readAt !== list.dataUpdatedAt))
    setShown({ key, readAt: list.dataUpdatedAt, count });
  const arrived = text === '' && count !== undefined && shown?.key === key ? count - shown.count : 0;

  return {
    list,
    counts,
    items: list.data?.pages.flatMap(({ items }) => items) ?? [],
    people: Object.assign({}, ...(list.data?.pages.map(({ people }) => people) ?? [])) as Record<string, string>,
    countOf: (each: QueueView): number | undefined => (counts.data ? (ofWarehouse?.[each] ?? 0) : undefined),
    pendingIn: (code: string): number | undefined =>
      counts.data ? (counts.data.find((row) => row.warehouse === code)?.all ?? 0) : undefined,
    /** By how many the queue has grown (or shrunk) since the list was read. */
    arrived,
  };
};
