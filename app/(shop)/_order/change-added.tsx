'use client';

import { Trash2 } from 'lucide-react';
import { v7 } from 'uuid';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { LineId, Sku } from '#domain/shared/ids.ts';
import { type FoundProduct, ProductSearch } from '../../_catalog/product-search.tsx';
import { cn } from '../../_ui/cn.ts';
import { IconButton } from '../../_ui/icon-button.tsx';
import { Money } from '../../_ui/money.tsx';
import { pendingEdge } from '../../_ui/pending.tsx';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import { QuantityStepper } from '../../_ui/quantity-stepper.tsx';
import type { AddedProduct } from './change-draft.ts';
import { quantityMost } from './change-items.tsx';

interface ChangeAddedProps {
  readonly order: ExistingOrder;
  readonly added: readonly AddedProduct[];
  readonly onChange: (added: readonly AddedProduct[]) => void;
}

/** What else should come with the order, and the search that finds it. */
export const ChangeAdded = ({ order, added, onChange }: ChangeAddedProps) => {
  const put = (lineId: string, quantity: number) =>
    onChange(added.map((line) => (line.lineId === lineId ? { ...line, quantity } : line)));
  const add = ({ sku, name, picture, hue, priceMinor }: FoundProduct) => {
    const there = added.find((line) => line.sku === sku);
    if (there) return put(there.lineId, there.quantity + 1);
    // The order's id in front: reservations are keyed by line over all orders.
    const lineId = `${order.orderId}:${v7()}` as LineId;
    onChange([...added, { lineId, sku: sku as Sku, name, picture, hue, priceMinor, quantity: 1 }]);
  };
  return (
    <div className="border-rule border-b">
      {added.length > 0 && (
        <ul aria-label="Added items">
          {added.map(({ lineId, name, picture, hue, priceMinor, quantity }) => (
            <li
              key={lineId}
              className={cn(
                'flex flex-wrap items-center gap-x-4 gap-y-2 border-rule border-b px-4 py-3',
                pendingEdge(true),
              )}
            >
              <ProductPicture picture={picture ?? 'package'} hue={hue} shape="thumb" className="size-12 shrink-0" />
              <span className="min-w-24 flex-1">
                <span className="block break-words font-medium text-pencil">{name}</span>
                <span className="block text-desk text-muted">
                  New, at <Money minor={priceMinor} currency={order.currency} />
                </span>
              </span>
              <span className="ml-auto flex items-center gap-1.5">
                <QuantityStepper
                  label={`Quantity of ${name}, new`}
                  min={1}
                  max={quantityMost}
                  value={quantity}
                  onValueChange={(next) => put(lineId, next)}
                />
                <IconButton
                  label={`Don’t add ${name}`}
                  onClick={() => onChange(added.filter((line) => line.lineId !== lineId))}
                >
                  <Trash2 aria-hidden="true" />
                </IconButton>
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className="px-4 pt-1 pb-3">
        <ProductSearch onFound={add} />
      </div>
    </div>
  );
};
