'use client';

import { CircleAlert } from 'lucide-react';
import type { QueryProblem } from '#domain/search/order-query.ts';

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

/** Under the search box: what is wrong with a filter, what is possible, and what may follow what is being typed. */
export const SearchHints = ({ problems, onFix, offers }: SearchHintsProps) => (
  <>
    {problems.length > 0 && (
      <div role="status" className="mt-1.5 flex flex-col gap-1.5 px-1 text-bad text-meta">
        {problems.map(({ token, words, fixes }) => (
          <div key={token} className="flex flex-wrap items-center gap-1">
            <p className="mr-1 flex items-start gap-1.5">
              <CircleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
              {words}
            </p>
            {fixes.slice(0, 3).map((fix) => (
              <button key={fix} type="button" onClick={() => onFix(token, fix)} className={choiceLooks}>
                {fix}
              </button>
            ))}
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
