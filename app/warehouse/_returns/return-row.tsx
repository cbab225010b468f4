import { ChevronRight, PackageSearch, Truck } from 'lucide-react';
import Link from 'next/link';
import { OrderNumber } from '../../_ui/identifier.tsx';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import { Badge } from '../../_ui/status-badge.tsx';
import { Time } from '../../_ui/time.tsx';
import { count } from '../_walk/walk.ts';
import { type FloorReturn, type ReturnView, returnHref } from './returns-input.ts';

const picturesMost = 2;

const contents = ({ lines, products }: FloorReturn): string =>
  lines
    .map(({ lineId, sku, quantity }) => {
      const name = products.find((product) => product.lineId === lineId)?.name ?? sku;
      return quantity > 1 ? `${quantity} × ${name}` : name;
    })
    .join(', ');

interface ReturnRowProps {
  readonly item: FloorReturn;
  readonly view: ReturnView;
}

/** One return; the whole row opens it. */
export const ReturnRow = ({ item, view }: ReturnRowProps) => (
  <li className="[contain-intrinsic-size:auto_57px] [content-visibility:auto]">
    <Link
      data-return-row=""
      href={returnHref(item)}
      className="focus-inset grid min-h-row grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-0.5 border-rule border-b bg-sheet px-gutter py-2 hover:bg-tint lg:grid-cols-[8.5rem_minmax(0,1fr)_minmax(0,13rem)_6rem_9rem_11rem_1.25rem]"
    >
      <OrderNumber value={item.orderNumber} copy="never" className="font-medium" />
      <span className="flex min-w-0 items-center gap-3 max-lg:order-3">
        <span className="flex shrink-0 gap-1 max-lg:hidden" aria-hidden="true">
          {item.lines.slice(0, picturesMost).map(({ lineId }) => {
            const product = item.products.find((each) => each.lineId === lineId);
            return (
              <ProductPicture
                key={lineId}
                picture={product?.picture ?? 'package'}
                hue={product?.hue ?? 215}
                shape="thumb"
                className="size-9"
              />
            );
          })}
        </span>
        <span className="truncate max-lg:text-admin max-lg:text-muted">{contents(item)}</span>
      </span>
      <span className="truncate text-admin text-muted max-lg:hidden">
        {item.customerName ?? 'erased'}, {item.city}
      </span>
      <span className="text-admin tabular-nums max-lg:hidden">{count(item.units, 'item', 'items')}</span>
      <span className="text-admin text-muted max-lg:order-4 max-lg:justify-self-end">
        <Time at={item.since} quiet />
      </span>
      <span className="max-lg:order-2 max-lg:justify-self-end">
        {view === 'received' ? (
          <Badge icon={PackageSearch} tone="move">
            To inspect
          </Badge>
        ) : (
          <Badge icon={Truck} tone="calm">
            On its way
          </Badge>
        )}
      </span>
      <ChevronRight aria-hidden="true" className="size-5 text-muted max-lg:hidden" />
    </Link>
  </li>
);
