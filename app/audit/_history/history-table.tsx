'use client';

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { useEffect, useMemo } from 'react';
import { describeEvent, type EventFormat } from '#domain/waybill/event-words.ts';
import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import type { RouterOutputs } from '../../_trpc/router-types.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { announce } from '../../_ui/announce.tsx';
import { Button } from '../../_ui/button.tsx';
import { cn } from '../../_ui/cn.ts';
import { type Column, DataTable } from '../../_ui/data-table.tsx';
import { formatCount } from '../../_ui/format.ts';
import { OrderNumber, Sku } from '../../_ui/identifier.tsx';
import { SkeletonRows } from '../../_ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../_ui/states.tsx';
import { Time } from '../../_ui/time.tsx';
import { useWide } from '../../admin/_frame/use-wide.ts';
import { formatWith } from '../../support/_order/words.ts';
import { whoActed } from '../_order/actor.ts';
import { historyInput, historyParams } from './history-params.ts';

type Page = RouterOutputs['audit']['history']['search'];
type Item = Page['items'][number];

/** No identifier is cut: one that is longer than an order's number is smaller, on as many lines as it takes. */
const sizeOf = (identifier: string): string =>
  identifier.length > 13 ? 'whitespace-normal break-all text-caption leading-tight' : '';

/** Where an event is looked at: its order as of just then, or its SKU's stock. */
const hrefOf = ({ orderKey, streamId, eventId }: Item): string =>
  orderKey === null
    ? `/audit/inventory/${encodeURIComponent(streamId.replace(/^inventory-/, ''))}`
    : `/audit/orders/${orderKey}?event=${eventId}`;

const columnsFor = (names: Page['names'], format: EventFormat): readonly Column<Item>[] => [
  {
    id: 'recorded',
    header: 'Recorded',
    width: 192,
    cell: (row) => <Time at={row.recordedAt} variant="audit" />,
  },
  {
    id: 'event',
    header: 'Event',
    width: 'fill',
    min: 260,
    cell: (row) => {
      const { title, quote } = describeEvent(row.event, format);
      return (
        <span title={quote ? `${title}: ${quote}` : title}>
          {title}
          {quote && <span className="text-muted"> “{quote}”</span>}
        </span>
      );
    },
  },
  {
    id: 'of',
    header: 'Order or SKU',
    width: 136,
    cell: (row) =>
      row.orderKey === null ? (
        <Sku
          value={row.streamId.replace(/^inventory-/, '')}
          copy="never"
          className={sizeOf(row.streamId.replace(/^inventory-/, ''))}
        />
      ) : (
        <OrderNumber
          value={row.orderNumber ?? row.orderKey}
          copy="never"
          className={sizeOf(row.orderNumber ?? row.orderKey)}
        />
      ),
  },
  {
    id: 'actor',
    header: 'Actor',
    width: 200,
    cell: (row) => {
      const who = whoActed(row.actor, names, row.customerName);
      return <span title={who}>{who}</span>;
    },
  },
  {
    id: 'business',
    header: 'Business time',
    width: 192,
    cell: (row) => <Time at={row.occurredAt} variant="audit" className="text-muted" />,
  },
  {
    id: 'position',
    header: 'Position',
    width: 92,
    align: 'right',
    cell: (row) => <span className="text-muted">{formatCount(row.position)}</span>,
  },
];

/** On a phone what happened comes first, and the times are reached sideways. */
const narrowOrder = ['event', 'of', 'recorded', 'actor', 'business', 'position'];
const forPhone = (columns: readonly Column<Item>[]): readonly Column<Item>[] =>
  columns.toSorted((a, b) => narrowOrder.indexOf(a.id) - narrowOrder.indexOf(b.id));

/** The whole history, the newest first, as far as it matches. */
export const HistoryTable = () => {
  const trpc = useTRPC();
  const router = useRouter();
  const wide = useWide();
  const [params, set] = useQueryStates(historyParams);
  const input = historyInput(params);
  const { data: reference } = useQuery(trpc.audit.reference.queryOptions(undefined, { staleTime: 300_000 }));
  const history = useInfiniteQuery(
    trpc.audit.history.search.infiniteQueryOptions(input, {
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
      staleTime: 10_000,
      refetchOnWindowFocus: false,
    }),
  );
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } =
    history;
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const columns = useMemo(
    () => columnsFor(Object.assign({}, ...(data?.pages ?? []).map(({ names }) => names)), formatWith(reference)),
    [data, reference],
  );
  const narrowed = Object.keys(input).length > 1;
  const said = isPending || isPlaceholderData ? null : rows.length;
  useEffect(() => {
    if (narrowed && said !== null) announce(said === 0 ? 'No events found' : `${formatCount(said)} events shown`);
  }, [said, narrowed]);
  const placeholder = isPending ? (
    <SkeletonRows count={16} what="the history" />
  ) : rows.length > 0 ? undefined : error ? (
    <ErrorState title="The history could not be read." onRetry={() => void refetch()} reference={referenceOf(error)}>
      {wordsOf(error)} Nothing was changed: audit only reads.
    </ErrorState>
  ) : narrowed ? (
    <EmptyState
      title="No event matches this search."
      action={<Button onClick={() => void set(null)}>Clear the search</Button>}
    >
      Order numbers, SKUs and ids are looked for whole; of a person’s name a part is enough.
    </EmptyState>
  ) : (
    <EmptyState title="Nothing has been recorded yet.">The first order writes the first line.</EmptyState>
  );
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <DataTable
        className={cn('flex-1', isPlaceholderData && 'opacity-80')}
        label="History"
        columns={wide ? columns : forPhone(columns)}
        rows={rows}
        rowKey={(row) => row.eventId}
        // A filter that leaving its input has just committed would otherwise replace the address that this opens.
        onOpen={(row) => void set({}).then(() => router.push(hrefOf(row)))}
        onNearEnd={() => {
          if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
        }}
        pageKeys
        placeholder={placeholder}
      />
      {error && rows.length > 0 && (
        <p role="alert" className="flex items-center gap-2 border-rule border-t px-4 py-1.5 text-bad text-meta">
          Earlier events could not be read. {wordsOf(error)}
          <Button size="sm" onClick={() => void fetchNextPage()}>
            Retry
          </Button>
        </p>
      )}
    </div>
  );
};
