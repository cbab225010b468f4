import type { Placement } from '#domain/inventory/events.ts';
import type { LineId, Sku, WarehouseCode } from '#domain/shared/ids.ts';

export type SourcedLine = {
  readonly lineId: LineId;
  readonly sku: Sku;
  readonly quantity: number;
  /** What lay in each warehouse when the line was reserved. */
  readonly onShelf: readonly Placement[];
};

/**
 * Warehouses in the order in which they should serve an order: those that hold all of it first, then the others;
 * each group nearest first. Pure.
 */
export const preferredWarehouses = (
  lines: readonly SourcedLine[],
  byDistance: readonly WarehouseCode[],
): WarehouseCode[] => {
  const wanted = new Map<Sku, number>();
  for (const { sku, quantity } of lines) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity);
  const rank = (code: WarehouseCode) => (byDistance.includes(code) ? byDistance.indexOf(code) : byDistance.length);
  const known = [...new Set([...byDistance, ...lines.flatMap((line) => line.onShelf.map((shelf) => shelf.warehouse))])];
  const holdsAll = (code: WarehouseCode) =>
    lines.every(({ sku, onShelf }) =>
      onShelf.some(({ warehouse, quantity }) => warehouse === code && quantity >= (wanted.get(sku) ?? 0)),
    );
  const whole = new Set(known.filter(holdsAll));
  return known.toSorted((a, b) => Number(whole.has(b)) - Number(whole.has(a)) || rank(a) - rank(b));
};

export type WarehouseShare = {
  readonly warehouse: WarehouseCode;
  readonly lines: readonly { readonly lineId: LineId; readonly quantity: number }[];
};

/** What each warehouse is to send, in the order in which the lines name them. */
export const sharesByWarehouse = (
  allocated: readonly { readonly lineId: LineId; readonly placements: readonly Placement[] }[],
): WarehouseShare[] => {
  const shares = new Map<WarehouseCode, { lineId: LineId; quantity: number }[]>();
  for (const { lineId, placements } of allocated)
    for (const { warehouse, quantity } of placements) {
      const lines = shares.get(warehouse) ?? [];
      lines.push({ lineId, quantity });
      shares.set(warehouse, lines);
    }
  return [...shares].map(([warehouse, lines]) => ({ warehouse, lines }));
};

/** Why these warehouses, in the words that an agent reads. */
export const sourcingInWords = (warehouseCount: number, lineCount: number): string => {
  if (warehouseCount > 1) return `split over ${warehouseCount} warehouses`;
  return lineCount === 1 ? 'nearest with stock' : `nearest with all ${lineCount} lines`;
};
