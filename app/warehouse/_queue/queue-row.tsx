import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { OrderNumber } from '../../_ui/identifier.tsx';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import { MarkBadge, StatusBadge } from '../../_ui/status-badge.tsx';
import { Due } from './due.tsx';
import type { QueueItem } from './queue-input.ts';

const tierWords = { standard: '', silver: 'Silver', gold: 'Gold' };

const itemsWords = ({ lines, lineCount }: QueueItem): string => {
  const [first, ...others] = lines.map(({ name, quantity }) => (quantity > 1 ? `${quantity} × ${name}` : name));
  if (first === undefined) return 'Nothing to pick';
  const more = lineCount - 1;
  return more === 0 ? first : more === 1 && others[0] ? `${first}, ${others[0]}` : `${first} and ${more} more`;
};

const State = ({ item, picker }: { readonly item: QueueItem; readonly picker: string | undefined }) => {
  const [hold] = item.holds;
  if (hold !== undefined) return <MarkBadge mark="hold">{hold}</MarkBadge>;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <StatusBadge axis="fulfillment" state={item.status} className="shrink-0" />
      {item.status === 'picking' && (
        <span className="truncate text-admin text-muted max-sm:hidden">
          {item.picked} of {item.units}
          {picker ? `, ${picker}` : ''}
        </span>
      )}
    </span>
  );
};

interface QueueRowProps {
  readonly item: QueueItem;
  /** The name of whoever picks it. */
  readonly picker: string | undefined;
}

/** One order of the queue; the whole row opens it. */
export const QueueRow = ({ item, picker }: QueueRowProps) => (
  // Rows out of sight cost nothing: a queue of thousands stays quick.
  <li className="[contain-intrinsic-size:auto_57px] [content-visibility:auto]">
    <Link
      data-queue-row=""
      href={`/warehouse/fulfillments/${item.fulfillmentId}`}
      className="group/row focus-inset grid min-h-row grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-0.5 border-rule border-b bg-sheet px-gutter py-2 hover:bg-tint sm:grid-cols-[9.5rem_minmax(0,1fr)_auto] lg:grid-cols-[9.5rem_8.5rem_minmax(0,1fr)_minmax(0,13rem)_6.5rem_minmax(9rem,15rem)_1.25rem]"
    >
      <span className="max-sm:order-2 max-sm:justify-self-end">
        <Due shipBy={item.shipBy} />
      </span>
      <span className="flex items-baseline gap-2 max-sm:order-1">
        <OrderNumber value={item.orderNumber} copy="never" className="font-medium" />
        {tierWords[item.tier] && <span className="text-admin text-muted">{tierWords[item.tier]}</span>}
      </span>
      <span className="flex min-w-0 items-center gap-3 max-sm:order-3">
        <span className="flex shrink-0 gap-1 max-lg:hidden" aria-hidden="true">
          {item.lines.map((line) => (
            <ProductPicture
              key={line.lineId}
              picture={line.picture ?? 'package'}
              hue={line.hue}
              shape="thumb"
              className="size-9"
            />
          ))}
        </span>
        <span className="truncate max-sm:text-admin max-sm:text-muted">{itemsWords(item)}</span>
      </span>
      <span className="truncate text-admin text-muted max-lg:hidden">
        {item.customerName ?? 'erased'}, {item.city}
      </span>
      <span className="text-admin max-lg:hidden">{item.shippingMethodName}</span>
      <span className="min-w-0 max-sm:order-4 max-sm:justify-self-end">
        <State item={item} picker={picker} />
      </span>
      <ChevronRight aria-hidden="true" className="size-5 text-muted max-lg:hidden" />
    </Link>
  </li>
);
