import type { Database } from '#db/clients.ts';
import { type AnalyticsFilter, type AnalyticsSums, matchingDays, measureSums } from './admin-analytics-filter.ts';

export type AnalyticsSplit = AnalyticsSums & { readonly key: string };

/** Sums by channel or by country, the most revenue first. */
export const readAnalyticsSplit = async (
  { sql }: { readonly sql: Database },
  filter: AnalyticsFilter,
  by: 'channel' | 'country',
): Promise<AnalyticsSplit[]> => {
  const key = { channel: sql`daily.channel`, country: sql`daily.country` }[by];
  const rows = await sql<AnalyticsSplit[]>`
    select ${key} as key, ${measureSums(sql)}
    from read.analytics_daily_v1 as daily
    where ${matchingDays(sql, filter)}
    group by ${key} order by "revenueMinor" desc, orders desc, key`;
  return [...rows];
};
