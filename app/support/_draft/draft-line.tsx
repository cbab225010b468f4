'use client';

import { Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { LinePicture } from '../../_catalog/line-picture.tsx';
import { Button } from '../../_ui/button.tsx';
import { cn } from '../../_ui/cn.ts';
import { Field } from '../../_ui/field.tsx';
import { formatCount } from '../../_ui/format.ts';
import { IconButton } from '../../_ui/icon-button.tsx';
import { Input } from '../../_ui/input.tsx';
import { Money } from '../../_ui/money.tsx';
import { pendingEdge } from '../../_ui/pending.tsx';
import { QuantityStepper } from '../../_ui/quantity-stepper.tsx';
import { stepperMost } from '../_amend/amend-line.tsx';
import { amountText, minorOf } from '../_order/amount.ts';
import type { FormLine } from './draft-form.ts';

interface DraftLineProps {
  readonly line: FormLine;
  readonly currency: string;
  /** Not saved yet. */
  readonly isPending: boolean;
  /** Left in stock; null where nobody knows. */
  readonly available: number | null;
  readonly problems: Readonly<Record<string, string>>;
  readonly onChange: (part: Partial<FormLine>) => void;
  readonly onRemove: () => void;
}

const shortWords = (available: number): string =>
  available <= 0 ? 'Sold out: placed now, the order would be rejected.' : `Only ${formatCount(available)} left.`;

/** One line: how many, and at what price. */
export const DraftLine = ({ line, currency, isPending, available, problems, onChange, onRemove }: DraftLineProps) => {
  const { lineId, name, catalogMinor, quantity, price } = line;
  const [isPricing, setIsPricing] = useState(price !== null);
  const unitMinor = (price ? minorOf(price.text) : null) ?? catalogMinor;
  const isShort = available !== null && available < quantity;
  const setPrice = (part: Partial<NonNullable<typeof price>>) =>
    onChange({ price: { ...(price ?? { text: amountText(catalogMinor), reason: '' }), ...part } });
  return (
    <li className={cn('border-rule border-b py-2 pl-2', pendingEdge(isPending))}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <LinePicture picture={line.picture} hue={line.hue} />
        <span className="min-w-40 flex-1">
          <span className="block truncate" title={name}>
            {name}
          </span>
          <span className="block text-meta text-muted">
            {unitMinor !== catalogMinor && (
              <>
                <span className="sr-only">in the catalog </span>
                <s>
                  <Money minor={catalogMinor} currency={currency} />
                </s>{' '}
              </>
            )}
            <span className={unitMinor === catalogMinor ? '' : 'font-medium text-ink'}>
              <Money minor={unitMinor} currency={currency} />
            </span>{' '}
            each
            {!isPricing && (
              <>
                {' · '}
                <Button variant="link" className="text-meta" onClick={() => setIsPricing(true)}>
                  Another price<span className="sr-only"> for {name}</span>
                </Button>
              </>
            )}
          </span>
          {isShort && (
            <span role="status" className="block font-medium text-hold text-meta">
              {shortWords(available)}
            </span>
          )}
        </span>
        <span className="ml-auto flex items-center gap-1.5">
          <QuantityStepper
            label={`Quantity of ${name}`}
            min={1}
            max={stepperMost}
            value={quantity}
            onValueChange={(to) => onChange({ quantity: to })}
            size="sm"
          />
          <IconButton label={`Remove ${name}`} size="sm" onClick={onRemove}>
            <Trash2 aria-hidden="true" />
          </IconButton>
        </span>
      </div>
      {isPricing && (
        <div className="mt-2 ml-11 grid grid-cols-[7rem_minmax(0,1fr)_auto] items-start gap-2 pb-1 max-sm:ml-0">
          <Field label={`Price in ${currency}`} error={problems[`price:${lineId}`]}>
            <Input
              inputMode="decimal"
              autoComplete="off"
              autoFocus={price === null}
              value={price?.text ?? amountText(catalogMinor)}
              onChange={(event) => setPrice({ text: event.target.value })}
            />
          </Field>
          <Field label="Reason for the price" required error={problems[`reason:${lineId}`]}>
            <Input
              maxLength={500}
              value={price?.reason ?? ''}
              placeholder="A scratch on the rim"
              onChange={(event) => setPrice({ reason: event.target.value })}
            />
          </Field>
          <IconButton
            label={`Catalog price for ${name}`}
            onClick={() => {
              onChange({ price: null });
              setIsPricing(false);
            }}
            className="mt-[22px]"
          >
            <Undo2 aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </li>
  );
};
