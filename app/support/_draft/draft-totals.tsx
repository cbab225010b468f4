import { Money } from '../../_ui/money.tsx';
import { RuledCells } from '../../_ui/ruled-cells.tsx';
import { Band } from '../../_ui/states.tsx';
import type { DraftOrderHandle } from './use-draft-order.ts';

/** What it comes to, as the server counts it, and what stands in the way of that. */
export const DraftTotals = ({ draft }: { readonly draft: DraftOrderHandle }) => {
  const { quote, form, saved, isDirty, refusal } = draft;
  const { data } = quote;
  const currency = data?.currency ?? 'EUR';
  const totals = form.lines.length > 0 ? data?.totals : undefined;
  const money = (minor: number | undefined) =>
    minor === undefined ? '–' : <Money minor={minor} currency={currency} />;
  const problems = (data?.problems ?? []).filter(
    ({ problem }) => problem.code !== 'DiscountUnknown' || form.discountCode !== '',
  );
  const discountMinor = totals?.discountMinor ?? 0;
  return (
    <section aria-label="What it comes to" aria-busy={quote.isFetching} className="flex flex-col gap-2">
      <p role="status" className="font-medium text-meta text-pencil">
        {quote.isFetching ? 'Asking for prices…' : saved && !isDirty ? 'Saved as a draft' : 'Not saved yet'}
      </p>
      {problems.map(({ problem, words }) => (
        <Band key={JSON.stringify(problem)} tone="bad" live className="rounded-control">
          {words}
        </Band>
      ))}
      {quote.error && (
        <Band tone="bad" live className="rounded-control">
          The prices could not be read. Nothing is lost; save it, or change something to ask again.
        </Band>
      )}
      {refusal && (
        <Band tone="bad" live className="rounded-control">
          {refusal}
        </Band>
      )}
      <RuledCells
        size="money"
        boxed
        pencil={isDirty}
        className={isDirty ? 'border-dashed' : ''}
        cells={[
          {
            id: 'lines',
            caption: 'Goods',
            value: money(totals?.linesMinor),
            detail:
              discountMinor > 0 ? (
                <>
                  <Money minor={-discountMinor} currency={currency} /> discount
                </>
              ) : undefined,
          },
          { id: 'shipping', caption: 'Shipping', value: money(totals?.shippingMinor) },
          {
            id: 'total',
            caption: 'Total',
            value: <span data-testid="draft-total">{money(totals?.grandTotalMinor)}</span>,
            detail: totals ? <>{money(totals.taxMinor)} of it tax</> : undefined,
          },
        ]}
      />
    </section>
  );
};
