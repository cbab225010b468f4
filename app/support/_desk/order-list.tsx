'use client';

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { parseOrderQuery } from '#domain/search/order-query.ts';
import { useOverlayStore, usePendingCount } from '../../_optimistic/provider.tsx';
import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import { announce } from '../../_ui/announce.tsx';
import { Button } from '../../_ui/button.tsx';
import { cn } from '../../_ui/cn.ts';
import { type Column, DataTable, type Selection } from '../../_ui/data-table.tsx';
import { formatCount } from '../../_ui/format.ts';
import { OrderNumber } from '../../_ui/identifier.tsx';
import { Money } from '../../_ui/money.tsx';
import { SkeletonRows } from '../../_ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../_ui/states.tsx';
import { Time } from '../../_ui/time.tsx';
import type { DeskOrder } from './desk-types.ts';
import { NeedsBadge } from './needs-badge.tsx';
import { pendingWord } from './pending-words.ts';
import type { useDeskState } from './use-desk-state.ts';
import type { useOrderList } from './use-order-list.ts';

interface OrderListProps {
  readonly desk: ReturnType<typeof useDeskState>;
  readonly list: ReturnType<typeof useOrderList>;
  readonly total: number | undefined;
  readonly selection: Selection;
}

const tierWords: Readonly<Record<DeskOrder['tier'], string>> = { standard: '', silver: 'Silver', gold: 'Gold' };

const phone = '(width < 40rem)';
const onPhone = (onChange: () => void): (() => void) => {
  const query = window.matchMedia(phone);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
};

/** A phone has room for four columns: the age goes. */
const usePhone = (): boolean =>
  useSyncExternalStore(
    onPhone,
    () => window.matchMedia(phone).matches,
    () => false,
  );

const columnsFor = (
  pendingOf: (order: DeskOrder) => string | undefined,
  isPhone: boolean,
): readonly Column<DeskOrder>[] => [
  {
    id: 'number',
    header: 'Order',
    width: isPhone ? 80 : 84,
    cell: (row) => <OrderNumber value={row.orderNumber} copy="never" className="max-w-full truncate" />,
  },
  {
    id: 'customer',
    header: 'Customer',
    width: 'fill',
    min: isPhone ? 56 : 96,
    cell: (row) => (
      <>
        {row.customerName ?? <span className="text-muted italic">erased</span>}
        {tierWords[row.tier] && !isPhone && <span className="ml-1.5 text-meta text-muted">{tierWords[row.tier]}</span>}
      </>
    ),
  },
  {
    id: 'needs',
    header: 'Needs',
    width: isPhone ? 124 : 164,
    cell: (row) => <NeedsBadge order={row} pending={pendingOf(row)} />,
  },
  {
    id: 'total',
    header: 'Total',
    width: isPhone ? 88 : 92,
    align: 'right',
    cell: (row) => <Money minor={row.totalMinor} currency={row.currency} />,
  },
  ...(isPhone
    ? []
    : [
        {
          id: 'age',
          header: 'Age',
          width: 62,
          align: 'right' as const,
          overflow: true,
          cell: (row: DeskOrder) => <Time at={row.placedAt} variant="age" quiet className="text-muted" />,
        },
      ]),
];

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
export const OrderList = ({ desk, list, total, selection }: OrderListProps) => {
  const store = useOverlayStore();
  const pendingCount = usePendingCount();
  const { rows, fresh, reload, mode, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const pendingOf = useMemo(
    () => (order: DeskOrder) => {
      const command = pendingCount > 0 ? store.overlayOf(order.orderId).commands.at(-1)?.command : undefined;
      return command && pendingWord(command);
    },
    [store, pendingCount],
  );
  const isPhone = usePhone();
  const columns = useMemo(() => columnsFor(pendingOf, isPhone), [pendingOf, isPhone]);
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
      {(fresh > 0 || (mode === 'close' && rows.length > 0)) && (
        <div className="flex h-8 shrink-0 items-center gap-2 border-rule border-b bg-tint px-3.5 text-meta">
          {mode === 'close' && rows.length > 0 && <span>Nothing spelled just like that. These come close:</span>}
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
        isPending={(row) => pendingOf(row) !== undefined}
        total={searched || hasNextPage === false ? rows.length : total}
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
