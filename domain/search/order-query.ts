import {
  type AgeField,
  type AmountField,
  type Bounds,
  type Day,
  type DayField,
  readAges,
  readAmounts,
  readDays,
} from './bounds.ts';
import { nearest } from './nearest.ts';
import { type FilterField, factsOf, filterFields, isFilterField } from './order-filters.ts';
import { searchable, unwrapped } from './search-text.ts';

type WordField = Exclude<FilterField, AmountField | AgeField | DayField>;

/** One filter. `negated`: the order matches when it does not. */
export type OrderFilter = { readonly negated: boolean } & (
  | { readonly kind: 'words'; readonly field: WordField /** Any of them. */; readonly values: readonly string[] }
  | { readonly kind: 'amounts'; readonly field: AmountField; readonly bounds: Bounds<number> }
  /** How long ago, in ms. */
  | { readonly kind: 'ages'; readonly field: AgeField; readonly bounds: Bounds<number> }
  | { readonly kind: 'days'; readonly field: AgeField | DayField; readonly bounds: Bounds<Day> }
);

/** A filter that isn't understood; it narrows nothing. */
export type QueryProblem = {
  readonly token: string;
  /** What is wrong, and what is possible. */
  readonly words: string;
  /** Tokens to put in its place. */
  readonly fixes: readonly string[];
};

export type OrderQuery = {
  readonly filters: readonly OrderFilter[];
  /** What is left to be searched for, words apart by one space. */
  readonly text: string;
  readonly problems: readonly QueryProblem[];
};

/** Values that are known to exist, where somebody knows: names at the desk, warehouses. */
export type KnownValues = Partial<Readonly<Record<FilterField, readonly string[]>>>;

/** `payment:authorized "rua das flores" hold:"address check"`: blanks part tokens, quotes keep them together. */
export const tokensOf = (text: string): string[] => [...text.matchAll(/(?:[^\s"]|"[^"]*"?)+/g)].map(([token]) => token);

const unquoted = (text: string): string => text.replaceAll('"', '').trim();

export type FilterParts = { readonly negated: boolean; readonly field: string; readonly value: string };

/** `field:value` or `-field:value`; null for a word that only has a colon in it. */
export const filterParts = (token: string): FilterParts | null => {
  const parts = /^(-?)([a-z]+):(.*)$/i.exec(token);
  return parts
    ? { negated: parts[1] === '-', field: (parts[2] ?? '').toLowerCase(), value: unquoted(parts[3] ?? '') }
    : null;
};

/** The token of a filter, quoted where its value has blanks. */
export const tokenOf = ({ negated, field, value }: FilterParts): string =>
  `${negated ? '-' : ''}${field}:${/[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value}`;

const listed = (words: readonly string[]): string => words.join(', ');

type Understood = { readonly filter: OrderFilter } | { readonly words: string; readonly fixes: readonly string[] };

const understandBounds = (parts: FilterParts & { field: AmountField | AgeField | DayField }): Understood => {
  const { negated, field } = parts;
  const value = parts.value.toLowerCase().replaceAll(/\s/g, '');
  const facts = factsOf(field);
  const examples = 'examples' in facts ? facts.examples : [];
  const tokens = examples.map((example) => tokenOf({ ...parts, value: example }));
  const problem = (what: string): Understood => ({
    words: `${what} Try ${listed(tokens.slice(0, 3))}.`,
    fixes: tokens,
  });
  if (value === '') return { words: `Say which: ${listed(tokens.slice(0, 3))}.`, fixes: tokens };
  const backwards = () => problem(`${field}:${parts.value} runs backwards.`);
  if (field === 'total') {
    const bounds = readAmounts(value.replaceAll(/(?<=\d),(?=\d{3}(\D|$))/g, ''));
    if (bounds === 'backwards') return backwards();
    return bounds === 'unreadable'
      ? problem(`${field}:${parts.value} is not an amount.`)
      : { filter: { kind: 'amounts', negated, field, bounds } };
  }
  const days = readDays(value);
  if (days === 'backwards') return backwards();
  if (days !== 'unreadable') return { filter: { kind: 'days', negated, field, bounds: days } };
  const ages = field === 'shipby' ? 'unreadable' : readAges(value);
  if (ages === 'backwards') return backwards();
  if (ages !== 'unreadable' && field !== 'shipby') return { filter: { kind: 'ages', negated, field, bounds: ages } };
  return problem(`${field}:${parts.value} is not ${field === 'shipby' ? 'a day' : 'a time'}.`);
};

const isBounded = (field: FilterField): field is AmountField | AgeField | DayField => 'examples' in factsOf(field);

const understandWords = (parts: FilterParts & { field: WordField }, known: readonly string[] | null): Understood => {
  const { negated, field, value } = parts;
  const facts = filterFields[field];
  const possible = [...facts.values, ...(known ?? [])];
  const tokens = (some: readonly string[]) => some.map((one) => tokenOf({ ...parts, value: one }));
  if (value === '')
    return {
      words:
        possible.length > 0
          ? `Say which: ${listed(tokens(possible).slice(0, 3))}.`
          : `Say which ${field}, as in ${field}:${field === 'country' ? 'PT' : 'PORTO'}.`,
      fixes: tokens(possible).slice(0, 3),
    };
  const values: string[] = [];
  for (const part of value
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')) {
    const plain = part.toLowerCase().replaceAll(/[\s-]+/g, facts.kind === 'state' ? '_' : ' ');
    const state = (facts.kind === 'state' && (facts.aliases as Readonly<Record<string, string>>)[plain]) || plain;
    const isKnown =
      facts.kind === 'state'
        ? possible.includes(state)
        : possible.some((one) => searchable(one).replaceAll('-', ' ').includes(searchable(plain))) || known === null;
    const isWellFormed = !('pattern' in facts) || facts.pattern.test(state);
    if (!isKnown || !isWellFormed) {
      const near = nearest(plain, possible).slice(0, 3);
      const fixes = tokens(near);
      const hint = near.length > 0 ? ` Try ${listed(near)}.` : ' Try PT, DE, FR.';
      return { words: `${field}:${part} is not a ${facts.what}.${hint}`, fixes };
    }
    values.push(state);
  }
  return { filter: { kind: 'words', negated, field, values } };
};

/** The token as it is where its field takes the value, else with the nearest value that it takes. */
const tokenFor = (parts: FilterParts, known: KnownValues): readonly string[] => {
  if ('filter' in understand(parts, known)) return [tokenOf(parts)];
  const [value] = nearest(parts.value, valuesOf(parts.field, known));
  return value === undefined ? [] : [tokenOf({ ...parts, value })];
};

const understand = (parts: FilterParts, known: KnownValues): Understood => {
  const { field } = parts;
  if (!isFilterField(field)) {
    const near = nearest(field, Object.keys(filterFields)).slice(0, 4);
    return {
      words: `${field}: is not a filter. Try ${listed(near)}.`,
      fixes: near.flatMap((one) => tokenFor({ ...parts, field: one }, known)),
    };
  }
  return isBounded(field)
    ? understandBounds({ ...parts, field })
    : understandWords({ ...parts, field }, known[field] ?? null);
};

/** Reads what an agent typed. Pure: the browser draws its chips by it, the server searches by it. */
export const parseOrderQuery = (text: string, known: KnownValues = {}): OrderQuery => {
  const filters: OrderFilter[] = [];
  const words: string[] = [];
  const problems: QueryProblem[] = [];
  for (const token of tokensOf(text)) {
    const parts = filterParts(token);
    if (!parts) {
      words.push(unwrapped(unquoted(token)));
      continue;
    }
    const understood = understand(parts, known);
    if ('filter' in understood) filters.push(understood.filter);
    else problems.push({ token, ...understood });
  }
  return { filters, text: words.filter((word) => word !== '').join(' '), problems };
};

/** The values to offer while a filter is typed; none where any word will do and nobody knows which there are. */
export const valuesOf = (field: string, known: KnownValues = {}): readonly string[] => {
  if (!isFilterField(field)) return [];
  const facts = factsOf(field);
  return 'examples' in facts ? facts.examples : [...facts.values, ...(known[field] ?? [])];
};
