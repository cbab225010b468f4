'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import { useRef } from 'react';
import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { Button } from '../../_ui/button.tsx';
import { useShortcuts } from '../../_ui/keys.ts';
import { LoadMore } from '../../_ui/load-more.tsx';
import { Select } from '../../_ui/select.tsx';
import { SkeletonRows } from '../../_ui/skeleton.tsx';
import { Band, EmptyState, ErrorState } from '../../_ui/states.tsx';
import { ViewTabs } from '../../_ui/tabs.tsx';
import { chooseWarehouse, rememberWarehouse, type WarehouseOption } from '../_frame/warehouse-choice.ts';
import { useIsOffline } from '../_outbox/outbox-provider.tsx';
import { ReturnRow } from './return-row.tsx';
import { type ReturnView, returnParams, returnsInput, returnViews, returnViewWords } from './returns-input.ts';

interface ReturnsScreenProps {
  readonly warehouses: readonly WarehouseOption[];
  readonly remembered: string;
}

/** New ones come at the end of the list, so reading it again moves nothing under the finger. */
const readEveryMs = 10_000;

const emptyWords: Record<ReturnView, { readonly title: string; readonly more: string }> = {
  received: { title: 'waits to be inspected', more: 'A parcel that comes back is received under “On their way”.' },
  expected: { title: 'is on its way back', more: 'A return appears here as soon as support has approved it.' },
};

const moveFocus = (list: HTMLElement | null, by: 1 | -1): void => {
  const rows = [...(list?.querySelectorAll<HTMLElement>('[data-return-row]') ?? [])];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  rows[at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
};

/** What comes back to a warehouse: still on its way, and received but not inspected yet. */
export const ReturnsScreen = ({ warehouses, remembered }: ReturnsScreenProps) => {
  const trpc = useTRPC();
  const [params, setParams] = useQueryStates(returnParams, { history: 'replace' });
  const { view } = params;
  const warehouse = chooseWarehouse(warehouses, params.warehouse, remembered);
  const city = warehouses.find(({ code }) => code === warehouse)?.city ?? warehouse;
  const list = useInfiniteQuery(
    trpc.warehouse.returns.list.infiniteQueryOptions(returnsInput(warehouse, view), {
      getNextPageParam: ({ next }) => next ?? undefined,
      placeholderData: keepPreviousData,
      refetchOnMount: 'always',
      refetchInterval: readEveryMs,
    }),
  );
  const isOffline = useIsOffline();
  const rows = useRef<HTMLUListElement>(null);
  useShortcuts({ j: () => moveFocus(rows.current, 1), k: () => moveFocus(rows.current, -1) });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const counts = list.data?.pages.at(-1)?.counts;
  const [other] = returnViews.filter((each) => each !== view);
  return (
    <div className="flex min-h-full flex-col">
      <header className="sticky top-0 z-10 border-rule border-b bg-page">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-rule border-b bg-copy px-gutter py-2">
          <h1 className="text-title max-sm:sr-only">Returns</h1>
          <div className="w-full sm:w-56">
            <Select
              aria-label="Warehouse"
              value={warehouse}
              onValueChange={(code) => {
                rememberWarehouse(code);
                void setParams({ warehouse: code });
              }}
              options={warehouses.map(({ code, city: label }) => ({ value: code, label }))}
            />
          </div>
        </div>
        <div className="px-gutter py-1.5">
          <ViewTabs
            label="What comes back"
            views={returnViews.map((id) => ({ id, label: returnViewWords[id], count: counts?.[id] }))}
            value={view}
            onValueChange={(id) => void setParams({ view: id as ReturnView })}
          />
        </div>
      </header>
      {isOffline && <Band tone="stale">Connection lost. The list is as it was; it goes on by itself.</Band>}
      {list.isError && items.length === 0 ? (
        <ErrorState
          title="The returns could not be read."
          onRetry={() => void list.refetch()}
          reference={referenceOf(list.error)}
        >
          {wordsOf(list.error)} Nothing was changed.
        </ErrorState>
      ) : list.isPending ? (
        <SkeletonRows count={8} what="returns" />
      ) : items.length === 0 ? (
        <EmptyState
          title={`Nothing in ${city} ${emptyWords[view].title}.`}
          action={
            other && counts && counts[other] > 0 ? (
              <Button variant="primary" onClick={() => void setParams({ view: other })}>
                {returnViewWords[other]}, {counts[other]}
              </Button>
            ) : (
              <Button variant="primary" asChild>
                <Link href="/warehouse">Go to the queue</Link>
              </Button>
            )
          }
        >
          {emptyWords[view].more}
        </EmptyState>
      ) : (
        <>
          <ul
            ref={rows}
            aria-label={`Returns ${returnViewWords[view].toLowerCase()}, ${city}`}
            aria-busy={list.isPlaceholderData}
          >
            {items.map((item) => (
              <ReturnRow key={item.returnId} item={item} view={view} />
            ))}
          </ul>
          <LoadMore
            shown={items.length}
            total={counts && Math.max(counts[view], items.length)}
            what="returns"
            hasMore={list.hasNextPage}
            busy={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </>
      )}
    </div>
  );
};
