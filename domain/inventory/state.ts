import type { OrderId, Sku, WarehouseCode } from '../shared/ids.ts';
import { sum } from '../shared/money.ts';
import type { ByLine } from './by-line.ts';
import type { Placement } from './events.ts';

/** Raise it when `evolve` folds to another state: older snapshots are then void. */
export const inventoryFoldVersion = 3;

export type StockLevel = {
  readonly onHand: number;
  /** Claimed by orders that are about to be picked. */
  readonly allocated: number;
  /** Damaged, missing or not to be sold. */
  readonly unavailable: number;
};

export type Reservation = { readonly orderId: OrderId; readonly quantity: number; readonly expiresAt: string };
export type Allocation = { readonly orderId: OrderId; readonly placements: readonly Placement[] };

export type TrackedInventory = {
  readonly status: 'tracked';
  readonly sku: Sku;
  readonly levels: Readonly<Record<WarehouseCode, StockLevel>>;
  readonly reservations: ByLine<Reservation>;
  readonly allocations: ByLine<Allocation>;
  /** The sum of all reservations, kept so that a flash sale does not add up thousands for each buyer. */
  readonly reserved: number;
  readonly safetyStock: number;
};

export type Inventory = { readonly status: 'untracked' } | TrackedInventory;

export const untracked: Inventory = { status: 'untracked' };

/** On the shelf of one warehouse and not yet claimed: onHand − allocated − unavailable. */
export const onShelf = (level: StockLevel): number => level.onHand - level.allocated - level.unavailable;

/** available = onHand − reserved − allocated − unavailable, over all warehouses. */
export const availableQuantity = (state: TrackedInventory): number =>
  sum(Object.values<StockLevel>(state.levels).map(onShelf)) - state.reserved;

/** What lies unclaimed in each warehouse that has any, by code: a snapshot in jsonb does not keep the order of keys. */
export const shelves = (state: TrackedInventory): Placement[] =>
  Object.entries<StockLevel>(state.levels)
    .map(([warehouse, level]) => ({ warehouse: warehouse as WarehouseCode, quantity: onShelf(level) }))
    .filter(({ quantity }) => quantity > 0)
    .toSorted((a, b) => (a.warehouse < b.warehouse ? -1 : 1));
