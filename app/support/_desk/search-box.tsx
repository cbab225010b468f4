'use client';

import { CircleAlert, Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { nearest } from '#domain/search/nearest.ts';
import { filterFields } from '#domain/search/order-filters.ts';
import { filterParts, parseOrderQuery, valuesOf } from '#domain/search/order-query.ts';
import { FilterChip } from '../../_ui/chip.tsx';
import { Kbd } from '../../_ui/kbd.tsx';
import { useShortcuts } from '../../_ui/keys.ts';
import { type BoxParts, partsOf, queryOf, takeChips, unfinished } from './search-input.ts';

interface SearchBoxProps {
  readonly q: string;
  readonly onChange: (q: string) => void;
  /** ↓ goes on to the list. */
  readonly onLeave: () => void;
}

const spelled = (value: string): string => value.replaceAll('_', ' ').replaceAll(',', ', ');

/** The values to offer for the filter that is being typed. */
const offersFor = (rest: string): readonly string[] => {
  const filter = unfinished(rest);
  if (!filter) return [];
  const values = valuesOf(filter.field);
  return values.includes(filter.value) ? [filter.value] : nearest(filter.value, values).slice(0, 6);
};

/** One box for everything: words, numbers and filters, which become chips. The list follows while typing. */
export const SearchBox = ({ q, onChange, onLeave }: SearchBoxProps) => {
  const input = useRef<HTMLInputElement>(null);
  const [parts, setParts] = useState<BoxParts>(() => partsOf(q));
  const [told, setTold] = useState(q);
  // The address changed under the box: Back, or a link.
  if (q !== told) {
    setTold(q);
    setParts(partsOf(q));
  }
  const put = (next: BoxParts) => {
    setParts(next);
    const query = queryOf(next);
    setTold(query);
    onChange(query);
  };
  useShortcuts({ '/': () => input.current?.focus() });
  const type = (text: string) => {
    const taken = takeChips(text);
    put({ chips: [...parts.chips, ...taken.chips], rest: taken.rest });
  };
  const takeUp = useEffectEvent(() => {
    const typed = input.current?.value ?? '';
    if (typed !== '' && typed !== parts.rest) type(typed);
  });
  // What was typed before the page woke up.
  useEffect(() => takeUp(), []);
  const finish = (value?: string) => {
    const filter = unfinished(parts.rest);
    if (!filter) return false;
    const before = parts.rest.replace(/\S*$/, '');
    const token = value === undefined ? parts.rest.slice(before.length) : `${filter.field}:${value}`;
    put({ chips: [...parts.chips, token], rest: before });
    input.current?.focus();
    return true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') {
      if (!finish()) onLeave();
    } else if (event.key === 'ArrowDown') onLeave();
    else if (event.key === 'Backspace' && parts.rest === '' && parts.chips.length > 0)
      put({ chips: parts.chips.slice(0, -1), rest: '' });
    else if (event.key === 'Escape') {
      if (parts.rest === '' && parts.chips.length === 0) input.current?.blur();
      else put({ chips: [], rest: '' });
    } else return;
    event.preventDefault();
  };

  const { problems } = parseOrderQuery(parts.chips.join(' '));
  const offers = offersFor(parts.rest);
  const typing = unfinished(parts.rest);
  return (
    <search className="block p-2.5 pb-1">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a press beside the chips is meant for the input */}
      <div
        onMouseDown={(event) => {
          if (event.target !== event.currentTarget) return;
          event.preventDefault();
          input.current?.focus();
        }}
        className="flex min-h-9 flex-wrap items-center gap-1.5 rounded-control border border-field bg-sheet px-2.5 py-1.5 focus-within:outline-2 focus-within:outline-ring"
      >
        <Search aria-hidden="true" className="size-4 shrink-0 text-muted" />
        {parts.chips.map((token, index) => {
          const { field, value } = filterParts(token) ?? { field: token, value: '' };
          const without = parts.chips.filter((_, at) => at !== index);
          return (
            <FilterChip
              // biome-ignore lint/suspicious/noArrayIndexKey: the same filter may stand there twice
              key={`${token} ${index}`}
              name={field}
              value={spelled(value)}
              invalid={problems.some((problem) => problem.token === token)}
              onEdit={() => {
                put({ chips: without, rest: token });
                input.current?.focus();
              }}
              onRemove={() => put({ ...parts, chips: without })}
            />
          );
        })}
        <input
          ref={input}
          type="search"
          aria-label="Search orders"
          aria-describedby="search-help"
          placeholder={parts.chips.length === 0 ? 'Number, name, e-mail, SKU, tracking, payment:authorized' : undefined}
          autoComplete="off"
          spellCheck={false}
          value={parts.rest}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
          className="h-6 min-w-20 flex-1 bg-transparent text-body outline-none placeholder:text-muted [&::-webkit-search-cancel-button]:hidden"
        />
        <span className="max-sm:hidden">
          <Kbd>/</Kbd>
        </span>
      </div>
      <span id="search-help" className="sr-only">
        Filters: {Object.keys(filterFields).join(', ')}, as in payment:authorized.
      </span>
      {problems.length > 0 && (
        <div role="status" className="mt-1.5 flex flex-col gap-0.5 px-1 text-bad text-meta">
          {problems.map(({ token, words }) => (
            <p key={token} className="flex items-start gap-1.5">
              <CircleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
              {words}
            </p>
          ))}
        </div>
      )}
      {typing && offers.length > 0 && (
        <div className="mt-1.5 flex flex-wrap items-center gap-1 px-1 text-meta">
          <span className="mr-1 text-muted">{typing.field}</span>
          {offers.map((value) => (
            <button
              key={value}
              type="button"
              onClick={() => finish(value)}
              className="h-6 rounded-badge border border-rule bg-sheet px-1.5 hover:bg-tint"
            >
              {spelled(value)}
            </button>
          ))}
        </div>
      )}
    </search>
  );
};
