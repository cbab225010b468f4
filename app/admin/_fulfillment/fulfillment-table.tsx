'use client';

import { PackageX } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { type Column, DataTable } from '../../_ui/data-table.tsx';
import { OrderNumber } from '../../_ui/identifier.tsx';
import { useWarehouseNames } from '../_frame/use-warehouse-names.ts';
import { useWide } from '../_frame/use-wide.ts';
import { tierWords } from './filters.ts';
import { itemsWords } from './items-words.ts';
import { PromiseCell } from './promise-cell.tsx';
import { StateCell } from './state-cell.tsx';
import { stockThereWords } from './stock-there.ts';
import type { Fulfillment } from './use-fulfillments.ts';

const StockCell = ({ row }: { readonly row: Fulfillment }) => {
  const { state, words } = stockThereWords(row.lines, row.stock);
  if (state === 'there') return words;
  if (state === 'unknown') return <span className="text-muted">{words}</span>;
  return (
    <span className="inline-flex items-center gap-1.5 font-medium text-hold">
      <PackageX aria-hidden="true" className="size-3.5" />
      {words}
    </span>
  );
};

const columnsFor = (nameOf: (code: string) => string, wide: boolean): readonly Column<Fulfillment>[] => {
  const order: Column<Fulfillment> = {
    id: 'order',
    header: 'Order',
    width: 104,
    cell: (row) => <OrderNumber value={row.orderNumber} copy="never" />,
  };
  const promise: Column<Fulfillment> = {
    id: 'promise',
    header: 'Leaves by',
    width: 148,
    overflow: true,
    cell: (row) => <PromiseCell row={row} />,
  };
  const state: Column<Fulfillment> = {
    id: 'state',
    header: 'State',
    width: wide ? 160 : 'fill',
    min: 110,
    cell: (row) => <StateCell row={row} />,
  };
  if (!wide) return [order, promise, state];
  return [
    order,
    { id: 'tier', header: 'Tier', width: 92, cell: (row) => tierWords[row.tier] },
    { id: 'items', header: 'Items', width: 'fill', min: 200, cell: (row) => itemsWords(row.lines) },
    {
      id: 'warehouse',
      header: 'Warehouse, why',
      width: 'fill',
      min: 220,
      cell: (row) => (
        <>
          {nameOf(row.warehouse)} <span className="ml-1 text-muted">{row.sourcing}</span>
        </>
      ),
    },
    { id: 'stock', header: 'Stock there', width: 144, cell: (row) => <StockCell row={row} /> },
    promise,
    state,
  ];
};

interface FulfillmentTableProps {
  readonly rows: readonly Fulfillment[];
  readonly total: number | undefined;
  readonly openKey: string | undefined;
  readonly onOpen: (row: Fulfillment) => void;
  readonly onNearEnd: () => void;
  readonly placeholder: ReactNode;
}

export const FulfillmentTable = ({ rows, total, openKey, onOpen, onNearEnd, placeholder }: FulfillmentTableProps) => {
  const { nameOf } = useWarehouseNames();
  const wide = useWide();
  const columns = useMemo(() => columnsFor(nameOf, wide), [nameOf, wide]);
  return (
    <DataTable
      className="border-rule border-t"
      label="Pending fulfillments"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.fulfillmentId}
      activeKey={openKey}
      onOpen={onOpen}
      total={total}
      onNearEnd={onNearEnd}
      pageKeys
      placeholder={placeholder}
    />
  );
};
