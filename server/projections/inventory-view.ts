import type { InventoryEvent, Placement } from '#domain/inventory/events.ts';
import type { StockLevel } from '#domain/inventory/state.ts';
import { unreachable } from '#domain/shared/decider.ts';
import { sum } from '#domain/shared/money.ts';
import { defineProjection, type ReadEvent, rowFold } from './define-projection.ts';

/** One SKU's stock. Counts only: in a flash sale a list of reservations would be rewritten thousands of times. */
export type InventoryViewRow = {
  readonly sku: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly allocated: number;
  readonly unavailable: number;
  /** onHand − reserved − allocated − unavailable. */
  readonly available: number;
  readonly safetyStock: number;
  /** By warehouse. Reservations name no warehouse: `reserved` is the SKU's. */
  readonly levels: Readonly<Record<string, StockLevel>>;
  /** The stream's version. */
  readonly version: number;
  readonly updatedAt: string;
};

type Stock = Pick<InventoryViewRow, 'reserved' | 'safetyStock' | 'levels'>;

const emptyLevel: StockLevel = { onHand: 0, allocated: 0, unavailable: 0 };

const move = (
  levels: Stock['levels'],
  placements: readonly Placement[],
  delta: (quantity: number) => Partial<StockLevel>,
): Stock['levels'] => {
  const moved: Record<string, StockLevel> = { ...levels };
  for (const { warehouse, quantity } of placements) {
    const level = moved[warehouse] ?? emptyLevel;
    const { onHand = 0, allocated = 0, unavailable = 0 } = delta(quantity);
    moved[warehouse] = {
      onHand: level.onHand + onHand,
      allocated: level.allocated + allocated,
      unavailable: level.unavailable + unavailable,
    };
  }
  return moved;
};

/** The event's own numbers on the counts; null when the counts stay as they are. */
const applied = (stock: Stock, event: InventoryEvent): Stock | null => {
  switch (event.type) {
    case 'StockReceived':
      return { ...stock, levels: move(stock.levels, [event], (quantity) => ({ onHand: quantity })) };
    case 'StockAdjusted': {
      const { warehouse, delta } = event;
      return { ...stock, levels: move(stock.levels, [{ warehouse, quantity: delta }], (onHand) => ({ onHand })) };
    }
    case 'StockReserved':
      return { ...stock, reserved: stock.reserved + event.quantity };
    case 'ReservationReleased':
    case 'ReservationExpired':
      return { ...stock, reserved: stock.reserved - event.quantity };
    case 'StockAllocated':
      return {
        ...stock,
        reserved: stock.reserved - event.quantity,
        levels: move(stock.levels, event.placements, (quantity) => ({ allocated: quantity })),
      };
    case 'AllocationReleased':
      return {
        ...stock,
        levels: move(stock.levels, event.placements, (quantity) => ({
          allocated: -quantity,
          unavailable: event.restock ? 0 : quantity,
        })),
      };
    case 'StockShipped':
      return {
        ...stock,
        levels: move(stock.levels, [event], (quantity) => ({ onHand: -quantity, allocated: -quantity })),
      };
    case 'StockReturned': {
      const isSold = event.disposition === 'restock';
      return {
        ...stock,
        levels: move(stock.levels, [event], (quantity) => ({ onHand: quantity, unavailable: isSold ? 0 : quantity })),
      };
    }
    case 'SafetyStockSet':
      return { ...stock, safetyStock: event.threshold };
    case 'StockReservationRejected':
    case 'LowStockReached':
      return null;
    default:
      return unreachable(event);
  }
};

const nothing: Stock = { reserved: 0, safetyStock: 0, levels: {} };

export const evolveInventoryView = (
  row: InventoryViewRow | undefined,
  recorded: ReadEvent,
): InventoryViewRow | undefined => {
  if (recorded.streamType !== 'inventory') return row;
  // Only inventory events are in inventory streams.
  const event = recorded.event as InventoryEvent;
  const before: Stock = row ?? nothing;
  const { reserved, safetyStock, levels } = applied(before, event) ?? before;
  const all = Object.values(levels);
  const onHand = sum(all.map((level) => level.onHand));
  const allocated = sum(all.map((level) => level.allocated));
  const unavailable = sum(all.map((level) => level.unavailable));
  return {
    sku: event.sku,
    onHand,
    reserved,
    allocated,
    unavailable,
    available: onHand - reserved - allocated - unavailable,
    safetyStock,
    levels,
    version: recorded.version,
    updatedAt: recorded.occurredAt,
  };
};

/** Stock by SKU and warehouse. */
export const inventoryView = defineProjection({
  name: 'inventory_view',
  version: 1,
  reads: 'stock',
  folds: [
    rowFold<InventoryViewRow>({
      table: {
        name: 'inventory_view',
        key: ['sku'],
        columns: {
          sku: 'text',
          onHand: 'bigint',
          reserved: 'bigint',
          allocated: 'bigint',
          unavailable: 'bigint',
          available: 'bigint',
          safetyStock: 'bigint',
          levels: 'jsonb',
          version: 'int',
          updatedAt: 'timestamptz',
        },
        personal: [],
      },
      key: (recorded) => ('sku' in recorded.event && recorded.orderKey === null ? recorded.event.sku : null),
      evolve: evolveInventoryView,
    }),
  ],
});
