import { and, eq, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { type Product, products } from '#db/schema/products.ts';
import { createBatcher } from '#server/adapters/batcher.ts';

type FindProducts = (skus: readonly string[]) => Promise<ReadonlyMap<string, Product>>;

const lookups = new WeakMap<PostgresJsDatabase, FindProducts>();

/** Carts that are priced at the same moment share a round trip, and all share one prepared statement. */
const lookupOn = (crud: PostgresJsDatabase): FindProducts => {
  const known = lookups.get(crud);
  if (known) return known;
  const statement = crud
    .select()
    .from(products)
    .where(and(sql`${products.sku} = any(${sql.placeholder('skus')}::text[])`, eq(products.active, true)))
    .prepare('products_by_sku');
  const lookup = createBatcher(async (carts: readonly (readonly string[])[]) => {
    const rows = await statement.execute({ skus: [...new Set(carts.flat())] });
    const found = new Map(rows.map((row) => [row.sku, row]));
    return carts.map((skus) => new Map(skus.flatMap((sku) => found.get(sku) ?? []).map((row) => [row.sku, row])));
  });
  lookups.set(crud, lookup);
  return lookup;
};

/** Products on sale by SKU; what is not on sale is missing. */
export const productsBySku = (
  crud: PostgresJsDatabase,
  skus: readonly string[],
): Promise<ReadonlyMap<string, Product>> => (skus.length === 0 ? Promise.resolve(new Map()) : lookupOn(crud)(skus));

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
