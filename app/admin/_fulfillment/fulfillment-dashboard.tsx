'use client';

import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import { Button } from '../../_ui/button.tsx';
import { cn } from '../../_ui/cn.ts';
import { formatCount } from '../../_ui/format.ts';
import { Select } from '../../_ui/select.tsx';
import { SkeletonRows } from '../../_ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../_ui/states.tsx';
import { ViewTabs } from '../../_ui/tabs.tsx';
import { useWarehouseNames } from '../_frame/use-warehouse-names.ts';
import { AgeHistogram } from './age-histogram.tsx';
import { type DashboardFilters, dashboardParsers, listInputOf, type Tier, tiers, tierWords } from './filters.ts';
import { FulfillmentBoard } from './fulfillment-board.tsx';
import { FulfillmentFigures } from './fulfillment-figures.tsx';
import { FulfillmentSheet } from './fulfillment-sheet.tsx';
import { FulfillmentTable } from './fulfillment-table.tsx';
import { useSteadyRows } from './steady-rows.ts';
import { type Fulfillment, useFulfillmentSummary, useFulfillments } from './use-fulfillments.ts';

const everything = 'all';
const keyOf = (row: Fulfillment) => row.fulfillmentId;

interface ListProps {
  readonly filters: DashboardFilters;
  readonly total: number | undefined;
  readonly openKey: string | undefined;
  readonly onOpen: (row: Fulfillment) => void;
  readonly onClear: () => void;
}

const FulfillmentList = ({ filters, total, openKey, onOpen, onClear }: ListProps) => {
  const list = useFulfillments(filters);
  const { rows, arrived, letIn, hold } = useSteadyRows(
    list.rows,
    keyOf,
    list.isPlaceholderData ? null : JSON.stringify(listInputOf(filters)),
  );
  const isNarrowed = Boolean(filters.mark || filters.warehouse || filters.tier);
  const placeholder = list.isPending ? (
    <SkeletonRows count={8} what="fulfillments" />
  ) : list.isError ? (
    <ErrorState
      title="The queue could not be read."
      onRetry={() => void list.refetch()}
      reference={referenceOf(list.error)}
    >
      {wordsOf(list.error)}
    </ErrorState>
  ) : isNarrowed ? (
    <EmptyState
      title="Nothing that waits matches these filters."
      action={<Button onClick={onClear}>Clear filters</Button>}
    />
  ) : (
    <EmptyState title="Nothing waits for the warehouses.">
      Orders appear here as soon as they are paid and assigned to a warehouse.
    </EmptyState>
  );
  return (
    <div className="relative h-full min-h-0" {...hold}>
      {arrived > 0 && (
        <Button size="sm" onClick={letIn} className="absolute top-12 left-1/2 z-20 -translate-x-1/2 shadow-float">
          {formatCount(arrived)} new
        </Button>
      )}
      <FulfillmentTable
        rows={rows}
        total={total}
        openKey={openKey}
        onOpen={onOpen}
        onNearEnd={() => {
          if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
        }}
        placeholder={placeholder}
      />
    </div>
  );
};

/** What waits for the warehouses, late first: figures that filter, ages, and the list or the board. */
export const FulfillmentDashboard = () => {
  const [filters, setFilters] = useQueryStates(dashboardParsers, { history: 'replace', clearOnDefault: true });
  const [open, setOpen] = useState<Fulfillment | null>(null);
  const summary = useFulfillmentSummary(filters);
  const { warehouses } = useWarehouseNames();
  const clear = () => void setFilters({ mark: null, warehouse: null, tier: null });
  // Imported warehouses have no row of their own; what waits there names them.
  const elsewhere = [...new Set(summary.data?.ages.map(({ warehouse }) => warehouse) ?? [])].filter(
    (code) => !warehouses.some((warehouse) => warehouse.code === code),
  );
  return (
    <div className={cn('flex flex-col', filters.view === 'board' ? 'min-h-[760px] lg:h-full' : 'h-full min-h-[760px]')}>
      <h1 className="sr-only">Fulfillment</h1>
      <div className="border-rule border-b bg-sheet">
        <FulfillmentFigures
          figures={summary.data?.figures}
          filters={filters}
          onMark={(mark) => void setFilters({ mark })}
          onOrder={(order) => void setFilters({ order })}
        />
      </div>
      <div className="min-h-[196px] px-4 pt-3 pb-2">
        {summary.data ? (
          <AgeHistogram summary={summary.data} />
        ) : summary.isError ? (
          <ErrorState
            title="The figures could not be read."
            onRetry={() => void summary.refetch()}
            reference={referenceOf(summary.error)}
          >
            {wordsOf(summary.error)} The list below is not affected.
          </ErrorState>
        ) : null}
      </div>
      <div className="flex flex-wrap items-center gap-2 px-4 py-2">
        <Select
          aria-label="Warehouse"
          className="w-40"
          value={filters.warehouse ?? everything}
          onValueChange={(value) => void setFilters({ warehouse: value === everything ? null : value })}
          options={[
            { value: everything, label: 'All warehouses' },
            ...warehouses.map(({ code, city }) => ({ value: code, label: city })),
            ...elsewhere.map((code) => ({ value: code, label: code })),
          ]}
        />
        <Select
          aria-label="Tier"
          className="w-32"
          value={filters.tier ?? everything}
          onValueChange={(value) => void setFilters({ tier: value === everything ? null : (value as Tier) })}
          options={[
            { value: everything, label: 'All tiers' },
            ...tiers.map((tier) => ({ value: tier, label: tierWords[tier] })),
          ]}
        />
        {(filters.mark || filters.warehouse || filters.tier) && (
          <Button variant="ghost" onClick={clear}>
            Clear filters
          </Button>
        )}
        <span className="ml-auto">
          <ViewTabs
            label="View"
            views={[
              { id: 'table', label: 'Table' },
              { id: 'board', label: 'Board' },
            ]}
            value={filters.view}
            onValueChange={(view) => void setFilters({ view: view === 'board' ? 'board' : 'table' })}
          />
        </span>
      </div>
      <div className={filters.view === 'board' ? 'lg:min-h-0 lg:flex-1' : 'min-h-0 flex-1'}>
        {filters.view === 'board' ? (
          <FulfillmentBoard filters={filters} byStatus={summary.data?.figures.byStatus} onOpen={setOpen} />
        ) : (
          <FulfillmentList
            filters={filters}
            total={filters.mark ? undefined : summary.data?.figures.pending}
            openKey={open?.fulfillmentId}
            onOpen={setOpen}
            onClear={clear}
          />
        )}
      </div>
      <FulfillmentSheet row={open} onClose={() => setOpen(null)} />
    </div>
  );
};
