import { Truck } from 'lucide-react';
import type { ExistingFulfillment } from '#domain/fulfillment/state.ts';
import type { WalkStop } from '#domain/fulfillment/walk.ts';
import { Bin, Sku } from '../../_ui/identifier.tsx';
import { Pending } from '../../_ui/pending.tsx';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import { Badge } from '../../_ui/status-badge.tsx';
import { Due } from '../_queue/due.tsx';

interface CurrentStopProps {
  readonly stop: WalkStop;
  readonly fulfillment: ExistingFulfillment;
  /** A scan of this line is not recorded yet. */
  readonly pending: boolean;
}

/** Where the picker stands: bin and quantity to be read from an arm's length. */
export const CurrentStop = ({ stop, fulfillment, pending }: CurrentStopProps) => (
  <section aria-label="This stop">
    <dl className="flex justify-between gap-4 border-rule border-b px-gutter pb-4">
      <div>
        <dt className="text-desk text-muted">Bin</dt>
        <dd>
          {stop.bin === null ? (
            <span className="text-bin">No bin</span>
          ) : (
            <Bin value={stop.bin} copy="never" className="text-bin tracking-tight" />
          )}
        </dd>
      </div>
      <div className="text-right">
        <dt className="text-desk text-muted">Picked</dt>
        <dd className="whitespace-nowrap text-bin tabular-nums">
          <Pending pending={pending}>{stop.picked}</Pending>{' '}
          <span className="font-medium text-[1.5rem] text-muted">of {stop.quantity - stop.missing}</span>
        </dd>
      </div>
    </dl>
    <div className="flex gap-3.5 border-rule border-b bg-sheet px-gutter py-3">
      <ProductPicture picture={stop.picture ?? 'package'} hue={stop.hue} shape="thumb" className="size-18 shrink-0" />
      <div className="flex min-w-0 flex-col items-start gap-1">
        <p className="max-w-full break-words text-section">{stop.name}</p>
        <Sku value={stop.sku} className="text-admin text-muted" copy="never" />
        <span className="flex flex-wrap items-center gap-2">
          <Badge icon={Truck} tone={fulfillment.shippingMethod.code === 'express' ? 'move' : 'calm'}>
            {fulfillment.shippingMethod.name}
          </Badge>
          <Due shipBy={fulfillment.promise.shipBy} />
          {stop.missing > 0 && <span className="text-admin text-hold">{stop.missing} missing</span>}
        </span>
      </div>
    </div>
  </section>
);
