import type { LineId } from '../shared/ids.ts';

/**
 * Values by line id, as plain JSON in two levels: a flash sale holds tens of thousands of reservations on one SKU, and
 * a flat record would be copied whole for each (measured: 10,000 reservations took 28 s flat, and take 0.5 s so).
 */
export type ByLine<Value> = Readonly<Record<string, Readonly<Record<LineId, Value>>>>;

/** FNV-1a, to one of 256 buckets. Fixed for ever: snapshots hold it. */
const bucketOf = (lineId: LineId): string => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < lineId.length; index += 1) hash = Math.imul(hash ^ lineId.charCodeAt(index), 0x01000193);
  return `b${(hash >>> 0) % 256}`;
};

export const lineIn = <Value>(values: ByLine<Value>, lineId: LineId): Value | undefined =>
  values[bucketOf(lineId)]?.[lineId];

export const withLine = <Value>(values: ByLine<Value>, lineId: LineId, value: Value): ByLine<Value> => {
  const bucket = bucketOf(lineId);
  return { ...values, [bucket]: { ...values[bucket], [lineId]: value } };
};

/** Empty buckets go too, so that the same lines are always the same JSON. */
export const withoutLine = <Value>(values: ByLine<Value>, lineId: LineId): ByLine<Value> => {
  const bucket = bucketOf(lineId);
  const { [lineId]: _gone, ...left } = values[bucket] ?? ({} as Readonly<Record<LineId, Value>>);
  const { [bucket]: _old, ...others } = values;
  return Object.keys(left).length === 0 ? others : { ...others, [bucket]: left };
};

export const allLines = <Value>(values: ByLine<Value>): Value[] =>
  Object.values(values).flatMap((bucket) => Object.values<Value>(bucket));
