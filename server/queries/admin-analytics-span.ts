import type { Database } from '#db/clients.ts';

/** What there is in one currency. Days as `2026-11-21`. */
export type CurrencySpan = {
  readonly currency: string;
  readonly orders: number;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly channels: readonly string[];
  readonly countries: readonly string[];
};

/** The currencies that were sold in, the most recently used first. */
export const readCurrencySpans = async ({ sql }: { readonly sql: Database }): Promise<CurrencySpan[]> => [
  ...(await sql<CurrencySpan[]>`
    select currency, sum(orders)::bigint as orders, to_char(min(day), 'YYYY-MM-DD') as "firstDay",
      to_char(max(day), 'YYYY-MM-DD') as "lastDay", array_agg(distinct channel order by channel) as channels,
      array_agg(distinct country order by country) as countries
    from read.analytics_daily_v1
    group by currency order by max(day) desc, currency`),
];
