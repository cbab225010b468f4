'use client';

import { useSyncExternalStore } from 'react';
import { type OrderColumn, orderColumns, sortOfColumn } from '#domain/search/order-columns.ts';
import type { Column } from '../../_ui/data-table.tsx';
import { OrderNumber } from '../../_ui/identifier.tsx';
import { Money } from '../../_ui/money.tsx';
import { StatusBadge } from '../../_ui/status-badge.tsx';
import { TagChip } from '../../_ui/tag-chip.tsx';
import { Time } from '../../_ui/time.tsx';
import type { DeskOrder } from './desk-types.ts';
import { NeedsBadge } from './needs-badge.tsx';

const phone = '(width < 40rem)';
const onPhone = (onChange: () => void): (() => void) => {
  const query = window.matchMedia(phone);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
};

export const usePhone = (): boolean =>
  useSyncExternalStore(
    onPhone,
    () => window.matchMedia(phone).matches,
    () => false,
  );

/** A phone has room for so many: the first that were chosen. */
const phoneMost = 4;

const tierWords: Readonly<Record<DeskOrder['tier'], string>> = { standard: '', silver: 'Silver', gold: 'Gold' };
const channelWords: Readonly<Record<DeskOrder['channel'], string>> = {
  web: 'Web',
  phone: 'Phone',
  marketplace: 'Marketplace',
};

export type ColumnContext = {
  readonly nameOf: (staffId: string) => string;
  readonly isPhone: boolean;
};

type Cells = Pick<Column<DeskOrder>, 'width' | 'min' | 'align' | 'overflow' | 'cell'>;

const age = (at: (row: DeskOrder) => string): Cells => ({
  width: 62,
  align: 'right',
  overflow: true,
  cell: (row) => <Time at={at(row)} variant="age" quiet className="text-muted" />,
});

const cellsOf = (column: OrderColumn, { nameOf, isPhone }: ColumnContext): Cells => {
  switch (column) {
    case 'number':
      return {
        width: isPhone ? 80 : 84,
        cell: (row) => <OrderNumber value={row.orderNumber} copy="never" className="max-w-full truncate" />,
      };
    case 'customer':
      return {
        width: 'fill',
        min: isPhone ? 56 : 96,
        cell: (row) => (
          <>
            {row.customerName ?? <span className="text-muted italic">erased</span>}
            {tierWords[row.tier] && !isPhone && (
              <span className="ml-1.5 text-meta text-muted">{tierWords[row.tier]}</span>
            )}
          </>
        ),
      };
    case 'needs':
      return {
        width: isPhone ? 124 : 164,
        cell: (row, pending) => <NeedsBadge order={row} pending={pending} />,
      };
    case 'total':
      return {
        width: isPhone ? 88 : 92,
        align: 'right',
        cell: (row) => <Money minor={row.totalMinor} currency={row.currency} />,
      };
    case 'paid':
      return { width: 96, align: 'right', cell: (row) => <Money minor={row.paidMinor} currency={row.currency} /> };
    case 'age':
      return age((row) => row.placedAt);
    case 'updated':
      return { ...age((row) => row.updatedAt), width: 84 };
    case 'shipby':
      return {
        width: 92,
        overflow: true,
        cell: (row) => <Time at={row.shipBy} variant="date" quiet className="text-muted" />,
      };
    case 'payment':
      return { width: 136, cell: (row) => <StatusBadge axis="payment" state={row.paymentStatus} /> };
    case 'fulfillment':
      return {
        width: 128,
        cell: (row) =>
          row.fulfillmentStatus ? (
            <StatusBadge axis="fulfillment" state={row.fulfillmentStatus} />
          ) : (
            <span className="text-muted">none yet</span>
          ),
      };
    case 'assignee':
      return {
        width: 120,
        cell: (row) => (row.assignee === null ? <span className="text-muted">nobody</span> : nameOf(row.assignee)),
      };
    case 'tags':
      return {
        width: 140,
        cell: (row) => (
          <span className="flex gap-1" title={row.tags.join(', ')}>
            {row.tags.map((tag) => (
              <TagChip key={tag} tag={tag} />
            ))}
          </span>
        ),
      };
    case 'place':
      return { width: 140, cell: (row) => `${row.city}, ${row.country}` };
    case 'warehouse':
      return { width: 112, cell: (row) => row.warehouses.join(', ') };
    case 'items':
      return { width: 60, align: 'right', cell: (row) => row.itemCount };
    case 'channel':
      return { width: 104, cell: (row) => channelWords[row.channel] };
    case 'reference':
      return { width: 132, cell: (row) => <span className="font-mono">{row.externalReference ?? ''}</span> };
  }
};

export const columnsFor = (chosen: readonly OrderColumn[], context: ColumnContext): readonly Column<DeskOrder>[] =>
  (context.isPhone ? chosen.slice(0, phoneMost) : chosen).map((id) => ({
    id,
    header: orderColumns[id].header,
    sortable: sortOfColumn(id) !== undefined,
    ...cellsOf(id, context),
  }));
