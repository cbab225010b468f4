'use client';

import { Ellipsis } from 'lucide-react';
import { Avatar } from '../../../_ui/avatar.tsx';
import { Button } from '../../../_ui/button.tsx';
import { IconButton } from '../../../_ui/icon-button.tsx';
import { OrderNumber, Sku } from '../../../_ui/identifier.tsx';
import { Money } from '../../../_ui/money.tsx';
import { PencilPanel, Pending } from '../../../_ui/pending.tsx';
import { ProductPicture } from '../../../_ui/product-picture.tsx';
import { RuledCells } from '../../../_ui/ruled-cells.tsx';
import { OrderBadges } from '../../../_ui/status-badge.tsx';
import { Stub } from '../../../_ui/stub.tsx';
import { Timeline } from '../../../_ui/timeline.tsx';

const lines = [
  { sku: 'TEA-POT-08', name: 'Stoneware teapot', picture: 'teapot', hue: 50, quantity: 1, priceMinor: 6490 },
  { sku: 'AUD-HP-21', name: 'Studio headphones', picture: 'headphone', hue: 240, quantity: 1, priceMinor: 8990 },
  { sku: 'HOM-CND-03', name: 'Beeswax candle', picture: 'candle', hue: 85, quantity: 2, priceMinor: 995, to: 4 },
];

const Lines = () => (
  <section>
    <header className="flex items-baseline gap-2 border-rule border-b py-2">
      <h2 className="font-semibold text-admin">Lines</h2>
      <span className="text-muted">3 of 3 unfulfilled</span>
      <span className="ml-auto text-muted">Porto warehouse</span>
    </header>
    {lines.map((line) => (
      <div
        key={line.sku}
        className="grid grid-cols-[32px_minmax(0,1fr)_64px_80px_80px] items-center gap-2.5 border-rule border-b py-1"
      >
        <ProductPicture picture={line.picture} hue={line.hue} shape="thumb" className="size-8" />
        <span className="min-w-0">
          <span className="block truncate">{line.name}</span>
          <Sku value={line.sku} className="flex text-meta text-muted" copy="never" />
        </span>
        <Pending pending={line.to !== undefined} was={line.quantity} className="text-right">
          {line.to ?? line.quantity}
        </Pending>
        <Money minor={line.priceMinor} currency="EUR" className="text-right text-muted" />
        <Money minor={line.priceMinor * line.quantity} currency="EUR" className="text-right font-medium" />
      </div>
    ))}
  </section>
);

const Draft = () => (
  <PencilPanel
    title="Draft amendment, not sent"
    trail="1 change"
    footer={
      <>
        <span className="min-w-0 flex-1 text-muted">2 more Beeswax candles, tax included. 31 in Porto.</span>
        <Button>Discard</Button>
        <Button variant="primary" shortcut="Ctrl ↵">
          Send
        </Button>
      </>
    }
  >
    <RuledCells
      pencil
      size="money"
      cells={[
        { id: 'now', caption: 'Total now', value: <Money minor={17_470} currency="EUR" /> },
        { id: 'after', caption: 'Total after', value: <Money minor={19_460} currency="EUR" /> },
        {
          id: 'more',
          caption: 'Authorize in addition',
          value: <Money minor={1990} currency="EUR" signed className="text-pencil" />,
        },
      ]}
    />
  </PencilPanel>
);

export const KitOrder = ({ number }: { readonly number: string }) => (
  <div className="flex min-w-0 flex-1 flex-col overflow-auto">
    <Stub>
      <div className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-rule border-b px-4 py-2">
        <OrderNumber value={number} copy="always" className="font-medium text-title tracking-tight" />
        <OrderBadges order="confirmed" payment="authorized" fulfillment="picking" />
        <span className="ml-auto flex items-center gap-2">
          <Avatar name="Inês Sousa" />
          Inês is viewing
          <Button shortcut="R">Refund</Button>
          <Button shortcut="H">Hold</Button>
          <IconButton label="More" variant="secondary">
            <Ellipsis aria-hidden="true" />
          </IconButton>
        </span>
      </div>
      <RuledCells
        cells={[
          { id: 'customer', caption: 'Customer', value: 'Marta Oliveira', detail: 'Gold, 23 orders', grow: 2 },
          {
            id: 'to',
            caption: 'Ship to',
            value: 'Rua das Flores 118, 4050 Porto',
            detail: 'Standard, promised Tue 24 Nov',
            grow: 3,
          },
          { id: 'paid', caption: 'Paid', value: <Money minor={0} currency="EUR" /> },
          { id: 'authorized', caption: 'Authorized', value: <Money minor={17_470} currency="EUR" /> },
          { id: 'refundable', caption: 'Refundable', value: <Money minor={0} currency="EUR" /> },
        ]}
      />
    </Stub>
    <div className="flex min-h-0 flex-1 max-xl:flex-col">
      <div className="flex min-w-0 flex-1 flex-col gap-4 px-4 py-2 sm:px-5">
        <Lines />
        <Draft />
      </div>
      <section className="w-[292px] shrink-0 border-rule border-l px-4 py-2 max-xl:w-full max-xl:border-l-0">
        <header className="flex items-baseline justify-between py-2">
          <h2 className="font-semibold text-admin">Timeline</h2>
          <Button variant="link">All events</Button>
        </header>
        <Timeline
          label="Timeline"
          entries={[
            { id: '1', state: 'pending', title: 'Quantity of Beeswax candle to 4', meta: 'You, draft' },
            { id: '2', state: 'current', title: 'Picking started in Porto', meta: 'Rui Lopes, warehouse · 4 min ago' },
            { id: '3', state: 'done', title: 'Sent to Porto: nearest with all 3 lines', meta: 'Sourcing · 11 min ago' },
            { id: '4', state: 'done', title: 'Order confirmed', meta: 'Checkout process · 12 min ago' },
            {
              id: '5',
              state: 'done',
              title: 'Address changed',
              meta: 'Ana · 12 min ago',
              quote: 'The customer called.',
            },
            { id: '6', state: 'done', title: 'Order placed', meta: 'Marta Oliveira · 12 min ago' },
          ]}
        />
      </section>
    </div>
  </div>
);
