import { nearest } from './nearest.ts';
import { currentStates, type FilterFacts, type FilterField, filterFields, isFilterField } from './order-filters.ts';

/** One filter: the order matches when its field is any of the values. */
export type OrderFilter = { readonly field: FilterField; readonly values: readonly string[] };

export type OrderQuery = {
  readonly filters: readonly OrderFilter[];
  /** What is left to be searched for, words apart by one space. */
  readonly text: string;
  /** In words, one for each filter that isn't understood; such a filter narrows nothing. */
  readonly problems: readonly { readonly token: string; readonly words: string }[];
};

/** `payment:authorized "rua das flores" hold:"address check"`: blanks part tokens, quotes keep them together. */
export const tokensOf = (text: string): string[] => [...text.matchAll(/(?:[^\s"]|"[^"]*"?)+/g)].map(([token]) => token);

const unquoted = (text: string): string => text.replaceAll('"', '').trim();

/** `field:value`; null for a word that only has a colon in it. */
export const filterParts = (token: string): { readonly field: string; readonly value: string } | null => {
  const parts = /^([a-z]+):(.*)$/i.exec(token);
  return parts ? { field: (parts[1] ?? '').toLowerCase(), value: unquoted(parts[2] ?? '') } : null;
};

const listed = (words: readonly string[]): string => words.join(', ');

type Understood = { readonly filter: OrderFilter } | { readonly problem: string };

const understand = (field: string, value: string): Understood => {
  if (!isFilterField(field))
    return {
      problem: `${field}: is not a filter. Try ${listed(nearest(field, Object.keys(filterFields)).slice(0, 4))}.`,
    };
  const { values: known, aliases, what }: FilterFacts = filterFields[field];
  if (value === '')
    return { problem: `Say which: ${listed((known ?? ['any']).slice(0, 3).map((word) => `${field}:${word}`))}.` };
  const wanted = value
    .split(',')
    .map((part) =>
      part
        .trim()
        .toLowerCase()
        .replaceAll(/[\s-]+/g, known ? '_' : ' '),
    )
    .filter((part) => part !== '');
  const values: string[] = [];
  for (const part of wanted) {
    const state = aliases[part] ?? part;
    if (known && !known.includes(state))
      return { problem: `${field}:${part} is not a ${what}. Try ${listed(nearest(part, known).slice(0, 3))}.` };
    values.push(state);
  }
  return { filter: { field, values } };
};

/** Reads what an agent typed. Pure: the browser draws its chips by it, the server searches by it. */
export const parseOrderQuery = (text: string): OrderQuery => {
  const filters: OrderFilter[] = [];
  const words: string[] = [];
  const problems: { token: string; words: string }[] = [];
  for (const token of tokensOf(text)) {
    const parts = filterParts(token);
    if (!parts) {
      words.push(unquoted(token));
      continue;
    }
    const understood = understand(parts.field, parts.value);
    if ('filter' in understood) filters.push(understood.filter);
    else problems.push({ token, words: understood.problem });
  }
  return { filters, text: words.filter((word) => word !== '').join(' '), problems };
};

/** The values to offer while a filter is typed; none where any word will do. */
export const valuesOf = (field: string): readonly string[] => (isFilterField(field) ? currentStates(field) : []);
