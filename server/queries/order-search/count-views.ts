import type { Database } from '#db/clients.ts';
import { type DeskView, deskViews } from '#domain/search/order-sorts.ts';
import { countMost } from './count-orders.ts';
import { inView } from './filter-sql.ts';

/** How many orders each view holds, up to `countMost`; each by its own index. */
export const countViews = async ({ sql }: { readonly sql: Database }): Promise<Readonly<Record<DeskView, number>>> => {
  const counts = await Promise.all(
    deskViews.map(async (view) => {
      const [row] = await sql<{ total: number }[]>`
        select count(*)::int as total
        from (select from read.order_search_v2 o where ${inView(sql, view)} limit ${countMost}) as counted`;
      return [view, row?.total ?? 0] as const;
    }),
  );
  return Object.fromEntries(counts) as Record<DeskView, number>;
};
