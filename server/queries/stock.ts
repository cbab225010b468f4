import type { Database } from '#db/clients.ts';

/** What can be bought of each SKU now, over all warehouses. A SKU that was never stocked is missing. */
export const availableBySku = async (
  { sql }: { readonly sql: Database },
  skus: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  if (skus.length === 0) return new Map();
  const rows = await sql<{ sku: string; available: number }[]>`
    select sku, available from read.inventory_view_v1 where sku = any(${[...skus]})`;
  return new Map(rows.map(({ sku, available }) => [sku, Number(available)]));
};
