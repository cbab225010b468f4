'use client';

import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import { formatCount } from '../../_ui/format.ts';
import { OrderNumber } from '../../_ui/identifier.tsx';
import { LoadMore } from '../../_ui/load-more.tsx';
import { SkeletonRows } from '../../_ui/skeleton.tsx';
import { ErrorState } from '../../_ui/states.tsx';
import { fulfillmentLooks } from '../../_ui/status.ts';
import { useWarehouseNames } from '../_frame/use-warehouse-names.ts';
import { type DashboardFilters, listInputOf, statuses, tierWords } from './filters.ts';
import { itemsWords } from './items-words.ts';
import { PromiseCell } from './promise-cell.tsx';
import { StateCell } from './state-cell.tsx';
import { useSteadyRows } from './steady-rows.ts';
import { type Fulfillment, useFulfillments } from './use-fulfillments.ts';

type Status = (typeof statuses)[number];

interface ColumnProps {
  readonly status: Status;
  readonly filters: DashboardFilters;
  /** Of the whole scope; undefined while a mark narrows the list. */
  readonly count: number | undefined;
  readonly onOpen: (row: Fulfillment) => void;
}

const BoardRow = ({ row, onOpen }: { readonly row: Fulfillment; readonly onOpen: (row: Fulfillment) => void }) => {
  const { nameOf } = useWarehouseNames();
  return (
    <li className="border-rule border-b">
      <button
        type="button"
        onClick={() => onOpen(row)}
        className="focus-inset block w-full px-4 py-2.5 text-left hover:bg-tint"
      >
        <span className="flex items-center justify-between gap-2">
          <OrderNumber value={row.orderNumber} copy="never" />
          <PromiseCell row={row} />
        </span>
        <span className="mt-1 block truncate">{itemsWords(row.lines)}</span>
        <span className="mt-0.5 flex items-center justify-between gap-2 text-meta text-muted">
          <span className="truncate">
            {nameOf(row.warehouse)}, {tierWords[row.tier]}
          </span>
          {row.holds.length > 0 && <StateCell row={row} />}
        </span>
      </button>
    </li>
  );
};

const keyOf = (row: Fulfillment) => row.fulfillmentId;

const BoardColumn = ({ status, filters, count, onOpen }: ColumnProps) => {
  const list = useFulfillments(filters, status);
  const { rows, arrived, hold } = useSteadyRows(
    list.rows,
    keyOf,
    list.isPlaceholderData ? null : JSON.stringify(listInputOf(filters)),
  );
  const { icon: Icon, word } = fulfillmentLooks[status];
  const heading = `board-${status}`;
  return (
    <section
      aria-labelledby={heading}
      className="flex min-w-0 flex-col border-rule lg:min-h-0 lg:border-r lg:last:border-r-0"
    >
      <h2
        id={heading}
        className="flex h-control shrink-0 items-center gap-1.5 border-rule border-b bg-tint px-4 text-meta text-muted"
      >
        <Icon aria-hidden="true" className="size-3.5" />
        {word}
        <span className="tabular-nums">{count === undefined ? '' : formatCount(count)}</span>
        {arrived > 0 && <span className="ml-auto font-semibold text-ink">{formatCount(arrived)} new</span>}
      </h2>
      <div className="lg:min-h-0 lg:flex-1 lg:overflow-y-auto" {...hold}>
        {list.isPending ? (
          <SkeletonRows count={3} what="fulfillments" />
        ) : list.isError && rows.length === 0 ? (
          <ErrorState
            title="This column could not be read."
            onRetry={() => void list.refetch()}
            reference={referenceOf(list.error)}
          >
            {wordsOf(list.error)}
          </ErrorState>
        ) : rows.length === 0 ? (
          <p className="px-4 py-6 text-muted">None now.</p>
        ) : (
          <>
            <ul>
              {rows.map((row) => (
                <BoardRow key={row.fulfillmentId} row={row} onOpen={onOpen} />
              ))}
            </ul>
            {list.hasNextPage && (
              <LoadMore
                shown={rows.length}
                total={count}
                what="fulfillments"
                hasMore
                busy={list.isFetchingNextPage}
                onMore={() => void list.fetchNextPage()}
              />
            )}
          </>
        )}
      </div>
    </section>
  );
};

interface FulfillmentBoardProps {
  readonly filters: DashboardFilters;
  readonly byStatus: Readonly<Record<Status, number>> | undefined;
  readonly onOpen: (row: Fulfillment) => void;
}

/** What waits, a column a state, in the order of work. On a phone the columns follow each other. */
export const FulfillmentBoard = ({ filters, byStatus, onOpen }: FulfillmentBoardProps) => (
  <div className="grid border-rule border-t bg-sheet lg:h-full lg:min-h-0 lg:grid-cols-4">
    {statuses.map((status) => (
      <BoardColumn
        key={status}
        status={status}
        filters={filters}
        count={filters.mark ? undefined : byStatus?.[status]}
        onOpen={onOpen}
      />
    ))}
  </div>
);
