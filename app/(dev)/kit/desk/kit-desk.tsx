'use client';

import { Bookmark, Mail, Phone, Search, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { BackOfficeShell } from '../../../_ui/back-office-shell.tsx';
import { Button } from '../../../_ui/button.tsx';
import { FilterChip } from '../../../_ui/chip.tsx';
import { type Column, DataTable } from '../../../_ui/data-table.tsx';
import { OrderNumber } from '../../../_ui/identifier.tsx';
import { Kbd } from '../../../_ui/kbd.tsx';
import { Money } from '../../../_ui/money.tsx';
import { MarkBadge, StatusBadge } from '../../../_ui/status-badge.tsx';
import { SyncStrip } from '../../../_ui/sync-strip.tsx';
import { ViewTabs } from '../../../_ui/tabs.tsx';
import { Time } from '../../../_ui/time.tsx';
import { KitOrder } from './kit-order.tsx';

interface Row {
  readonly number: string;
  readonly customer: string;
  readonly tier: string;
  readonly state: 'picking' | 'packed' | 'shipped' | 'delivered' | 'open' | 'canceled';
  readonly hold?: string;
  readonly pending?: string;
  readonly totalMinor: number;
  readonly ageMinutes: number;
}

const names = ['Marta Oliveira', 'Jonas Brandt', 'Ayumi Tanaka', 'Lucas Ferreira', 'Nadia Haddad', 'Peter Novák'];
const states = ['picking', 'shipped', 'open', 'delivered', 'packed', 'canceled'] as const;
const rows: readonly Row[] = Array.from({ length: 10_000 }, (_, index) => ({
  number: `WB-${48_213 - index}`,
  customer: names[index % names.length] ?? '',
  tier: index % 3 === 0 ? 'G' : index % 4 === 0 ? 'S' : '',
  state: states[index % states.length] ?? 'open',
  ...(index === 2 ? { hold: 'Address check' } : {}),
  ...(index === 1 ? { pending: 'Cancelling' } : {}),
  totalMinor: 18_470 + ((index * 7919) % 120_000),
  ageMinutes: 12 + index * 3,
}));

const columns: readonly Column<Row>[] = [
  { id: 'number', header: 'Order', width: 84, cell: (row) => <OrderNumber value={row.number} copy="never" /> },
  {
    id: 'customer',
    header: 'Customer',
    width: 'fill',
    min: 110,
    cell: (row) => (
      <>
        {row.customer} {row.tier && <span className="ml-1 text-meta text-muted">{row.tier}</span>}
      </>
    ),
  },
  {
    id: 'needs',
    header: 'Needs',
    width: 136,
    cell: (row) =>
      row.pending ? (
        <MarkBadge mark="pending">{row.pending}</MarkBadge>
      ) : row.hold ? (
        <MarkBadge mark="hold">{row.hold}</MarkBadge>
      ) : (
        <StatusBadge axis="fulfillment" state={row.state} />
      ),
  },
  {
    id: 'total',
    header: 'Total',
    width: 100,
    align: 'right',
    cell: (row) => <Money minor={row.totalMinor} currency="EUR" />,
  },
  {
    id: 'age',
    header: 'Age',
    width: 72,
    align: 'right',
    overflow: true,
    cell: (row) => (
      <Time at={Date.UTC(2026, 10, 21, 3) - row.ageMinutes * 60_000} variant="age" quiet className="text-muted" />
    ),
  },
];

const views = [
  { id: 'open', label: 'All open' },
  { id: 'holds', label: 'Holds', count: 14 },
  { id: 'declined', label: 'Declined', count: 6 },
  { id: 'returns', label: 'Returns', count: 22 },
  { id: 'mine', label: 'Mine', count: 9 },
];
const nothing = () => {};

export const KitDesk = () => {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState('WB-48213');
  const [view, setView] = useState('open');
  return (
    <BackOfficeShell
      copy="desk"
      homeHref="/kit"
      nav={[
        { href: '/kit/desk', label: 'Orders', icon: <Search /> },
        { href: '/kit/saved', label: 'Saved', icon: <Bookmark /> },
        { href: '/kit/returns', label: 'Returns', icon: <Undo2 />, count: 3 },
        { href: '/kit/calls', label: 'Calls', icon: <Phone /> },
        { href: '/kit/mail', label: 'Mail', icon: <Mail /> },
      ]}
      account={{ name: 'Rita Kowalski', detail: 'Support' }}
      onSignOut={nothing}
      keys={[
        { keys: 'J K', does: 'Move between orders' },
        { keys: 'R', does: 'Refund' },
      ]}
      strip={<SyncStrip syncing={1} live trail={<span>99,441 orders</span>} />}
    >
      <h1 className="sr-only">Orders</h1>
      <div className="flex h-full max-lg:flex-col">
        <div className="flex h-full w-[552px] shrink-0 flex-col border-rule border-r bg-sheet max-lg:w-full">
          <div className="p-2.5 pb-1">
            <div className="flex min-h-9 flex-wrap items-center gap-1.5 rounded-control border border-field px-2.5 py-1.5">
              <Search aria-hidden="true" className="size-4 text-muted" />
              <FilterChip name="fulfillment" value="not delivered" onEdit={nothing} onRemove={nothing} />
              <FilterChip name="placed" value="last 7 days" onEdit={nothing} onRemove={nothing} />
              <input aria-label="Search orders" className="min-w-20 flex-1 bg-transparent outline-none" />
              <Kbd>/</Kbd>
            </div>
          </div>
          <div className="px-3.5">
            <ViewTabs label="Orders" views={views} value={view} onValueChange={setView} />
          </div>
          <DataTable
            className="flex-1 border-rule border-t"
            label="Orders"
            columns={columns}
            rows={rows}
            rowKey={(row) => row.number}
            activeKey={open}
            onOpen={(row) => setOpen(row.number)}
            pending={(row) => row.pending}
            selection={{
              selected,
              onChange: setSelected,
              bulkActions: (
                <Button size="sm" shortcut="A">
                  Assign
                </Button>
              ),
            }}
            total={99_441}
            pageKeys
          />
        </div>
        <KitOrder number={open} />
      </div>
    </BackOfficeShell>
  );
};
