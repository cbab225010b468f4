'use client';

import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import type { RouterOutputs } from '../../_trpc/router-types.ts';
import { Button } from '../../_ui/button.tsx';
import { cn } from '../../_ui/cn.ts';
import { IconButton } from '../../_ui/icon-button.tsx';
import { Money } from '../../_ui/money.tsx';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import { QuantityStepper } from '../../_ui/quantity-stepper.tsx';
import { productHref } from '../_catalog/category-href.ts';
import { type CartLine, quantityMost } from './cart.ts';

export type QuotedLine = RouterOutputs['shop']['quote']['lines'][number];

interface CartLineRowProps {
  readonly line: CartLine;
  /** As the server has priced it; missing while it is asked, or where it is no longer sold. */
  readonly quoted: QuotedLine | undefined;
  readonly currency: string;
  readonly isGone: boolean;
  readonly onQuantity: (quantity: number) => void;
  readonly onRemove: () => void;
}

const Shortage = ({ line, quoted, onQuantity }: Pick<CartLineRowProps, 'line' | 'quoted' | 'onQuantity'>) => {
  const available = quoted?.available ?? null;
  if (available === null || available >= line.quantity) return null;
  if (available === 0) return <p className="font-medium text-admin text-bad">Sold out. Remove it to order the rest.</p>;
  return (
    <p className="flex flex-wrap items-center gap-x-3 font-medium text-admin text-hold">
      Only {available} left.
      <Button variant="link" className="text-admin" onClick={() => onQuantity(available)}>
        Take {available}
      </Button>
    </p>
  );
};

/** One product of the cart: how many, what it costs, and how to be rid of it. */
export const CartLineRow = ({ line, quoted, currency, isGone, onQuantity, onRemove }: CartLineRowProps) => {
  const name = quoted?.name ?? line.sku;
  // What is shown is the server's price for another quantity, until it has answered.
  const isBehind = quoted?.quantity !== line.quantity;
  return (
    <li className="grid grid-cols-[5rem_minmax(0,1fr)_auto] gap-x-4 gap-y-3 border-rule border-b py-4 sm:grid-cols-[6rem_minmax(0,1fr)_auto_6.5rem_auto] sm:items-center">
      <ProductPicture
        picture={quoted?.picture ?? 'package'}
        hue={quoted?.hue ?? 215}
        shape="thumb"
        className={cn('size-20 rounded-panel sm:size-24', isGone && 'opacity-60')}
      />
      <div className="min-w-0">
        <Link href={productHref(line.sku)} className="block hyphens-auto break-words font-semibold hover:underline">
          {name}
        </Link>
        {quoted?.size && <p className="text-admin text-muted">{quoted.size}</p>}
        {quoted && (
          <p className="text-admin text-muted">
            <Money minor={quoted.unitPriceMinor} currency={currency} /> each
          </p>
        )}
        {isGone && <p className="font-medium text-admin text-bad">No longer sold. Remove it to order the rest.</p>}
        <Shortage line={line} quoted={quoted} onQuantity={onQuantity} />
      </div>
      <QuantityStepper
        size="sm"
        label={`Quantity of ${name}`}
        value={line.quantity}
        max={quantityMost}
        disabled={isGone}
        onValueChange={onQuantity}
        className="max-sm:col-start-2 max-sm:row-start-2"
      />
      <p
        className={cn(
          'text-right font-semibold max-sm:col-start-3 max-sm:row-start-2 max-sm:self-center',
          isBehind && 'opacity-60',
        )}
      >
        {quoted && <Money minor={quoted.totalMinor + quoted.discountMinor} currency={currency} />}
      </p>
      <IconButton
        variant="ghost"
        label={`Remove ${name}`}
        onClick={onRemove}
        className="max-sm:col-start-3 max-sm:row-start-1 max-sm:-mt-3 max-sm:-mr-3 max-sm:justify-self-end"
      >
        <Trash2 aria-hidden="true" />
      </IconButton>
    </li>
  );
};
