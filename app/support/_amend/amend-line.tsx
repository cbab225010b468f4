'use client';

import { Trash2, Undo2 } from 'lucide-react';
import type { OrderLine } from '#domain/order/events.ts';
import { committedQuantity } from '#domain/waybill/quantities.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import { LinePicture } from '../../_catalog/line-picture.tsx';
import { cn } from '../../_ui/cn.ts';
import { IconButton } from '../../_ui/icon-button.tsx';
import { Money } from '../../_ui/money.tsx';
import { Pending, pendingEdge } from '../../_ui/pending.tsx';
import { QuantityStepper } from '../../_ui/quantity-stepper.tsx';
import { minorOf } from '../_order/amount.ts';
import { AmendPrice } from './amend-price.tsx';
import { quantityOf } from './draft.ts';
import type { AmendDraft } from './use-draft.ts';

interface AmendLineProps {
  readonly line: OrderLine;
  readonly waybill: Waybill;
  readonly currency: string;
  readonly drafting: AmendDraft;
  readonly problems: Readonly<Record<string, string>>;
}

/** More than this of one thing is another kind of order. */
export const stepperMost = 9_999;

/** One line of the order: how many, at what price. Never fewer than the warehouse has begun with. */
export const AmendLine = ({ line, waybill, currency, drafting, problems }: AmendLineProps) => {
  const { draft, change } = drafting;
  const { lineId, name } = line;
  const least = committedQuantity(waybill, lineId);
  const quantity = quantityOf(draft, line);
  const price = draft.prices[lineId];
  const unitMinor = (price ? minorOf(price.text) : null) ?? line.unitPriceMinor;
  const isRemoved = quantity === 0;
  const isOther = quantity !== line.quantity || unitMinor !== line.unitPriceMinor;

  const setQuantity = (to: number) => change({ quantities: { ...draft.quantities, [lineId]: to } });
  return (
    <li className={cn('border-rule border-b py-2 pl-2', pendingEdge(isOther))}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <LinePicture picture={line.picture} hue={line.hue} />
        <span className="min-w-40 flex-1">
          <span className={cn('block truncate', isRemoved && 'text-muted line-through')} title={name}>
            {name}
          </span>
          <span className="block text-meta text-muted">
            <Pending
              pending={unitMinor !== line.unitPriceMinor}
              was={<Money minor={line.unitPriceMinor} currency={currency} />}
            >
              <Money minor={unitMinor} currency={currency} />
            </Pending>{' '}
            each
            {least > 0 && `, ${least} in the warehouse’s hands`}
          </span>
        </span>
        <span className="ml-auto flex items-center gap-1.5">
          {quantity !== line.quantity && (
            <span className="font-medium text-meta text-pencil">{isRemoved ? 'Removed' : `was ${line.quantity}`}</span>
          )}
          <QuantityStepper
            label={`Quantity of ${name}`}
            min={least}
            max={stepperMost}
            value={quantity}
            onValueChange={setQuantity}
            size="sm"
          />
          {isRemoved || quantity === least ? (
            <IconButton
              label={`Keep ${name} as it was`}
              size="sm"
              disabled={quantity === line.quantity}
              onClick={() => setQuantity(line.quantity)}
            >
              <Undo2 aria-hidden="true" />
            </IconButton>
          ) : (
            <IconButton
              label={least > 0 ? `Remove what can be removed of ${name}` : `Remove ${name}`}
              size="sm"
              onClick={() => setQuantity(least)}
            >
              <Trash2 aria-hidden="true" />
            </IconButton>
          )}
        </span>
      </div>
      {!isRemoved && (
        <AmendPrice
          lineId={lineId}
          name={name}
          ownMinor={line.unitPriceMinor}
          currency={currency}
          drafting={drafting}
          problems={problems}
        />
      )}
    </li>
  );
};
