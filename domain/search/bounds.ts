/** Amounts in major units of the order's own currency. */
export type AmountField = 'total';
/** `placed:>7d` is a span of ages, `placed:2026-11-01` one of days. */
export type AgeField = 'placed' | 'updated';
/** Days alone, which may lie ahead. */
export type DayField = 'shipby';
export type BoundedField = AmountField | AgeField | DayField;

/** `YYYY-MM-DD` in UTC, or a day as seen from today. */
export type Day = string;

const relativeDays: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 };

export type Bound<Value> = { readonly value: Value; readonly inclusive: boolean };

/** From `min` to `max`; null where it is open. */
export type Bounds<Value> = { readonly min: Bound<Value> | null; readonly max: Bound<Value> | null };

/** `>100`, `>=100`, `<50`, `<=50`, `10..50`, `10..`, `..50`, `42`; null where a part is no value. */
const boundsOf = <Value>(text: string, read: (part: string) => Value | null): Bounds<Value> | null => {
  const compared = /^(>=|<=|>|<)(.+)$/.exec(text);
  if (compared) {
    const value = read(compared[2] ?? '');
    if (value === null) return null;
    const bound = { value, inclusive: compared[1]?.length === 2 };
    return compared[1]?.startsWith('>') ? { min: bound, max: null } : { min: null, max: bound };
  }
  const range = /^(.*?)\.\.(.*)$/.exec(text);
  const [from = '', to = ''] = range ? [range[1], range[2]] : [text, text];
  if (from === '' && to === '') return null;
  const [min, max] = [from === '' ? null : read(from), to === '' ? null : read(to)];
  if ((from !== '' && min === null) || (to !== '' && max === null)) return null;
  const inclusive = (value: Value | null) => (value === null ? null : { value, inclusive: true });
  return { min: inclusive(min), max: inclusive(max) };
};

const isBackwards = <Value>({ min, max }: Bounds<Value>): boolean => !!min && !!max && min.value > max.value;

/** Decimal text, such as `99.50`; a number is read of it where it is compared. */
const readAmount = (part: string): number | null => (/^\d{1,12}(\.\d{1,3})?$/.test(part) ? Number(part) : null);

const msOf: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

const readAge = (part: string): number | null => {
  const [, count, unit] = /^(\d{1,4})([hdw])$/.exec(part) ?? [];
  return count === undefined ? null : Number(count) * (msOf[unit ?? ''] ?? 0);
};

const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  // JavaScript makes 3 March of 31 February.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};

const readDay = (part: string): Day | null => (Object.hasOwn(relativeDays, part) || isDay(part) ? part : null);

export type Read<Value> = Bounds<Value> | 'unreadable' | 'backwards';

const checked = <Value>(bounds: Bounds<Value> | null, backwards: (bounds: Bounds<Value>) => boolean): Read<Value> =>
  bounds === null ? 'unreadable' : backwards(bounds) ? 'backwards' : bounds;

export const readAmounts = (text: string): Read<number> => checked(boundsOf(text, readAmount), isBackwards);

/** In ms. An exact age would find nothing: it takes a comparison or a range. */
export const readAges = (text: string): Read<number> =>
  /^[\d]+[hdw]$/.test(text) ? 'unreadable' : checked(boundsOf(text, readAge), isBackwards);

// Words are of days that move: only what is written as a date can run backwards for ever.
export const readDays = (text: string): Read<Day> =>
  checked(
    boundsOf(text, readDay),
    (bounds) => [bounds.min, bounds.max].every((one) => one && isDay(one.value)) && isBackwards(bounds),
  );

const startOf = (day: Day, nowMs: number): number => {
  const offset = relativeDays[day];
  return offset === undefined
    ? Date.parse(`${day}T00:00:00Z`)
    : Math.floor(nowMs / 86_400_000) * 86_400_000 + offset * 86_400_000;
};

/** From (included) and to (not included), in ms since 1970; null where it is open. */
export type Interval = { readonly fromMs: number | null; readonly toMs: number | null };

/** `>2026-11-01` begins when that day has ended. */
export const intervalOfDays = ({ min, max }: Bounds<Day>, nowMs: number): Interval => ({
  fromMs: min && startOf(min.value, nowMs) + (min.inclusive ? 0 : 86_400_000),
  toMs: max && startOf(max.value, nowMs) + (max.inclusive ? 86_400_000 : 0),
});

/** What is older than 7 days happened before now less 7 days. */
export const intervalOfAges = ({ min, max }: Bounds<number>, nowMs: number): Interval => ({
  fromMs: max && nowMs - max.value,
  toMs: min && nowMs - min.value,
});

/** The least and the most of minor units that lie within, at so many digits. */
export const minorWithin = (
  { min, max }: Bounds<number>,
  digits: number,
): { readonly least: number | null; readonly most: number | null } => {
  // Binary fractions: 1.15 × 100 is 114.99999999999999.
  const scaled = (value: number) => Number((value * 10 ** digits).toFixed(3));
  return {
    least: min && (min.inclusive ? Math.ceil(scaled(min.value)) : Math.floor(scaled(min.value)) + 1),
    most: max && (max.inclusive ? Math.floor(scaled(max.value)) : Math.ceil(scaled(max.value)) - 1),
  };
};
