import type { ReactNode } from 'react';
import type { Totals } from '#domain/order/events.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { EventFormat } from '#domain/waybill/event-words.ts';
import { Button } from '../../_ui/button.tsx';
import { Money } from '../../_ui/money.tsx';
import { RuledCells } from '../../_ui/ruled-cells.tsx';
import { Band } from '../../_ui/states.tsx';
import { begunWords, type Preview, settlementOf } from './preview.ts';

interface AmendPreviewProps {
  readonly order: ExistingOrder;
  readonly preview: Preview | null;
  readonly changes: number;
  readonly isPricing: boolean;
  /** Why the server could not price it. */
  readonly refusal: string | null;
  readonly onRetry: () => void;
  readonly format: Pick<EventFormat, 'warehouse'>;
}

const settledWords = {
  charge: 'held by the bank now, taken on shipping',
  refund: 'once the change is made',
  less: 'nothing was taken yet',
  none: 'the money stays as it is',
} as const;

const changesWords = (changes: number): string => {
  if (changes === 0) return 'Nothing is changed yet';
  return changes === 1 ? '1 change, not sent' : `${changes} changes, not sent`;
};

/** Old and new total, what shipping and tax have of it, and what happens with the money; or why it can't be done. */
export const AmendPreview = ({ order, preview, changes, isPricing, refusal, onRetry, format }: AmendPreviewProps) => {
  const refused = preview && !preview.ok ? preview.words : refusal;
  const { currency } = order;
  const money = (minor: number): ReactNode => <Money minor={minor} currency={currency} />;
  const before: Totals = order.totals;
  const after = preview?.ok ? preview.after : null;
  const settlement = preview?.ok ? settlementOf(preview) : null;
  // On a phone the lines of the draft need the room.
  const detail = (totals: Totals) => (
    <span className="max-sm:hidden">
      <span className="block">{money(totals.shippingMinor)} of it shipping</span>
      <span className="block">{money(totals.taxMinor)} of it tax</span>
    </span>
  );
  return (
    <section aria-label="What it comes to" aria-busy={isPricing} className="flex flex-col gap-2">
      <p role="status" className="font-medium text-meta text-pencil">
        {isPricing ? 'Asking for prices…' : changesWords(changes)}
      </p>
      {refused !== null && !isPricing && (
        <Band
          tone="bad"
          live
          className="rounded-control"
          action={
            refusal === null ? undefined : (
              <Button size="sm" onClick={onRetry}>
                Retry
              </Button>
            )
          }
        >
          {refused}
        </Band>
      )}
      {preview?.ok && preview.begunIn.length > 0 && !isPricing && (
        <Band tone="hold" live className="rounded-control">
          {begunWords(preview.begunIn.map(format.warehouse))}
        </Band>
      )}
      <RuledCells
        size="money"
        boxed
        pencil={changes > 0}
        className={changes > 0 ? 'border-dashed' : ''}
        cells={[
          { id: 'before', caption: 'Total now', value: money(before.grandTotalMinor), detail: detail(before) },
          {
            id: 'after',
            caption: 'Total after',
            value: (
              <span className={after ? 'text-pencil' : 'text-muted'}>{after ? money(after.grandTotalMinor) : '–'}</span>
            ),
            detail: after ? detail(after) : undefined,
          },
          {
            id: 'settle',
            caption: settlement?.caption ?? 'To be charged',
            value: (
              <span data-testid="settlement" className={settlement ? 'text-pencil' : 'text-muted'}>
                {settlement ? money(settlement.minor) : '–'}
              </span>
            ),
            detail: settlement ? <span className="max-sm:hidden">{settledWords[settlement.kind]}</span> : undefined,
          },
        ]}
      />
    </section>
  );
};
