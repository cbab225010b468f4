'use client';

import { ChevronRight, CircleCheck, Keyboard, List, ScanBarcode, Truck } from 'lucide-react';
import { BackOfficeShell } from '../../../_ui/back-office-shell.tsx';
import { Button } from '../../../_ui/button.tsx';
import { CopyBar } from '../../../_ui/copy-bar.tsx';
import { Bin, Sku } from '../../../_ui/identifier.tsx';
import { ProductPicture } from '../../../_ui/product-picture.tsx';
import { Band } from '../../../_ui/states.tsx';
import { Badge } from '../../../_ui/status-badge.tsx';

const next = [
  { bin: 'C-07-1', name: 'Stoneware teapot', quantity: 1 },
  { bin: 'D-01-3', name: 'Studio headphones', quantity: 1 },
  { bin: 'D-02-1', name: 'Wild honey', quantity: 3 },
];
const nothing = () => {};

export const KitFloor = () => (
  <BackOfficeShell
    copy="floor"
    homeHref="/kit"
    nav={[{ href: '/kit/floor', label: 'Queue', icon: <List /> }]}
    account={{ name: 'Rui Lopes', detail: 'Warehouse' }}
    onSignOut={nothing}
  >
    <div className="flex h-full flex-col">
      <CopyBar title="Porto, walk 14" trail="3 of 9" />
      <Band tone="stale">Connection lost. Scans are kept here, 2 waiting.</Band>
      <div className="p-3.5 pb-2">
        <Button variant="hivis" className="h-16 w-full justify-start gap-3 rounded-panel px-4 text-section">
          <ScanBarcode aria-hidden="true" className="size-7!" />
          Scan bin or item
          <Keyboard aria-hidden="true" className="ml-auto size-6!" />
        </Button>
      </div>
      <dl className="flex justify-between border-rule border-b px-gutter pb-4">
        <div>
          <dt className="text-desk text-muted">Bin</dt>
          <dd>
            <Bin value="C-04-2" copy="never" className="text-bin tracking-tight" />
          </dd>
        </div>
        <div className="text-right">
          <dt className="text-desk text-muted">Pick</dt>
          <dd className="text-bin">
            1 <span className="font-medium text-[1.5rem] text-muted">of 2</span>
          </dd>
        </div>
      </dl>
      <div className="flex gap-3.5 border-rule border-b bg-sheet px-gutter py-3">
        <ProductPicture picture="candle" hue={215} shape="thumb" className="size-18" />
        <div className="flex flex-col items-start gap-1">
          <p className="text-section">Beeswax candle</p>
          <Sku value="HOM-CND-03" className="text-admin text-muted" copy="never" />
          <Badge icon={Truck} tone="move">
            Express, by 15:30
          </Badge>
        </div>
      </div>
      <Band tone="good" live icon={<CircleCheck aria-hidden="true" />}>
        Right item. One more.
      </Band>
      <h2 className="px-gutter pt-3 pb-1 font-medium text-desk text-muted">Next on the walk</h2>
      <ul className="border-rule border-t">
        {next.map((stop) => (
          <li key={stop.bin} className="flex h-row items-center gap-4 border-rule border-b bg-sheet px-gutter">
            <Bin value={stop.bin} copy="never" className="w-20 text-shop" />
            <span className="flex-1">{stop.name}</span>
            <span className="font-semibold tabular-nums">{stop.quantity}</span>
            <ChevronRight aria-hidden="true" className="size-5" />
          </li>
        ))}
      </ul>
      <div className="sticky bottom-0 mt-auto grid grid-cols-2 gap-2.5 border-rule border-t bg-sheet p-3 px-gutter">
        <Button>Short pick</Button>
        <Button variant="primary">Pack 3 items</Button>
      </div>
    </div>
  </BackOfficeShell>
);
