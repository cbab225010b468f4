'use client';

import { RefreshCw, Search } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { useDeferredValue, useRef } from 'react';
import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import { Button } from '../../_ui/button.tsx';
import { Input } from '../../_ui/input.tsx';
import { Kbd } from '../../_ui/kbd.tsx';
import { useShortcuts } from '../../_ui/keys.ts';
import { LoadMore } from '../../_ui/load-more.tsx';
import { Select } from '../../_ui/select.tsx';
import { SkeletonRows } from '../../_ui/skeleton.tsx';
import { Band, EmptyState, ErrorState } from '../../_ui/states.tsx';
import { ViewTabs } from '../../_ui/tabs.tsx';
import { chooseWarehouse, rememberWarehouse, type WarehouseOption } from '../_frame/warehouse-choice.ts';
import { useIsOffline } from '../_outbox/outbox-provider.tsx';
import { type QueueView, queueViews, viewWords } from './queue-input.ts';
import { queueParams } from './queue-params.ts';
import { QueueRow } from './queue-row.tsx';
import { useQueue } from './use-queue.ts';

interface QueueScreenProps {
  readonly warehouses: readonly WarehouseOption[];
  /** Where this device worked last. */
  readonly remembered: string;
}

const moveFocus = (list: HTMLElement | null, by: 1 | -1): void => {
  const rows = [...(list?.querySelectorAll<HTMLElement>('[data-queue-row]') ?? [])];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by));
  rows[next]?.focus();
};

const emptyWords = (view: QueueView, text: string, city: string): { readonly title: string; readonly more: string } => {
  if (text !== '')
    return { title: `Nothing in ${city} matches “${text}”.`, more: 'Try an order number, a SKU or a name.' };
  if (view === 'all')
    return {
      title: `Nothing waits in ${city}.`,
      more: 'Orders appear here as soon as they are paid and have their stock.',
    };
  return { title: `Nothing here: no order in ${city} is “${viewWords[view].toLowerCase()}”.`, more: '' };
};

/** What waits in a warehouse, by the time it must leave. */
export const QueueScreen = ({ warehouses, remembered }: QueueScreenProps) => {
  const [params, setParams] = useQueryStates(queueParams, { history: 'replace' });
  const { view } = params;
  const text = useDeferredValue(params.text);
  const warehouse = chooseWarehouse(warehouses, params.warehouse, remembered);
  const city = warehouses.find(({ code }) => code === warehouse)?.city ?? warehouse;
  const { list, items, people, countOf, pendingIn, arrived } = useQueue(warehouse, view, text);
  const isOffline = useIsOffline();
  const router = useRouter();
  const filter = useRef<HTMLInputElement>(null);
  const rows = useRef<HTMLUListElement>(null);
  const next = items.find(({ status, holds }) => status === 'open' && holds.length === 0);
  const nextHref = next ? `/warehouse/fulfillments/${next.fulfillmentId}` : null;
  useShortcuts({
    '/': () => filter.current?.focus(),
    j: () => moveFocus(rows.current, 1),
    k: () => moveFocus(rows.current, -1),
    p: () => {
      if (nextHref) router.push(nextHref);
    },
  });
  const empty = emptyWords(view, text, city);

  return (
    <div className="flex h-full flex-col">
      <header className="shrink-0 border-rule border-b bg-page">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-rule border-b bg-copy px-gutter py-2">
          <h1 className="text-title max-sm:sr-only">Queue</h1>
          <div className="w-full sm:w-56">
            <Select
              aria-label="Warehouse"
              value={warehouse}
              onValueChange={(code) => {
                rememberWarehouse(code);
                void setParams({ warehouse: code, view: null, text: null });
              }}
              options={warehouses.map(({ code, city: name }) => {
                const waiting = pendingIn(code);
                return { value: code, label: waiting === undefined ? name : `${name}, ${waiting} waiting` };
              })}
            />
          </div>
          {nextHref && next && (
            <Button variant="primary" asChild className="max-sm:hidden sm:ml-auto">
              <Link href={nextHref}>
                Pick {next.orderNumber}
                <Kbd className="border-current text-current">P</Kbd>
              </Link>
            </Button>
          )}
        </div>
        <div className="flex flex-wrap items-center gap-x-6 gap-y-1 px-gutter py-1.5 lg:flex-nowrap">
          <div className="min-w-0 max-lg:w-full max-lg:order-2 lg:flex-1">
            <ViewTabs
              label="What waits"
              views={queueViews.map((id) => ({ id, label: viewWords[id], count: countOf(id) }))}
              value={view}
              onValueChange={(id) => void setParams({ view: id as QueueView })}
            />
          </div>
          <div className="w-full py-1 lg:w-80">
            <Input
              ref={filter}
              type="search"
              aria-label="Filter by order, SKU or name"
              placeholder="Order, SKU or name"
              lead={<Search aria-hidden="true" />}
              value={params.text}
              onChange={(event) => void setParams({ text: event.target.value || null })}
              onKeyDown={(event) => {
                if (event.key === 'Escape' && params.text === '') filter.current?.blur();
                if (event.key === 'ArrowDown') moveFocus(rows.current, 1);
              }}
            />
          </div>
        </div>
      </header>
      {isOffline && <Band tone="stale">Connection lost. The queue is as it was; it goes on by itself.</Band>}
      {arrived !== 0 && (
        <Band
          tone="move"
          live
          action={
            <Button size="sm" onClick={() => void list.refetch()}>
              <RefreshCw aria-hidden="true" />
              Show
            </Button>
          }
        >
          {arrived > 0 ? `${arrived} new` : 'The queue has changed'}
        </Band>
      )}
      <div className="min-h-0 flex-1 overflow-auto">
        {list.isError && items.length === 0 ? (
          <ErrorState
            title="The queue could not be read."
            onRetry={() => void list.refetch()}
            reference={referenceOf(list.error)}
          >
            {wordsOf(list.error)} Nothing was changed.
          </ErrorState>
        ) : list.isPending ? (
          <SkeletonRows count={8} what="the queue" />
        ) : items.length === 0 ? (
          <EmptyState
            title={empty.title}
            action={
              view === 'all' && text === '' ? undefined : (
                <Button onClick={() => void setParams({ view: null, text: null })}>Show all of {city}</Button>
              )
            }
          >
            {empty.more}
          </EmptyState>
        ) : (
          <>
            <ul ref={rows} aria-label={`Queue of ${city}`} aria-busy={list.isPlaceholderData}>
              {items.map((item) => (
                <QueueRow key={item.fulfillmentId} item={item} picker={item.picker ? people[item.picker] : undefined} />
              ))}
            </ul>
            <LoadMore
              shown={items.length}
              total={text === '' ? Math.max(countOf(view) ?? items.length, items.length) : undefined}
              what="orders"
              hasMore={list.hasNextPage}
              busy={list.isFetchingNextPage}
              onMore={() => void list.fetchNextPage()}
            />
          </>
        )}
      </div>
      {nextHref && next && (
        <div className="shrink-0 border-rule border-t bg-sheet p-3 px-gutter sm:hidden">
          <Button variant="primary" asChild className="w-full">
            <Link href={nextHref}>Pick {next.orderNumber}</Link>
          </Button>
        </div>
      )}
    </div>
  );
};
