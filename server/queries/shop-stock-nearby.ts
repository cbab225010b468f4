import type { Database } from '#db/clients.ts';
import type { StockLevel } from '#domain/inventory/state.ts';

export type StockNearby = {
  /** What can be bought, over all warehouses. */
  readonly available: number;
  /** By warehouse code: what lies there free; reservations, which name no warehouse, may still want some of it. */
  readonly freeIn: Readonly<Record<string, number>>;
};

/** A SKU's stock by warehouse; null where it was never received. */
export const readStockNearby = async (
  { sql }: { readonly sql: Database },
  sku: string,
): Promise<StockNearby | null> => {
  const [row] = await sql<{ available: number; levels: Record<string, StockLevel> }[]>`
    select available, levels from read.inventory_view_v1 where sku = ${sku}`;
  if (!row) return null;
  const freeIn = Object.fromEntries(
    Object.entries(row.levels).map(([code, { onHand, allocated, unavailable }]) => [
      code,
      // Never more than can be bought at all.
      Math.max(0, Math.min(row.available, onHand - allocated - unavailable)),
    ]),
  );
  return { available: row.available, freeIn };
};
