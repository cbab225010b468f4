'use client';

import { Trash2 } from 'lucide-react';
import { v7 } from 'uuid';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { LineId, Sku } from '#domain/shared/ids.ts';
import { LinePicture } from '../../_catalog/line-picture.tsx';
import { type FoundProduct, ProductSearch } from '../../_catalog/product-search.tsx';
import { cn } from '../../_ui/cn.ts';
import { IconButton } from '../../_ui/icon-button.tsx';
import { Money } from '../../_ui/money.tsx';
import { Pending, pendingEdge } from '../../_ui/pending.tsx';
import { QuantityStepper } from '../../_ui/quantity-stepper.tsx';
import { minorOf } from '../_order/amount.ts';
import { stepperMost } from './amend-line.tsx';
import { AmendPrice } from './amend-price.tsx';
import type { DraftProduct } from './draft.ts';
import type { AmendDraft } from './use-draft.ts';

interface AddedLinesProps {
  readonly order: ExistingOrder;
  readonly drafting: AmendDraft;
  readonly problems: Readonly<Record<string, string>>;
}

/** Products that the order doesn't have yet, and the search that finds them. */
export const AddedLines = ({ order, drafting, problems }: AddedLinesProps) => {
  const { draft, change, amendment } = drafting;
  const { added } = draft;
  const put = (lineId: string, quantity: number) =>
    change({ added: added.map((line) => (line.lineId === lineId ? { ...line, quantity } : line)) });
  const add = ({ sku, name, picture, hue, priceMinor }: FoundProduct) => {
    const there = added.find((line) => line.sku === sku);
    if (there) return put(there.lineId, there.quantity + 1);
    // The order's id in front: reservations are keyed by line over all orders.
    const lineId = `${order.orderId}:${v7()}` as LineId;
    const line: DraftProduct = { lineId, sku: sku as Sku, name, picture, hue, priceMinor, quantity: 1 };
    change({ added: [...added, line] });
  };
  return (
    <>
      {added.length > 0 && (
        <ul aria-label="Added lines">
          {added.map(({ lineId, name, picture, hue, priceMinor, quantity }) => {
            // The server's price, once it has said it.
            const priced = amendment?.added.find((line) => line.lineId === lineId)?.unitPriceMinor ?? priceMinor;
            const price = draft.prices[lineId];
            const unitMinor = (price ? minorOf(price.text) : null) ?? priced;
            return (
              <li key={lineId} className={cn('border-rule border-b py-2 pl-2', pendingEdge(true))}>
                <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <LinePicture picture={picture} hue={hue} />
                  <span className="min-w-40 flex-1">
                    <span className="block truncate font-medium text-pencil" title={name}>
                      {name}
                    </span>
                    <span className="block text-meta text-muted">
                      <Pending pending={unitMinor !== priced} was={<Money minor={priced} currency={order.currency} />}>
                        <Money minor={unitMinor} currency={order.currency} />
                      </Pending>{' '}
                      each
                    </span>
                  </span>
                  <span className="ml-auto flex items-center gap-1.5">
                    <span className="font-medium text-meta text-pencil">New</span>
                    <QuantityStepper
                      label={`Quantity of ${name}, new`}
                      min={1}
                      max={stepperMost}
                      value={quantity}
                      onValueChange={(to) => put(lineId, to)}
                      size="sm"
                    />
                    <IconButton
                      label={`Don’t add ${name}`}
                      size="sm"
                      onClick={() => change({ added: added.filter((line) => line.lineId !== lineId) })}
                    >
                      <Trash2 aria-hidden="true" />
                    </IconButton>
                  </span>
                </div>
                <AmendPrice
                  lineId={lineId}
                  name={name}
                  ownMinor={priced}
                  currency={order.currency}
                  drafting={drafting}
                  problems={problems}
                />
              </li>
            );
          })}
        </ul>
      )}
      <ProductSearch onFound={add} />
    </>
  );
};
