import type { Database } from '#db/clients.ts';

export const catalogOrders = ['composed', 'price-up', 'price-down', 'name'] as const;
export type CatalogOrder = (typeof catalogOrders)[number];

export type CatalogFilter = {
  readonly category?: string | undefined;
  readonly subcategory?: string | undefined;
  /** Every word must be found in name, kind, description or SKU. */
  readonly text?: string | undefined;
  /** Minor units, inclusive. */
  readonly priceFromMinor?: number | undefined;
  /** Minor units, exclusive. */
  readonly priceBelowMinor?: number | undefined;
  /** Only what can be bought now. */
  readonly inStock?: boolean | undefined;
};

/** Keyset paging: the sort key and SKU of the page before's last product. */
export type CatalogCursor = { readonly key: string; readonly sku: string };

/** A product as the shop shows it. `available`: over all warehouses; null where stock was never received. */
export type ShopProduct = {
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly subcategory: string;
  readonly description: string;
  /** Gross. */
  readonly priceMinor: number;
  readonly currency: string;
  /** A file name below /pictures. */
  readonly picture: string | null;
  readonly hue: number;
  readonly size: string | null;
  readonly available: number | null;
};

export type CatalogPage = {
  readonly items: readonly ShopProduct[];
  /** Cursor of the following page, null on the last. */
  readonly next: CatalogCursor | null;
};

type Row = ShopProduct & { readonly sortKey: string };

const sortKey = (sql: Database, order: CatalogOrder) =>
  ({
    composed: sql`product.rank`,
    'price-up': sql`product.price_minor`,
    'price-down': sql`-product.price_minor`,
    name: sql`product.name`,
  })[order];

const afterCursor = (sql: Database, order: CatalogOrder, { key, sku }: CatalogCursor) => {
  if (order === 'name') return sql`and (${sortKey(sql, order)}, product.sku) > (${key}, ${sku})`;
  const number = Number(key);
  // A cursor that is none begins anew, rather than failing.
  return Number.isSafeInteger(number)
    ? sql`and (${sortKey(sql, order)}::bigint, product.sku) > (${number}::bigint, ${sku})`
    : sql``;
};

const contains = (sql: Database, word: string) => {
  const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
  return sql`and concat_ws(' ', product.name, product.category, product.subcategory, product.description, product.sku)
    ilike ${pattern}`;
};

/** Everything after `where`. */
const matching = (sql: Database, filter: CatalogFilter) => {
  const { category, subcategory, text, priceFromMinor, priceBelowMinor, inStock } = filter;
  const words = text?.split(/\s+/).filter(Boolean).slice(0, 8) ?? [];
  return sql`product.active
    ${category === undefined ? sql`` : sql`and product.category = ${category}`}
    ${subcategory === undefined ? sql`` : sql`and product.subcategory = ${subcategory}`}
    ${priceFromMinor === undefined ? sql`` : sql`and product.price_minor >= ${priceFromMinor}`}
    ${priceBelowMinor === undefined ? sql`` : sql`and product.price_minor < ${priceBelowMinor}`}
    ${inStock ? sql`and stock.available > 0` : sql``}
    ${words.length === 0 ? sql`` : words.map((word) => contains(sql, word))}`;
};

const source = (sql: Database) => sql`
  shop.products product left join read.inventory_view_v1 stock on stock.sku = product.sku`;

const columns = (sql: Database) => sql`
  product.sku, product.name, product.category, product.subcategory, product.description,
  product.price_minor as "priceMinor", product.currency, product.picture, product.hue, product.size,
  stock.available`;

/** One page of the products on sale. */
export const readCatalogPage = async (
  { sql }: { readonly sql: Database },
  filter: CatalogFilter,
  order: CatalogOrder,
  cursor: CatalogCursor | null,
  limit: number,
): Promise<CatalogPage> => {
  const rows = await sql<Row[]>`
    select ${columns(sql)}, (${sortKey(sql, order)})::text as "sortKey"
    from ${source(sql)}
    where ${matching(sql, filter)} ${cursor ? afterCursor(sql, order, cursor) : sql``}
    order by ${sortKey(sql, order)}, product.sku
    limit ${limit + 1}`;
  const items = rows.slice(0, limit).map(({ sortKey: _, ...product }) => product);
  const last = rows[limit - 1];
  return { items, next: rows.length > limit && last ? { key: last.sortKey, sku: last.sku } : null };
};

/** How many products a filter leaves. */
export const countCatalog = async ({ sql }: { readonly sql: Database }, filter: CatalogFilter): Promise<number> => {
  const [row] = await sql<{ total: number }[]>`
    select count(*)::int as total from ${source(sql)} where ${matching(sql, filter)}`;
  return row?.total ?? 0;
};

/**
 * What to show beside a product. `kin`: of its own kind. `goesWith`: first others of its category, then some from
 * elsewhere, always the same ones for the same product.
 */
export const readCompanions = async (
  { sql }: { readonly sql: Database },
  product: { readonly sku: string; readonly category: string; readonly subcategory: string },
): Promise<{ readonly kin: readonly ShopProduct[]; readonly goesWith: readonly ShopProduct[] }> => {
  const { sku, category, subcategory } = product;
  const [kin, near, far] = await Promise.all([
    sql<ShopProduct[]>`
      select ${columns(sql)} from ${source(sql)}
      where product.active and product.category = ${category} and product.subcategory = ${subcategory}
        and product.sku <> ${sku}
      order by product.rank, product.sku limit 3`,
    sql<ShopProduct[]>`
      select ${columns(sql)} from ${source(sql)}
      where product.active and product.category = ${category} and product.subcategory <> ${subcategory}
      order by md5(product.sku || ${sku}) limit 2`,
    sql<ShopProduct[]>`
      select ${columns(sql)} from ${source(sql)}
      where product.active and product.category <> ${category}
      order by md5(product.sku || ${sku}) limit 2`,
  ]);
  return { kin: [...kin], goesWith: [...near, ...far] };
};
