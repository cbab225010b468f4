'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useMemo, useState } from 'react';
import { type StockMeasure, stockMeasures } from '#domain/inventory/ledger.ts';
import type { Sku as SkuId } from '#domain/shared/ids.ts';
import { describeEvent, type EventFormat } from '#domain/waybill/event-words.ts';
import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import type { RouterOutputs } from '../../_trpc/router-types.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { Breadcrumb } from '../../_ui/breadcrumb.tsx';
import { Button } from '../../_ui/button.tsx';
import { cn } from '../../_ui/cn.ts';
import { type Column, DataTable } from '../../_ui/data-table.tsx';
import { formatCount } from '../../_ui/format.ts';
import { Sku } from '../../_ui/identifier.tsx';
import { SkeletonRows } from '../../_ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../_ui/states.tsx';
import { ViewTabs } from '../../_ui/tabs.tsx';
import { Time } from '../../_ui/time.tsx';
import { useWide } from '../../admin/_frame/use-wide.ts';
import { formatWith } from '../../support/_order/words.ts';
import { whoActed } from '../_order/actor.ts';

type Ledger = RouterOutputs['audit']['stock']['ledger'];
type Movement = Ledger['movements'][number];

const measureWords: Readonly<Record<StockMeasure, string>> = {
  onHand: 'On hand',
  reserved: 'Reserved',
  allocated: 'Allocated',
  unavailable: 'Unavailable',
  available: 'Available',
};

const firstKept = 200;
const mostKept = 2_000;

const columnsFor = (names: Ledger['names'], format: EventFormat): readonly Column<Movement>[] => [
  { id: 'at', header: 'Business time', width: 192, cell: (row) => <Time at={row.at} variant="audit" /> },
  {
    id: 'event',
    header: 'Event',
    width: 'fill',
    min: 240,
    cell: (row) => describeEvent(row.event, format).title,
  },
  { id: 'actor', header: 'Actor', width: 180, cell: (row) => whoActed(row.actor, names, null) },
  { id: 'version', header: 'Version', width: 88, align: 'right', cell: (row) => formatCount(row.version) },
  {
    id: 'delta',
    header: 'Change',
    width: 96,
    align: 'right',
    cell: (row) => (row.delta > 0 ? `+${formatCount(row.delta)}` : formatCount(row.delta)),
  },
  {
    id: 'balance',
    header: 'Balance',
    width: 96,
    align: 'right',
    cell: (row) => <span className="font-semibold">{formatCount(row.balance)}</span>,
  },
];

/** On a phone the figures come first. */
const narrowOrder = ['balance', 'delta', 'event', 'at', 'actor', 'version'];
const forPhone = (columns: readonly Column<Movement>[]): readonly Column<Movement>[] =>
  columns.toSorted((a, b) => narrowOrder.indexOf(a.id) - narrowOrder.indexOf(b.id));

interface StockLedgerProps {
  readonly sku: SkuId;
}

/** The events of one number of a SKU's stock with their running balance, the newest first. */
export const StockLedger = ({ sku }: StockLedgerProps) => {
  const trpc = useTRPC();
  const router = useRouter();
  const wide = useWide();
  const [measure, setMeasure] = useQueryState('of', parseAsStringLiteral(stockMeasures).withDefault('available'));
  const [keep, setKeep] = useState(firstKept);
  const { data: reference } = useQuery(trpc.audit.reference.queryOptions(undefined, { staleTime: 300_000 }));
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery(
    trpc.audit.stock.ledger.queryOptions({ sku, measure, keep }, { placeholderData: keepPreviousData }),
  );
  const rows = useMemo(() => data?.movements.toReversed() ?? [], [data]);
  const columns = useMemo(() => columnsFor(data?.names ?? {}, formatWith(reference)), [data, reference]);
  const placeholder = isPending ? (
    <SkeletonRows count={14} what="the stock’s history" />
  ) : rows.length > 0 ? undefined : error ? (
    <ErrorState
      title="The stock’s history could not be read."
      onRetry={() => void refetch()}
      reference={referenceOf(error)}
    >
      {wordsOf(error)} Nothing was changed: audit only reads.
    </ErrorState>
  ) : (
    <EmptyState
      title={`Nothing ever moved “${measureWords[measure].toLowerCase()}” of ${sku}.`}
      action={
        measure === 'onHand' ? undefined : (
          <Button onClick={() => void setMeasure('onHand')}>Show what is on hand</Button>
        )
      }
    />
  );
  return (
    <div className="flex h-full flex-col">
      <header className="flex flex-wrap items-end gap-x-6 gap-y-2 border-rule border-b bg-sheet px-4 pt-2.5">
        <div className="min-w-0 pb-2">
          <Breadcrumb crumbs={[{ label: 'Stock', href: '/audit/inventory' }, { label: sku }]} />
          <h1 className="min-w-0 max-w-full">
            <Sku value={sku} copy="always" className="max-w-full whitespace-normal break-all font-medium text-title" />
          </h1>
        </div>
        {data && !isPlaceholderData && (
          <p className="pb-2 sm:ml-auto sm:text-right">
            <span className="block text-caption text-muted">{measureWords[measure]} now</span>
            <span className="border-ink border-b-3 border-double text-figure tabular-nums">
              {formatCount(data.closing)}
            </span>
          </p>
        )}
        <div className="w-full">
          <ViewTabs
            label="Numbers of the stock"
            views={stockMeasures.map((id) => ({ id, label: measureWords[id] }))}
            value={measure}
            onValueChange={(id) => void setMeasure(stockMeasures.find((each) => each === id) ?? 'available')}
          />
        </div>
      </header>
      <DataTable
        className={cn('flex-1', isPlaceholderData && 'opacity-80')}
        label={`${measureWords[measure]} of ${sku}`}
        columns={wide ? columns : forPhone(columns)}
        rows={rows}
        rowKey={(row) => row.eventId}
        onOpen={(row) => {
          if ('orderId' in row.event) router.push(`/audit/orders/${row.event.orderId}`);
        }}
        pageKeys
        placeholder={placeholder}
      />
      {data && data.earlier > 0 && (
        <p className="flex shrink-0 items-center gap-3 border-rule border-t bg-sheet px-4 py-1.5 text-muted">
          {formatCount(data.earlier)} earlier {data.earlier === 1 ? 'movement' : 'movements'}, from a balance of{' '}
          {formatCount(data.opening)}.
          {keep < mostKept ? (
            <Button size="sm" onClick={() => setKeep(mostKept)}>
              Show earlier ones
            </Button>
          ) : (
            <a className="text-link underline" href={`/audit?sku=${encodeURIComponent(sku)}`}>
              All of its events
            </a>
          )}
        </p>
      )}
    </div>
  );
};
