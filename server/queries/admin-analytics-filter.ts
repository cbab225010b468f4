import type { Database } from '#db/clients.ts';

/** Days of the business time in UTC, both inclusive, as `2026-11-21`. One currency: they are never added up. */
export type AnalyticsRange = { readonly from: string; readonly to: string; readonly currency: string };
export type AnalyticsFilter = AnalyticsRange & {
  readonly channel?: string | undefined;
  readonly country?: string | undefined;
};

/** Everything after `where`, on `read.analytics_daily_v1 as daily`. */
export const matchingDays = (sql: Database, { from, to, currency, channel, country }: AnalyticsFilter) => sql`
  daily.day between ${from}::date and ${to}::date and daily.currency = ${currency}
  ${channel === undefined ? sql`` : sql`and daily.channel = ${channel}`}
  ${country === undefined ? sql`` : sql`and daily.country = ${country}`}`;

/** Sums of all measures. */
export const measureSums = (sql: Database) => sql`
  coalesce(sum(daily.orders), 0)::bigint as orders, coalesce(sum(daily.units), 0)::bigint as units,
  coalesce(sum(daily.ordered_minor), 0)::bigint as "orderedMinor", coalesce(sum(daily.rejected), 0)::bigint as rejected,
  coalesce(sum(daily.revenue_minor), 0)::bigint as "revenueMinor", coalesce(sum(daily.refunds), 0)::bigint as refunds,
  coalesce(sum(daily.refunded_minor), 0)::bigint as "refundedMinor",
  coalesce(sum(daily.canceled), 0)::bigint as canceled, coalesce(sum(daily.shipped), 0)::bigint as shipped,
  coalesce(sum(daily.ship_seconds), 0)::bigint as "shipSeconds"`;

export type AnalyticsSums = {
  readonly orders: number;
  readonly units: number;
  readonly orderedMinor: number;
  readonly rejected: number;
  /** Captured. */
  readonly revenueMinor: number;
  readonly refunds: number;
  readonly refundedMinor: number;
  readonly canceled: number;
  /** Orders whose first parcel left, and their seconds from placing to leaving. */
  readonly shipped: number;
  readonly shipSeconds: number;
};
