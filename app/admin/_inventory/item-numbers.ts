import type { inferRouterOutputs } from '@trpc/server';
import type { StockMeasure } from '#domain/inventory/ledger.ts';
import type { AppRouter } from '#server/api/router.ts';

export type InventoryItem = inferRouterOutputs<AppRouter>['admin']['inventory']['list']['items'][number];

/** One number of a row; null where there is no such number: reservations name no warehouse. */
export const numberOf = (item: InventoryItem, measure: StockMeasure, warehouse: string | null): number | null => {
  if (warehouse === null) return item[measure];
  if (measure === 'reserved') return null;
  const level = item.levels[warehouse] ?? { onHand: 0, allocated: 0, unavailable: 0 };
  return measure === 'available' ? level.onHand - level.allocated - level.unavailable : level[measure];
};

export const isLow = (item: InventoryItem): boolean => item.available <= item.safetyStock;

/** Where most of it lies: the likeliest place to count again. Null where none ever lay. */
export const fullestWarehouse = (item: InventoryItem): string | null =>
  Object.entries(item.levels).toSorted(([, a], [, b]) => b.onHand - a.onHand)[0]?.[0] ?? null;
