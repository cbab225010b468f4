import type { ExistingFulfillment } from '#domain/fulfillment/state.ts';
import type { WalkStop } from '#domain/fulfillment/walk.ts';
import { OrderNumber, Sku } from '../../_ui/identifier.tsx';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import { ShipTo } from './ship-to.tsx';

interface PackingListProps {
  readonly fulfillment: ExistingFulfillment;
  readonly stops: readonly WalkStop[];
}

/** What lies in the parcels and for whom; it is also what is printed. */
export const PackingList = ({ fulfillment, stops }: PackingListProps) => (
  <>
    <dl className="grid grid-cols-2 border-rule border-b bg-sheet">
      <div className="border-rule border-r px-gutter py-3">
        <dt className="text-caption text-muted">Order</dt>
        <dd>
          <OrderNumber value={fulfillment.orderNumber} copy="never" className="font-medium" />
          <span className="block text-muted">{fulfillment.shippingMethod.name}</span>
        </dd>
      </div>
      <div className="min-w-0 px-gutter py-3">
        <dt className="text-caption text-muted">Ship to</dt>
        <dd>
          <ShipTo address={fulfillment.shipTo} />
        </dd>
      </div>
    </dl>
    <ul>
      {stops
        .filter(({ picked }) => picked > 0)
        .map((stop) => (
          <li
            key={stop.lineId}
            className="flex min-h-row items-center gap-4 border-rule border-b bg-sheet px-gutter py-2"
          >
            <ProductPicture
              picture={stop.picture ?? 'package'}
              hue={stop.hue}
              shape="thumb"
              className="size-10 shrink-0 print:hidden"
            />
            <span className="min-w-0 flex-1">
              <span className="block break-words">{stop.name}</span>
              <Sku value={stop.sku} copy="never" className="text-admin text-muted" />
            </span>
            <span className="font-semibold tabular-nums">{stop.picked}</span>
          </li>
        ))}
    </ul>
  </>
);
