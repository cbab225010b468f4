import type { Bounds } from './bounds.ts';
import { filterParts, parseOrderQuery } from './order-query.ts';

/** A filter as a chip shows it: "placed", "last 7 days". */
export type FilterWords = { readonly name: string; readonly value: string };

const spelled = (value: string): string => value.replaceAll('_', ' ').replaceAll(',', ', ');

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
] as const;

const span = (ms: number): string => {
  const [name, unit] = units.find(([, each]) => ms >= each && ms % each === 0) ?? units[1];
  const count = ms / unit;
  return `${count} ${name}${count === 1 ? '' : 's'}`;
};

const agesInWords = ({ min, max }: Bounds<number>): string => {
  if (min && max) return `${span(min.value)} to ${span(max.value)} ago`;
  if (max) return `last ${span(max.value)}`;
  return min ? `over ${span(min.value)} ago` : '';
};

const daysInWords = ({ min, max }: Bounds<string>): string => {
  if (min && max) return min.value === max.value ? min.value : `${min.value} to ${max.value}`;
  if (min) return min.inclusive ? `since ${min.value}` : `after ${min.value}`;
  return max ? (max.inclusive ? `up to ${max.value}` : `before ${max.value}`) : '';
};

const amountsInWords = ({ min, max }: Bounds<number>): string => {
  if (min && max) return min.value === max.value ? String(min.value) : `${min.value} to ${max.value}`;
  if (min) return min.inclusive ? `from ${min.value}` : `over ${min.value}`;
  return max ? (max.inclusive ? `up to ${max.value}` : `under ${max.value}`) : '';
};

/** A token in words; one that isn't understood as it was typed. */
export const filterWords = (token: string): FilterWords => {
  const parts = filterParts(token);
  if (!parts) return { name: token, value: '' };
  const [filter] = parseOrderQuery(token).filters;
  const name = parts.field === 'shipby' ? 'ship by' : parts.field;
  const said = (): string => {
    switch (filter?.kind) {
      case 'ages':
        return agesInWords(filter.bounds);
      case 'days':
        return daysInWords(filter.bounds);
      case 'amounts':
        return amountsInWords(filter.bounds);
      case 'words':
        return spelled(filter.field === 'country' ? parts.value.toUpperCase() : parts.value);
      case undefined:
        return parts.value;
    }
  };
  return { name, value: parts.negated ? `not ${said()}` : said() };
};
