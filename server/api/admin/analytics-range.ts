import type { AnalyticsStep } from '#server/queries/admin-analytics-periods.ts';

/** Days as `2026-11-21`, both inclusive. */
type Range = { readonly from: string; readonly to: string };

const dayMs = 86_400_000;
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const daysIn = ({ from, to }: Range): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;

/** As fine as a chart can show. */
export const stepFor = (range: Range): AnalyticsStep => {
  const days = daysIn(range);
  return days <= 62 ? 'day' : days <= 400 ? 'week' : 'month';
};

/** As many days, ending the day before. */
export const periodBefore = (range: Range): Range => {
  const first = Date.parse(range.from);
  return { from: dayOf(first - daysIn(range) * dayMs), to: dayOf(first - dayMs) };
};
