import type { Database } from '#db/clients.ts';

/** By SKU: the weight of one piece, in grams. What is no longer in the catalog is missing. */
export const productWeights = async (
  { sql }: { readonly sql: Database },
  skus: readonly string[],
): Promise<Readonly<Record<string, number>>> => {
  if (skus.length === 0) return {};
  const rows = await sql<{ sku: string; grams: number }[]>`
    select sku, weight_grams as grams from shop.products where sku = any(${[...new Set(skus)]})`;
  return Object.fromEntries(rows.map(({ sku, grams }) => [sku, grams]));
};
