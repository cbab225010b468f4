import type { Waybill } from './state.ts';

/** A value that a record shows: a leaf of plain JSON, or a whole part that came or went. */
export type ChangedValue = unknown;

export type Change = {
  /** From the waybill down, such as `['fulfillments', '<id>', 'status']`. */
  readonly path: readonly string[];
  /** Undefined: there was nothing. */
  readonly before: ChangedValue;
  /** Undefined: it is gone. */
  readonly after: ChangedValue;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lists of things with ids are compared thing by thing, whatever their order. */
const byId = (value: unknown): Readonly<Record<string, unknown>> | null => {
  if (!Array.isArray(value) || value.length === 0) return null;
  const idOf = (item: unknown): string | null => {
    if (!isRecord(item)) return null;
    const id = item.lineId ?? item.noteId ?? item.parcelId;
    return typeof id === 'string' ? id : null;
  };
  const entries = value.map((item) => [idOf(item), item] as const);
  if (entries.some(([id]) => id === null)) return null;
  return Object.fromEntries(entries.map(([id, item]) => [String(id), item]));
};

const isSame = (before: unknown, after: unknown): boolean => JSON.stringify(before) === JSON.stringify(after);

const compare = (path: readonly string[], before: unknown, after: unknown): Change[] => {
  if (before === after || isSame(before, after)) return [];
  const [left, right] = [byId(before) ?? before, byId(after) ?? after];
  if (!isRecord(left) || !isRecord(right)) return [{ path, before, after }];
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return keys.flatMap((key) => compare([...path, key], left[key], right[key]));
};

/**
 * What differs between two states of a waybill, leaf by leaf: an event's before and after, or the past beside today.
 * Stream versions are left out; they count events and say nothing of their own.
 */
export const changesBetween = (before: Waybill, after: Waybill): Change[] => {
  const parts = ({ order, payments, fulfillments }: Waybill) => ({ order, payments, fulfillments });
  return compare([], parts(before), parts(after));
};
