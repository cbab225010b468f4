import type { Database } from '#db/clients.ts';
import { type AnalyticsFilter, type AnalyticsSums, matchingDays, measureSums } from './admin-analytics-filter.ts';

export const analyticsSteps = ['day', 'week', 'month'] as const;
export type AnalyticsStep = (typeof analyticsSteps)[number];

/** `start`: the first day of the step, cut at the range's first. */
export type AnalyticsPeriod = AnalyticsSums & { readonly start: string };

/** Sums by day, week (from Monday) or month; steps without sales have zeros. */
export const readAnalyticsPeriods = async (
  { sql }: { readonly sql: Database },
  filter: AnalyticsFilter,
  step: AnalyticsStep,
): Promise<AnalyticsPeriod[]> => {
  const { from, to } = filter;
  const rows = await sql<AnalyticsPeriod[]>`
    select to_char(greatest(step.start, ${from}::date), 'YYYY-MM-DD') as start, ${measureSums(sql)}
    from (
      select generate_series(date_trunc(${step}, ${from}::date::timestamp), ${to}::date::timestamp,
        ${`1 ${step}`}::interval)::date as start
    ) as step
    left join read.analytics_daily_v1 as daily
      on date_trunc(${step}, daily.day::timestamp)::date = step.start and ${matchingDays(sql, filter)}
    group by step.start order by step.start`;
  return [...rows];
};
