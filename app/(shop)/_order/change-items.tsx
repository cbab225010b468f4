'use client';

import type { ExistingOrder } from '#domain/order/state.ts';
import { Money } from '../../_ui/money.tsx';
import { Pending } from '../../_ui/pending.tsx';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import { QuantityStepper } from '../../_ui/quantity-stepper.tsx';

/** As many as a cart takes of one product. */
export const quantityMost = 999;

interface ChangeItemsProps {
  readonly order: ExistingOrder;
  readonly quantities: Readonly<Record<string, number>>;
  readonly onChange: (lineId: string, quantity: number) => void;
}

/** How many of each: none takes the item out of the order. */
export const ChangeItems = ({ order, quantities, onChange }: ChangeItemsProps) => (
  <ul aria-label="Items">
    {order.lines.map(({ lineId, name, picture, hue, quantity, unitPriceMinor }) => {
      const wanted = quantities[lineId] ?? quantity;
      return (
        <li key={lineId} className="flex flex-wrap items-center gap-x-4 gap-y-2 border-rule border-b px-4 py-3">
          <ProductPicture picture={picture ?? 'package'} hue={hue} shape="thumb" className="size-12 shrink-0" />
          <span className="min-w-24 flex-1">
            <span className="block break-words font-medium">{name}</span>
            <span className="block text-desk text-muted">
              {wanted === quantity ? (
                <>
                  {quantity} at <Money minor={unitPriceMinor} currency={order.currency} />
                </>
              ) : (
                <Pending pending was={quantity}>
                  {wanted === 0 ? 'removed' : wanted}
                </Pending>
              )}
            </span>
          </span>
          <QuantityStepper
            label={`Quantity of ${name}`}
            min={0}
            max={Math.max(quantityMost, quantity)}
            value={wanted}
            onValueChange={(next) => onChange(lineId, next)}
          />
        </li>
      );
    })}
  </ul>
);
