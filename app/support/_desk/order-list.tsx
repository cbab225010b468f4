'use client';

import { useEffect, useMemo } from 'react';
import { allOrderColumns, isOrderColumn, sortOfColumn } from '#domain/search/order-columns.ts';
import { parseOrderQuery } from '#domain/search/order-query.ts';
import { type OrderSort, sortParts } from '#domain/search/order-sorts.ts';
import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import { announce } from '../../_ui/announce.tsx';
import { Button } from '../../_ui/button.tsx';
import { cn } from '../../_ui/cn.ts';
import { DataTable, type Selection } from '../../_ui/data-table.tsx';
import { formatCount } from '../../_ui/format.ts';
import { SkeletonRows } from '../../_ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../_ui/states.tsx';
import { columnsFor, usePhone } from './list-columns.tsx';
import type { useDeskState } from './use-desk-state.ts';
import type { useOrderList } from './use-order-list.ts';
import type { usePreferences } from './use-preferences.ts';
import { useUnsettledRows } from './use-unsettled-rows.ts';

interface OrderListProps {
  readonly desk: ReturnType<typeof useDeskState>;
  readonly list: ReturnType<typeof useOrderList>;
  readonly own: ReturnType<typeof usePreferences>;
  readonly staff: readonly { readonly id: string; readonly name: string }[] | undefined;
  readonly selection: Selection;
}

const Empty = ({ desk }: Pick<OrderListProps, 'desk'>) => {
  const { text, filters } = parseOrderQuery(desk.q);
  const clear = <Button onClick={() => desk.setQ('')}>Clear the search</Button>;
  if (text !== '')
    return (
      <EmptyState title={`Nothing found for “${text}”.`} action={clear}>
        Names may be misspelled, numbers may not. Search by order number, e-mail, phone, SKU, tracking number or postal
        code.
      </EmptyState>
    );
  if (filters.length > 0) return <EmptyState title="No order matches these filters." action={clear} />;
  return (
    <EmptyState
      title={desk.view === 'all' ? 'No orders yet.' : 'Nothing here needs you.'}
      action={desk.view === 'all' ? undefined : <Button onClick={() => desk.setView('all')}>Show all orders</Button>}
    >
      New orders appear by themselves.
    </EmptyState>
  );
};

/** The grid of orders, virtual, kept live in place. */
export const OrderList = ({ desk, list, own, staff, selection }: OrderListProps) => {
  // What this browser has done to an order and the list has not read yet: "Cancelling".
  const unsettled = useUnsettledRows(list.reread);
  const {
    rows,
    fresh,
    reload,
    likeFrom,
    instead,
    error,
    isPending,
    refetch,
    hasNextPage,
    isFetchingNextPage,
    fetchNextPage,
  } = list;
  const isPhone = usePhone();
  const { columns: chosen } = own.preferences;
  const columns = useMemo(() => {
    const nameOf = (id: string) => staff?.find((one) => one.id === id)?.name ?? 'a colleague';
    return columnsFor(chosen, { nameOf, isPhone });
  }, [chosen, staff, isPhone]);
  const { key, descending } = sortParts(desk.sort);
  const sortBy = (columnId: string) => {
    const wanted = isOrderColumn(columnId) ? sortOfColumn(columnId) : undefined;
    if (!wanted) return;
    // Most want the newest and the largest, and what must leave soonest.
    const first: OrderSort = wanted === 'shipby' ? wanted : `-${wanted}`;
    const next: OrderSort = key !== wanted ? first : descending ? wanted : `-${wanted}`;
    desk.setSort(next);
    own.keep({ sort: next });
  };
  const searched = parseOrderQuery(desk.q).text !== '';
  const said = list.isPlaceholderData || isPending ? null : rows.length;
  useEffect(() => {
    if (searched && said !== null) announce(said === 0 ? 'No orders found' : `${formatCount(said)} orders shown`);
  }, [said, searched]);
  const placeholder = isPending ? (
    <SkeletonRows count={16} what="orders" />
  ) : rows.length === 0 ? (
    error ? (
      <ErrorState title="The list could not be read." onRetry={() => void refetch()} reference={referenceOf(error)}>
        {wordsOf(error)}
      </ErrorState>
    ) : (
      <Empty desk={desk} />
    )
  ) : undefined;
  return (
    <div className="relative flex min-h-0 flex-1 flex-col border-rule border-t">
      {(fresh > 0 || (likeFrom !== null && rows.length > 0)) && (
        <div className="flex h-8 shrink-0 items-center gap-2 border-rule border-b bg-tint px-3.5 text-meta">
          {likeFrom !== null && rows.length > 0 && (
            <span className="min-w-0 truncate">
              {likeFrom === 0
                ? `Nothing is spelled just like that. Shown: “${instead}”.`
                : `${formatCount(likeFrom)} spelled like that, then “${instead}”.`}
            </span>
          )}
          {fresh > 0 && (
            <Button variant="link" className="ml-auto" onClick={reload}>
              {formatCount(fresh)} new
            </Button>
          )}
        </div>
      )}
      <DataTable
        className={cn('flex-1', list.isPlaceholderData && 'opacity-80')}
        label="Orders"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.orderId}
        selection={selection}
        activeKey={desk.order ?? undefined}
        onOpen={(row) => desk.open(row.orderId as NonNullable<typeof desk.order>)}
        pending={(row) => unsettled.get(row.orderId)}
        total={hasNextPage ? 'unknown' : rows.length}
        sort={{
          columnId: allOrderColumns.find((id) => sortOfColumn(id) === key) ?? 'age',
          // Those two are shown as ages: the newest has the least.
          direction: (key === 'placed' || key === 'updated') === descending ? 'ascending' : 'descending',
          onSort: sortBy,
        }}
        onNearEnd={() => {
          if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
        }}
        pageKeys
        placeholder={placeholder}
      />
      {error && rows.length > 0 && (
        <p role="alert" className="flex items-center gap-2 border-rule border-t px-3.5 py-1.5 text-bad text-meta">
          More orders could not be read. {wordsOf(error)}
          <Button size="sm" onClick={() => void fetchNextPage()}>
            Retry
          </Button>
        </p>
      )}
    </div>
  );
};
