import type { Database } from '#db/clients.ts';
import type { AnalyticsRange } from './admin-analytics-filter.ts';

export type SkuSales = {
  readonly sku: string;
  /** From the catalog; null where it is not (any more) in it. */
  readonly name: string | null;
  readonly orders: number;
  readonly units: number;
  /** Ordered, after discount, with tax. */
  readonly orderedMinor: number;
};

/** The SKUs that sold for the most. */
export const readTopSkus = async (
  { sql }: { readonly sql: Database },
  { from, to, currency }: AnalyticsRange,
  limit: number,
): Promise<SkuSales[]> => [
  ...(await sql<SkuSales[]>`
    with top as (
      select sku, sum(orders)::bigint as orders, sum(units)::bigint as units, sum(ordered_minor)::bigint as ordered_minor
      from read.analytics_daily_skus_v1
      where day between ${from}::date and ${to}::date and currency = ${currency}
      group by sku having sum(orders) > 0
      order by 4 desc, sku limit ${limit}
    )
    select top.sku, product.name, top.orders, top.units, top.ordered_minor as "orderedMinor"
    from top left join shop.products product on product.sku = top.sku
    order by top.ordered_minor desc, top.sku`),
];
