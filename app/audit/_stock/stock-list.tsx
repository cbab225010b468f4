'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useQueryState } from 'nuqs';
import { useMemo, useRef } from 'react';
import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import type { RouterOutputs } from '../../_trpc/router-types.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { Button } from '../../_ui/button.tsx';
import { cn } from '../../_ui/cn.ts';
import { type Column, DataTable } from '../../_ui/data-table.tsx';
import { formatCount } from '../../_ui/format.ts';
import { Sku } from '../../_ui/identifier.tsx';
import { useShortcuts } from '../../_ui/keys.ts';
import { SkeletonRows } from '../../_ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../_ui/states.tsx';
import { FilterInput } from '../_history/filter-input.tsx';

type Item = RouterOutputs['audit']['stock']['list']['items'][number];

const figure = (id: 'onHand' | 'reserved' | 'allocated' | 'available', header: string): Column<Item> => ({
  id,
  header,
  width: 96,
  align: 'right',
  cell: (row) => formatCount(row[id]),
});

const columns: readonly Column<Item>[] = [
  {
    id: 'sku',
    header: 'SKU',
    width: 160,
    cell: (row) => <Sku value={row.sku} copy="never" className="max-w-full truncate" />,
  },
  {
    id: 'name',
    header: 'Product',
    width: 'fill',
    min: 160,
    cell: (row) => row.name ?? <span className="text-muted">No longer in the catalog</span>,
  },
  figure('onHand', 'On hand'),
  figure('reserved', 'Reserved'),
  figure('allocated', 'Allocated'),
  figure('available', 'Available'),
  {
    id: 'version',
    header: 'Events',
    width: 88,
    align: 'right',
    cell: (row) => <span className="text-muted">{formatCount(row.version)}</span>,
  },
];

/** Every SKU whose stock has a history. */
export const StockList = () => {
  const trpc = useTRPC();
  const router = useRouter();
  const box = useRef<HTMLInputElement>(null);
  const [text, setText] = useQueryState('q', { defaultValue: '' });
  useShortcuts({ '/': () => box.current?.focus() });
  const { data, error, isPending, isPlaceholderData, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(
      trpc.audit.stock.list.infiniteQueryOptions(text === '' ? {} : { text }, {
        getNextPageParam: (page) => page.next ?? undefined,
        placeholderData: keepPreviousData,
      }),
    );
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const placeholder = isPending ? (
    <SkeletonRows count={14} what="the stock" />
  ) : rows.length > 0 ? undefined : error ? (
    <ErrorState title="The stock could not be read." onRetry={() => void refetch()} reference={referenceOf(error)}>
      {wordsOf(error)}
    </ErrorState>
  ) : (
    <EmptyState
      title={text === '' ? 'No stock was ever received.' : `No SKU or product is like “${text}”.`}
      action={text === '' ? undefined : <Button onClick={() => void setText(null)}>Clear the search</Button>}
    />
  );
  return (
    <div className="flex h-full flex-col">
      <header className="flex flex-wrap items-center gap-3 border-rule border-b bg-sheet px-4 py-2.5">
        <h1 className="text-section">Stock history</h1>
        <div className="w-80 max-w-full sm:ml-auto">
          <FilterInput
            ref={box}
            value={text}
            onCommit={(next) => void setText(next || null)}
            type="search"
            aria-label="Search stock"
            placeholder="SKU or product"
            lead={<Search aria-hidden="true" />}
          />
        </div>
      </header>
      <DataTable
        className={cn('flex-1', isPlaceholderData && 'opacity-80')}
        label="Stock"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.sku}
        onOpen={(row) => router.push(`/audit/inventory/${encodeURIComponent(row.sku)}`)}
        onNearEnd={() => {
          if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
        }}
        pageKeys
        placeholder={placeholder}
      />
    </div>
  );
};
