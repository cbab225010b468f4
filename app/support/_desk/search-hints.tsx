'use client';

import { CircleAlert } from 'lucide-react';
import { filterParts, type QueryProblem } from '#domain/search/order-query.ts';

export interface Offers {
  /** The filter that they are for; null where whole filters are offered. */
  readonly field: string | null;
  readonly values: readonly { readonly label: string; readonly take: () => void }[];
}

interface SearchHintsProps {
  readonly problems: readonly QueryProblem[];
  readonly onFix: (token: string, fix: string) => void;
  readonly offers: Offers;
}

const choiceLooks =
  'min-h-6 rounded-badge border border-rule bg-sheet px-1.5 text-ink hover:bg-tint max-sm:min-h-8 max-sm:px-2.5';

/** The value alone, where the filter stays the same. */
const labelOf = (token: string, fix: string): string => {
  const [before, after] = [filterParts(token), filterParts(fix)];
  return after && before?.field === after.field ? after.value.replaceAll('_', ' ') : fix;
};

/** Under the search box: what is wrong with a filter, what is possible, and what may follow what is being typed. */
export const SearchHints = ({ problems, onFix, offers }: SearchHintsProps) => (
  <>
    {problems.length > 0 && (
      <div role="status" className="mt-1.5 flex flex-col gap-1.5 px-1 text-bad text-meta">
        {problems.map(({ token, words, fixes }) => (
          <div key={token}>
            <p className="flex items-start gap-1.5">
              <CircleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
              {words}
            </p>
            {fixes.length > 0 && (
              <div className="mt-1 flex flex-wrap gap-1 pl-5">
                {fixes.slice(0, 3).map((fix) => (
                  <button
                    key={fix}
                    type="button"
                    aria-label={`Take ${fix}`}
                    onClick={() => onFix(token, fix)}
                    className={choiceLooks}
                  >
                    {labelOf(token, fix)}
                  </button>
                ))}
              </div>
            )}
          </div>
        ))}
      </div>
    )}
    {offers.values.length > 0 && (
      <div className="mt-1.5 flex flex-wrap items-center gap-1 px-1 text-meta">
        {offers.field !== null && <span className="mr-1 text-muted">{offers.field}</span>}
        {offers.values.map(({ label, take }) => (
          <button
            key={label}
            type="button"
            // The field that is being typed in keeps the focus until it is taken over.
            onMouseDown={(event) => event.preventDefault()}
            onClick={take}
            className={choiceLooks}
          >
            {label}
          </button>
        ))}
      </div>
    )}
  </>
);
