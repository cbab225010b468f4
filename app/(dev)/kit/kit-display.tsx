'use client';

import { CircleCheck } from 'lucide-react';
import { Avatar } from '../../_ui/avatar.tsx';
import { Breadcrumb } from '../../_ui/breadcrumb.tsx';
import { Button } from '../../_ui/button.tsx';
import { Chart } from '../../_ui/chart.tsx';
import { ConflictPanel } from '../../_ui/conflict-panel.tsx';
import { formatMoney } from '../../_ui/format.ts';
import { OrderNumber, Sku } from '../../_ui/identifier.tsx';
import { LoadMore } from '../../_ui/load-more.tsx';
import { Wordmark } from '../../_ui/mark.tsx';
import { Money } from '../../_ui/money.tsx';
import { Pending, Refused } from '../../_ui/pending.tsx';
import { ProgressLine, RouteLine } from '../../_ui/route-line.tsx';
import { RuledCells } from '../../_ui/ruled-cells.tsx';
import { Separator } from '../../_ui/separator.tsx';
import { Skeleton, SkeletonRows } from '../../_ui/skeleton.tsx';
import { Band, EmptyState, ErrorState } from '../../_ui/states.tsx';
import { fulfillmentLooks, orderLooks, paymentLooks } from '../../_ui/status.ts';
import { Badge, MarkBadge } from '../../_ui/status-badge.tsx';
import { Stub } from '../../_ui/stub.tsx';
import { SyncStrip } from '../../_ui/sync-strip.tsx';
import { Time } from '../../_ui/time.tsx';
import { KitSection } from './kit-section.tsx';

const at = '2026-11-14T09:00:00Z';
const axes = [
  ['Order', orderLooks],
  ['Payment', paymentLooks],
  ['Fulfillment', fulfillmentLooks],
] as const;
const days = [184, 221, 197, 260, 240, 311, 298].map((orders, index) => ({
  label: `${8 + index} Nov`,
  values: { orders: orders * 6490, before: orders * 5400 + index * 21_000, porto: orders, gdansk: orders / 2 },
}));
const euros = (minor: number) => formatMoney(Math.round(minor), 'EUR');
const axisEuros = (minor: number) => `€ ${minor / 100_000}k`;
const whole = (count: number) => String(Math.round(count));
const nothing = () => {};

const Charts = () => (
  <KitSection title="Charts">
    <div className="grid gap-10 lg:grid-cols-2">
      <Chart
        title="Revenue a day"
        subtitle="EUR, Lisbon time, 8–14 Nov 2026"
        kind="line"
        series={[
          { key: 'orders', label: 'This week' },
          { key: 'before', label: 'The week before', previous: true },
        ]}
        points={days}
        format={euros}
        formatAxis={axisEuros}
      />
      <Chart
        title="Orders a day"
        subtitle="Lisbon time, 8–14 Nov 2026"
        kind="bar"
        series={[{ key: 'porto', label: 'Orders' }]}
        points={days}
        format={whole}
      />
      <Chart
        title="Orders by warehouse"
        subtitle="Lisbon time, 8–14 Nov 2026"
        kind="bar"
        stacked
        series={[
          { key: 'porto', label: 'Porto' },
          { key: 'gdansk', label: 'Gdańsk' },
        ]}
        points={days}
        format={whole}
      />
      <Chart
        title="Orders by warehouse, areas"
        subtitle="Lisbon time, 8–14 Nov 2026"
        kind="area"
        stacked
        series={[
          { key: 'porto', label: 'Porto' },
          { key: 'gdansk', label: 'Gdańsk' },
        ]}
        points={days}
        format={whole}
      />
    </div>
  </KitSection>
);

const Lines = () => (
  <KitSection title="Route line">
    <RouteLine
      label="Delivery of WB-48213"
      stops={[
        { id: 'a', state: 'done', label: 'Ordered', detail: 'Fri 20 Nov' },
        { id: 'b', state: 'current', label: 'Picked', detail: 'today, Porto' },
        { id: 'c', state: 'planned', label: 'Shipped', detail: 'Sat 21 Nov' },
        { id: 'd', state: 'pending', label: 'New address', detail: 'not sent' },
        { id: 'e', state: 'planned', label: 'With you', detail: 'Tue 24 Nov' },
      ]}
    />
    <ProgressLine label="order_search" value={0.72} valueText="184,220 of 255,861 events" />
    <ProgressLine label="order_history" value={1} valueText="at the head" />
  </KitSection>
);

const States = () => (
  <KitSection title="States">
    <Band tone="good" icon={<CircleCheck aria-hidden="true" />}>
      Right item. One more.
    </Band>
    <Band tone="stale" action={<Button size="sm">Today</Button>}>
      As of 14 Nov 09:00:00 UTC, position 184,220
    </Band>
    <SyncStrip syncing={2} staleSince={at} live trail={<span>99,441 orders</span>} />
    <div className="grid gap-4 lg:grid-cols-2">
      <EmptyState title="No order is on hold." action={<Button>Show all open</Button>}>
        Holds appear here when an address or a payment needs a look.
      </EmptyState>
      <ErrorState title="The timeline could not be read." onRetry={nothing} reference="req-01J9Z3">
        Nothing was changed; the order stands as shown.
      </ErrorState>
    </div>
    <div className="bg-sheet">
      <SkeletonRows count={2} what="orders" />
    </div>
    <Skeleton className="w-40" />
    <ConflictPanel
      title="Inês changed the address 20 s ago. Your refund was not sent."
      other="Inês"
      fields={[{ id: 'street', label: 'Street', theirs: 'Rua das Flores 118', mine: 'Rua das Flores 181' }]}
      onReapply={nothing}
      onDiscard={nothing}
    />
    <LoadMore shown={60} total={99_441} what="orders" hasMore onMore={nothing} />
  </KitSection>
);

const Values = () => (
  <KitSection title="Values">
    <Wordmark />
    <Breadcrumb crumbs={[{ label: 'Kitchen', href: '/kit' }, { label: 'Tea' }]} />
    <div className="flex flex-wrap items-center gap-6">
      <Money minor={120_400} currency="EUR" />
      <Money minor={-1990} currency="EUR" />
      <Money minor={1990} currency="BRL" code signed />
      <Time at={at} />
      <Time at={at} variant="audit" kind="recorded" />
      <OrderNumber value="WB-48213" copy="always" />
      <Sku value="TEA-POT-08" />
      <Avatar name="Inês Sousa" labelled />
      <Pending pending was="2">
        4
      </Pending>
      <Refused reason="The bank refused the refund. Nothing was paid out." onRetry={nothing} />
    </div>
    <Separator />
    <Stub>
      <RuledCells
        size="figure"
        cells={[
          { id: 'late', caption: 'Late', value: '12', href: '#late', current: true },
          { id: 'risk', caption: 'At risk', value: '31', href: '#risk' },
          { id: 'holds', caption: 'Holds', value: '14', href: '#holds' },
          { id: 'ready', caption: 'Ready', value: '208', href: '#ready' },
          { id: 'oldest', caption: 'Oldest', value: '3 d', href: '#oldest' },
        ]}
      />
    </Stub>
    <RuledCells
      boxed
      columns={2}
      cells={[
        { id: 'from', caption: 'Ships from', value: 'Porto, Portugal' },
        { id: 'back', caption: 'Returns', value: '30 days, free' },
        { id: 'size', caption: 'Size', value: '0.8 l, 18 × 12 cm' },
        { id: 'sku', caption: 'SKU', value: 'TEA-POT-08' },
      ]}
    />
  </KitSection>
);

export const KitDisplay = () => (
  <>
    <KitSection title="Status">
      {axes.map(([axis, looks]) => (
        <div key={axis} className="flex flex-wrap items-center gap-2">
          <span className="w-24 text-caption text-muted">{axis}</span>
          {Object.entries(looks).map(([state, look]) => (
            <Badge key={state} icon={look.icon} tone={look.tone}>
              {look.word}
            </Badge>
          ))}
        </div>
      ))}
      <div className="flex flex-wrap items-center gap-2">
        <span className="w-24 text-caption text-muted">Marks</span>
        <MarkBadge mark="late" />
        <MarkBadge mark="at_risk" />
        <MarkBadge mark="hold">Address check</MarkBadge>
        <MarkBadge mark="pending">Cancelling</MarkBadge>
        <MarkBadge mark="stale">As of 14:02</MarkBadge>
      </div>
    </KitSection>
    <Values />
    <Lines />
    <States />
    <Charts />
  </>
);
