/**
 * A value as PostgreSQL's jsonb gives it back: no undefined, and the keys of objects by length, then by bytes, whatever
 * order they were written in.
 */
export const asJsonb = <Value>(value: Value): Value => reordered(JSON.parse(JSON.stringify(value))) as Value;

const byLengthThenBytes = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

const reordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  const record = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.keys(record)
      .sort(byLengthThenBytes)
      .map((key) => [key, reordered(record[key])]),
  );
};
