'use client';

import { Search } from 'lucide-react';
import { type KeyboardEvent, memo, useEffect, useEffectEvent, useRef, useState } from 'react';
import { filterWords } from '#domain/search/filter-words.ts';
import { nearest } from '#domain/search/nearest.ts';
import { filterFields } from '#domain/search/order-filters.ts';
import {
  filterParts,
  type KnownValues,
  parseOrderQuery,
  tokenOf,
  tokensOf,
  valuesOf,
} from '#domain/search/order-query.ts';
import { searchable } from '#domain/search/search-text.ts';
import { FilterChip } from '../../_ui/chip.tsx';
import { Kbd } from '../../_ui/kbd.tsx';
import { useShortcuts } from '../../_ui/keys.ts';
import { ChipInput } from './chip-input.tsx';
import { type Offers, SearchHints } from './search-hints.tsx';
import { type BoxParts, fieldsBegun, partsOf, queryOf, takeChips, unfinished } from './search-input.ts';

interface SearchBoxProps {
  readonly q: string;
  readonly onChange: (q: string) => void;
  /** ↓ goes on to the list. */
  readonly onLeave: () => void;
  /** Names at the desk, warehouses. */
  readonly known: KnownValues;
}

/** Values to offer for what is typed of one: those that have it in them, else those spelled alike. */
const likely = (typed: string, values: readonly string[]): readonly string[] => {
  const having = values.filter((value) => searchable(value).includes(searchable(typed)));
  return (having.length > 0 ? having : nearest(typed, values)).slice(0, 6);
};

const spelled = (value: string): string => value.replaceAll('_', ' ').replaceAll(',', ', ');

/** One box for everything: words, numbers and filters, which become chips. The list follows while typing. Not drawn anew when rows change. */
export const SearchBox = memo(({ q, onChange, onLeave, known }: SearchBoxProps) => {
  const input = useRef<HTMLInputElement>(null);
  const pasted = useRef(false);
  const [parts, setParts] = useState<BoxParts>(() => partsOf(q));
  const [told, setTold] = useState(q);
  const [edited, setEdited] = useState<{ readonly index: number; readonly text: string } | null>(null);
  // Known before the next drawing: the chip that gives the focus back is left by that, too.
  const isEditing = useRef(false);
  // The address changed under the box: Back, a link, a saved view.
  if (q !== told) {
    setTold(q);
    setParts(partsOf(q));
    setEdited(null);
  }
  const put = (next: BoxParts) => {
    setParts(next);
    const query = queryOf(next);
    setTold(query);
    onChange(query);
  };
  const focus = () => input.current?.focus();
  useShortcuts({ '/': focus });
  const type = (text: string) => {
    // What is pasted is finished.
    const taken = takeChips(pasted.current ? `${text} ` : text);
    pasted.current = false;
    put({ chips: [...parts.chips, ...taken.chips], rest: taken.chips.length > 0 ? taken.rest : text });
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
    const before = parts.rest.replace(/(?:[^\s"]|"[^"]*"?)+$/, '');
    const token = value === undefined ? parts.rest.slice(before.length) : tokenOf({ ...filter, value });
    put({ chips: [...parts.chips, token], rest: before });
    focus();
    return true;
  };
  const edit = (index: number, text: string) => {
    isEditing.current = true;
    setEdited({ index, text });
  };
  const cancelEdit = () => {
    isEditing.current = false;
    setEdited(null);
    focus();
  };
  /** What no longer is a filter goes back among the words. */
  const keepEdited = (text: string) => {
    if (!edited || !isEditing.current) return;
    isEditing.current = false;
    const tokens = tokensOf(text);
    const chips = tokens.filter((token) => filterParts(token) !== null);
    const words = tokens.filter((token) => filterParts(token) === null);
    setEdited(null);
    put({
      chips: parts.chips.toSpliced(edited.index, 1, ...chips),
      rest: [parts.rest, ...words].filter((one) => one !== '').join(' '),
    });
  };
  const finishEdit = (text: string) => {
    keepEdited(text);
    focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') {
      if (!finish()) onLeave();
    } else if (event.key === 'ArrowDown') onLeave();
    else if (event.key === 'Backspace' && parts.rest === '' && parts.chips.length > 0)
      put({ chips: parts.chips.slice(0, -1), rest: '' });
    else if (event.key === 'Escape') {
      if (parts.rest !== '' || parts.chips.length > 0) put({ chips: [], rest: '' });
      else {
        input.current?.blur();
        onLeave();
      }
    } else return;
    event.preventDefault();
  };

  const { problems } = parseOrderQuery(parts.chips.join(' '), known);
  const offers = (): Offers => {
    const filter = edited ? filterParts(edited.text) : unfinished(parts.rest);
    if (filter) {
      const values = valuesOf(filter.field, known);
      const take = (value: string) => () => (edited ? finishEdit(tokenOf({ ...filter, value })) : void finish(value));
      return {
        field: filter.field,
        values: likely(filter.value, values).map((value) => ({ label: spelled(value), take: take(value) })),
      };
    }
    if (edited) return { field: null, values: [] };
    const take = (begun: string) => () => {
      setParts({ ...parts, rest: parts.rest.replace(/\S+$/, begun) });
      focus();
    };
    return { field: null, values: fieldsBegun(parts.rest).map((begun) => ({ label: begun, take: take(begun) })) };
  };
  return (
    <search className="block p-2.5 pb-1">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a press beside the chips is meant for the input */}
      <div
        onMouseDown={(event) => {
          if (event.target !== event.currentTarget) return;
          event.preventDefault();
          focus();
        }}
        className="flex min-h-9 flex-wrap items-center gap-1.5 rounded-control border border-field bg-sheet px-2.5 py-1.5 focus-within:outline-2 focus-within:outline-ring"
      >
        <Search aria-hidden="true" className="size-4 shrink-0 text-muted" />
        {parts.chips.map((token, index) => {
          if (edited?.index === index)
            return (
              <ChipInput
                key="edited"
                value={edited.text}
                onChange={(text) => setEdited({ index, text })}
                onEnter={() => finishEdit(edited.text)}
                onCancel={cancelEdit}
                onBlur={() => keepEdited(edited.text)}
              />
            );
          const { name, value } = filterWords(token);
          return (
            <FilterChip
              // biome-ignore lint/suspicious/noArrayIndexKey: the same filter may stand there twice
              key={`${token} ${index}`}
              name={name}
              value={value}
              invalid={problems.some((problem) => problem.token === token)}
              onEdit={() => edit(index, token)}
              onRemove={() => {
                put({ ...parts, chips: parts.chips.toSpliced(index, 1) });
                focus();
              }}
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
          onPaste={() => {
            pasted.current = true;
          }}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
          className="h-6 min-w-20 flex-1 bg-transparent text-body outline-none placeholder:text-muted [&::-webkit-search-cancel-button]:hidden"
        />
        <span className="max-sm:hidden">
          <Kbd>/</Kbd>
        </span>
      </div>
      <span id="search-help" className="sr-only">
        Filters: {Object.keys(filterFields).join(', ')}, as in payment:authorized, total:&gt;100, placed:&lt;7d. A minus
        before a filter turns it round.
      </span>
      <SearchHints
        problems={problems}
        onFix={(token, fix) => put({ ...parts, chips: parts.chips.map((one) => (one === token ? fix : one)) })}
        offers={offers()}
      />
    </search>
  );
});
SearchBox.displayName = 'SearchBox';
