import type { Database } from '#db/clients.ts';
import type { InventoryViewRow } from '#server/projections/inventory-view.ts';

export const inventoryOrders = ['sku', 'available'] as const;
export type InventoryOrder = (typeof inventoryOrders)[number];

export type InventoryFilter = {
  /** Every word must be found in SKU or name. */
  readonly text?: string | undefined;
  /** At or below its safety stock, or never received. */
  readonly low?: boolean | undefined;
};

/** A SKU with its stock. A product that was never received has zeros and version 0. */
export type InventoryItem = Pick<
  InventoryViewRow,
  'sku' | 'onHand' | 'reserved' | 'allocated' | 'unavailable' | 'available' | 'safetyStock' | 'levels' | 'version'
> & {
  /** From the catalog; null where the SKU is no longer in it. */
  readonly name: string | null;
  readonly picture: string | null;
  readonly hue: number;
  /** ISO 8601; null where nothing was ever received. */
  readonly updatedAt: string | null;
};

/** Keyset paging: sort key and SKU of the page before's last item. */
export type InventoryCursor = { readonly available: number; readonly sku: string };

type Row = Omit<InventoryItem, 'updatedAt'> & { readonly updatedAt: Date | null };

const contains = (sql: Database, word: string) => {
  const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
  return sql`and (stock.sku ilike ${pattern} or stock.name ilike ${pattern})`;
};

/** Stock of every product in the catalog, and of SKUs that have left it but still lie somewhere. */
const source = (sql: Database) => sql`(
  select coalesce(view.sku, product.sku) as sku, product.name, product.picture, coalesce(product.hue, 215) as hue,
    coalesce(view.on_hand, 0) as on_hand, coalesce(view.reserved, 0) as reserved,
    coalesce(view.allocated, 0) as allocated, coalesce(view.unavailable, 0) as unavailable,
    coalesce(view.available, 0) as available, coalesce(view.safety_stock, 0) as safety_stock,
    coalesce(view.levels, '{}') as levels, coalesce(view.version, 0) as version, view.updated_at
  from read.inventory_view_v1 view full join shop.products product on product.sku = view.sku
) as stock`;

const matching = (sql: Database, { text, low }: InventoryFilter) => {
  const words = text?.split(/\s+/).filter(Boolean).slice(0, 8) ?? [];
  return sql`true
    ${low ? sql`and stock.available <= stock.safety_stock` : sql``}
    ${words.length === 0 ? sql`` : words.map((word) => contains(sql, word))}`;
};

const beyond = (sql: Database, order: InventoryOrder, { available, sku }: InventoryCursor) =>
  order === 'sku'
    ? sql`and stock.sku > ${sku}`
    : sql`and (stock.available, stock.sku) > (${available}::bigint, ${sku})`;

/** One page of stock by SKU. */
export const readInventoryPage = async (
  { sql }: { readonly sql: Database },
  filter: InventoryFilter,
  order: InventoryOrder,
  after: InventoryCursor | null,
  limit: number,
): Promise<InventoryItem[]> => {
  const rows = await sql<Row[]>`
    select stock.sku, stock.name, stock.picture, stock.hue, stock.on_hand as "onHand", stock.reserved, stock.allocated,
      stock.unavailable, stock.available, stock.safety_stock as "safetyStock", stock.levels, stock.version,
      stock.updated_at as "updatedAt"
    from ${source(sql)}
    where ${matching(sql, filter)} ${after ? beyond(sql, order, after) : sql``}
    order by ${order === 'sku' ? sql`stock.sku` : sql`stock.available, stock.sku`}
    limit ${limit}`;
  return rows.map((row) => ({ ...row, updatedAt: row.updatedAt?.toISOString() ?? null }));
};

/** How many SKUs a search leaves, and how many of them are low. */
export const countInventory = async (
  { sql }: { readonly sql: Database },
  filter: Pick<InventoryFilter, 'text'>,
): Promise<{ readonly all: number; readonly low: number }> => {
  const [row] = await sql<{ all: number; low: number }[]>`
    select count(*)::int as all, (count(*) filter (where stock.available <= stock.safety_stock))::int as low
    from ${source(sql)} where ${matching(sql, filter)}`;
  return row ?? { all: 0, low: 0 };
};
