import { filterFields } from '#domain/search/order-filters.ts';
import { type FilterParts, filterParts, parseOrderQuery, tokensOf } from '#domain/search/order-query.ts';
import type { ListState } from './use-desk-state.ts';

/** What the list is asked with. Where something is searched for, it is searched for in all orders. */
export const searchInput = ({ q, view, sort }: ListState) => ({
  q: q.trim(),
  view: parseOrderQuery(q).text === '' ? view : ('all' as const),
  sort,
});

/** What was typed, in the parts that the search box draws. */
export type BoxParts = {
  /** Finished filters, as typed. */
  readonly chips: readonly string[];
  /** The rest, with the filter that is still being typed. */
  readonly rest: string;
};

export const partsOf = (q: string): BoxParts => ({
  chips: tokensOf(q).filter((token) => filterParts(token) !== null),
  rest: tokensOf(q)
    .filter((token) => filterParts(token) === null)
    .join(' '),
});

/**
 * Takes finished filters out of what is typed: a filter is finished by a blank after it, also one without a value, which
 * then says what is missing. The rest keeps its blanks.
 * One letter at a time: with `+` within `+` each further letter of an unfinished value doubled the work.
 */
export const takeChips = (typed: string): BoxParts => {
  const chips: string[] = [];
  const rest = typed.replaceAll(/(?<!\S)(-?[a-z]+:(?:"[^"]+"|[^\s"])*)\s/gi, (_all, token: string) => {
    chips.push(token);
    return '';
  });
  return { chips, rest };
};

/** The filter that is still being typed at the end: `payment:au`; null when there is none. */
export const unfinished = (typed: string): FilterParts | null => {
  const last = tokensOf(typed).at(-1);
  return last && !/\s$/.test(typed) ? filterParts(last) : null;
};

/** Filters that the word at the end begins: `-pay` offers `-payment:`. */
export const fieldsBegun = (typed: string): readonly string[] => {
  const [, minus, word] = /(?:^|\s)(-?)([a-z]{2,})$/i.exec(typed) ?? [];
  if (word === undefined) return [];
  return Object.keys(filterFields)
    .filter((field) => field.startsWith(word.toLowerCase()))
    .map((field) => `${minus}${field}:`);
};

/** The whole query, without the filter that is still being typed. */
export const queryOf = ({ chips, rest }: BoxParts): string =>
  [...chips, ...tokensOf(rest).filter((token) => filterParts(token) === null)].join(' ');
