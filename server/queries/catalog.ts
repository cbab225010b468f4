import { and, eq, inArray, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { type Product, products } from '#db/schema/products.ts';

/** Products on sale by SKU; what is not on sale is missing. */
export const productsBySku = async (
  crud: PostgresJsDatabase,
  skus: readonly string[],
): Promise<ReadonlyMap<string, Product>> => {
  if (skus.length === 0) return new Map();
  const rows = await crud
    .select()
    .from(products)
    .where(and(inArray(products.sku, [...skus]), eq(products.active, true)));
  return new Map(rows.map((row) => [row.sku, row]));
};

export type CategoryCount = {
  readonly category: string;
  readonly products: number;
  readonly subcategories: readonly string[];
  /** Of the category's first product. */
  readonly picture: string | null;
  readonly hue: number;
};

/** The categories in the catalog's order. */
export const listCategories = async (crud: PostgresJsDatabase): Promise<CategoryCount[]> => {
  const rows = await crud
    .select({
      category: products.category,
      products: sql<number>`count(*)::int`,
      subcategories: sql<string[]>`array_agg(distinct ${products.subcategory} order by ${products.subcategory})`,
      picture: sql<string | null>`(array_agg(${products.picture} order by ${products.rank}, ${products.sku}))[1]`,
      hue: sql<number>`(array_agg(${products.hue} order by ${products.rank}, ${products.sku}))[1]`,
    })
    .from(products)
    .where(eq(products.active, true))
    .groupBy(products.category)
    .orderBy(sql`min(${products.rank})`);
  return rows;
};
