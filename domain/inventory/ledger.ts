import type { WarehouseCode } from '../shared/ids.ts';
import { sum } from '../shared/money.ts';
import type { InventoryEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { availableQuantity, type Inventory, onShelf, untracked } from './state.ts';

export const stockMeasures = ['onHand', 'reserved', 'allocated', 'unavailable', 'available'] as const;
export type StockMeasure = (typeof stockMeasures)[number];

/**
 * One number of a SKU's stock; `warehouse` null: over all of them. Reservations name no warehouse: in one, nothing is
 * reserved, and available is what lies there unclaimed.
 */
export const measureOf = (state: Inventory, measure: StockMeasure, warehouse: WarehouseCode | null): number => {
  if (state.status === 'untracked') return 0;
  const levels = warehouse === null ? Object.values(state.levels) : [state.levels[warehouse]].filter((one) => !!one);
  switch (measure) {
    case 'reserved':
      return warehouse === null ? state.reserved : 0;
    case 'available':
      return warehouse === null ? availableQuantity(state) : sum(levels.map(onShelf));
    default:
      return sum(levels.map((level) => level[measure]));
  }
};

/** An event that moved the number, by how much, and what it came to. */
export type LedgerEntry<Recorded> = {
  readonly recorded: Recorded;
  readonly delta: number;
  readonly balance: number;
};

/** A number's running balance: give it the stream's events one by one, from the first on. */
export type Ledger<Recorded> = {
  add(event: InventoryEvent, recorded: Recorded): void;
  /** The newest entries, oldest first, and the balance that they start from. */
  close(): {
    readonly opening: number;
    readonly entries: readonly LedgerEntry<Recorded>[];
    readonly closing: number;
    /** How many entries lie before the first shown. */
    readonly earlier: number;
  };
};

/** Keeps the newest `keep` entries of one number. Its deltas are the differences that the fold itself makes. */
export const openLedger = <Recorded>(
  measure: StockMeasure,
  warehouse: WarehouseCode | null,
  keep: number,
): Ledger<Recorded> => {
  let state: Inventory = untracked;
  let balance = 0;
  let seen = 0;
  let entries: LedgerEntry<Recorded>[] = [];
  return {
    add: (event, recorded) => {
      state = evolve(state, event);
      const next = measureOf(state, measure, warehouse);
      if (next === balance) return;
      entries.push({ recorded, delta: next - balance, balance: next });
      balance = next;
      seen += 1;
      // Cut in batches: a shift for each of thousands would move them all every time.
      if (entries.length >= keep * 2) entries = entries.slice(-keep);
    },
    close: () => {
      const kept = entries.slice(-keep);
      const [first] = kept;
      return {
        opening: first ? first.balance - first.delta : balance,
        entries: kept,
        closing: balance,
        earlier: seen - kept.length,
      };
    },
  };
};
