'use client';

import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { LineId } from '#domain/shared/ids.ts';
import { Button } from '../../_ui/button.tsx';
import { Field } from '../../_ui/field.tsx';
import { IconButton } from '../../_ui/icon-button.tsx';
import { Input } from '../../_ui/input.tsx';
import { amountText } from '../_order/amount.ts';
import type { AmendDraft } from './use-draft.ts';

interface AmendPriceProps {
  readonly lineId: LineId;
  readonly name: string;
  /** The price it has without being told otherwise. */
  readonly ownMinor: number;
  readonly currency: string;
  readonly drafting: AmendDraft;
  readonly problems: Readonly<Record<string, string>>;
}

/** A price of an agent's own for a line, old or new, with the reason that stays in the record. */
export const AmendPrice = ({ lineId, name, ownMinor, currency, drafting, problems }: AmendPriceProps) => {
  const { draft, change } = drafting;
  const price = draft.prices[lineId];
  const [isPricing, setIsPricing] = useState(price !== undefined);
  const setPrice = (part: Partial<NonNullable<typeof price>>) => {
    const before = price ?? { text: amountText(ownMinor), reason: '' };
    change({ prices: { ...draft.prices, [lineId]: { ...before, ...part } } });
  };
  const dropPrice = () => {
    const { [lineId]: _dropped, ...prices } = draft.prices;
    change({ prices });
    setIsPricing(false);
  };
  if (!isPricing)
    return (
      <Button variant="link" className="ml-11 text-meta" onClick={() => setIsPricing(true)}>
        Another price<span className="sr-only"> for {name}</span>
      </Button>
    );
  return (
    <div className="mt-2 ml-11 grid grid-cols-[7rem_minmax(0,1fr)_auto] items-start gap-2 pb-1 max-sm:ml-0">
      <Field label={`Price in ${currency}`} error={problems[`price:${lineId}`]}>
        <Input
          inputMode="decimal"
          autoComplete="off"
          autoFocus
          value={price?.text ?? amountText(ownMinor)}
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
      <IconButton label={`Keep the price of ${name}`} onClick={dropPrice} className="mt-[22px]">
        <Undo2 aria-hidden="true" />
      </IconButton>
    </div>
  );
};
