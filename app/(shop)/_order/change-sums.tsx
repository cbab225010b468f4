import { formatMoney } from '../../_ui/format.ts';
import { Money } from '../../_ui/money.tsx';
import type { ChangePreview } from './change-draft.ts';

interface ChangeSumsProps {
  readonly preview: ChangePreview | null;
  readonly currency: string;
  /** Why it can't be. */
  readonly objection: string | null;
  readonly isPricing: boolean;
}

/** What becomes of the money, in a sentence. */
export const moneyOf = ({ before, after, chargeMinor, refundMinor }: ChangePreview, currency: string): string => {
  const total = formatMoney(after.grandTotalMinor, currency);
  if (chargeMinor > 0)
    return `Your bank is asked for ${formatMoney(chargeMinor, currency)} more on the same card. It is charged when the parcel leaves.`;
  if (refundMinor > 0) return `${formatMoney(refundMinor, currency)} goes back to your card.`;
  if (after.grandTotalMinor < before.grandTotalMinor)
    return `Nothing was charged yet: when the parcel leaves, your card is charged ${total}.`;
  if (after.grandTotalMinor > before.grandTotalMinor)
    return `Your bank holds enough already: when the parcel leaves, your card is charged ${total}.`;
  return 'What you pay stays the same.';
};

/** The exact charge or refund of a change, before it is asked for. */
export const ChangeSums = ({ preview, currency, objection, isPricing }: ChangeSumsProps) => (
  <div aria-live="polite" className="px-4 py-3">
    {objection !== null ? (
      <p className="text-bad">{objection}</p>
    ) : preview ? (
      <>
        <dl className="flex flex-wrap gap-x-10 gap-y-2">
          <div>
            <dt className="text-caption text-muted">Total now</dt>
            <dd>
              <Money minor={preview.before.grandTotalMinor} currency={currency} />
            </dd>
          </div>
          <div>
            <dt className="text-caption text-muted">Total after</dt>
            <dd className="font-semibold text-pencil">
              <Money minor={preview.after.grandTotalMinor} currency={currency} />
            </dd>
          </div>
          <div>
            <dt className="text-caption text-muted">Of it tax</dt>
            <dd>
              <Money minor={preview.after.taxMinor} currency={currency} />
            </dd>
          </div>
        </dl>
        <p className="mt-2 text-desk text-muted">{moneyOf(preview, currency)}</p>
      </>
    ) : (
      <p className="text-muted">{isPricing ? 'Working out the price.' : 'Nothing is changed yet.'}</p>
    )}
  </div>
);
