import { unreachable } from '../shared/decider.ts';
import type { LineId, Sku, WarehouseCode } from '../shared/ids.ts';
import { sum } from '../shared/money.ts';
import { lineIn, withLine, withoutLine } from './by-line.ts';
import type { InventoryEvent, Placement } from './events.ts';
import type { Inventory, StockLevel, TrackedInventory } from './state.ts';

const emptyLevel: StockLevel = { onHand: 0, allocated: 0, unavailable: 0 };

const opened = (sku: Sku): TrackedInventory => ({
  status: 'tracked',
  sku,
  levels: {},
  reservations: {},
  allocations: {},
  reserved: 0,
  safetyStock: 0,
});

const existing = (state: Inventory, event: InventoryEvent): TrackedInventory => {
  if (state.status === 'untracked') throw new Error(`${event.type} before StockReceived on ${event.sku}`);
  return state;
};

const moveLevel = (
  state: TrackedInventory,
  warehouse: WarehouseCode,
  delta: Partial<StockLevel>,
): TrackedInventory['levels'] => {
  const level = state.levels[warehouse] ?? emptyLevel;
  return {
    ...state.levels,
    [warehouse]: {
      onHand: level.onHand + (delta.onHand ?? 0),
      allocated: level.allocated + (delta.allocated ?? 0),
      unavailable: level.unavailable + (delta.unavailable ?? 0),
    },
  };
};

const moveLevels = (
  state: TrackedInventory,
  placements: readonly Placement[],
  delta: (quantity: number) => Partial<StockLevel>,
): TrackedInventory => {
  let moved = state;
  for (const { warehouse, quantity } of placements)
    moved = { ...moved, levels: moveLevel(moved, warehouse, delta(quantity)) };
  return moved;
};

/** One placement a warehouse: an amendment may claim more of a line where some of it is claimed already. */
const mergedPlacements = (placements: readonly Placement[]): Placement[] => {
  const merged: Placement[] = [];
  for (const { warehouse, quantity } of placements) {
    const at = merged.findIndex((placement) => placement.warehouse === warehouse);
    const before = merged[at];
    if (before) merged[at] = { warehouse, quantity: before.quantity + quantity };
    else merged.push({ warehouse, quantity });
  }
  return merged;
};

const withoutReservation = (state: TrackedInventory, lineId: LineId, quantity: number): TrackedInventory => {
  const reservations = withoutLine(state.reservations, lineId);
  return { ...state, reservations, reserved: state.reserved - quantity };
};

/** What an allocation still claims after `taken` has been shipped or released from it. */
const reduceAllocation = (state: TrackedInventory, lineId: LineId, taken: readonly Placement[]): TrackedInventory => {
  const allocation = lineIn(state.allocations, lineId);
  if (!allocation) return state;
  const placements = allocation.placements
    .map((placement) => ({
      ...placement,
      quantity:
        placement.quantity -
        sum(taken.filter(({ warehouse }) => warehouse === placement.warehouse).map(({ quantity }) => quantity)),
    }))
    .filter(({ quantity }) => quantity > 0);
  const allocations =
    placements.length === 0
      ? withoutLine(state.allocations, lineId)
      : withLine(state.allocations, lineId, { ...allocation, placements });
  return { ...state, allocations };
};

/** One SKU's stock after one more event. */
export const evolve = (before: Inventory, event: InventoryEvent): Inventory => {
  // A refusal leaves no trace: a SKU that was never received is asked for in vain, and stays unknown.
  if (event.type === 'StockReservationRejected') return before;
  if (event.type === 'StockReceived') {
    const state = before.status === 'tracked' ? before : opened(event.sku);
    return { ...state, levels: moveLevel(state, event.warehouse, { onHand: event.quantity }) };
  }
  const state = existing(before, event);
  switch (event.type) {
    case 'StockAdjusted':
      return { ...state, levels: moveLevel(state, event.warehouse, { onHand: event.delta }) };
    case 'StockReserved': {
      const { orderId, quantity: more, expiresAt } = event;
      const quantity = (lineIn(state.reservations, event.lineId)?.quantity ?? 0) + more;
      return {
        ...state,
        reservations: withLine(state.reservations, event.lineId, { orderId, quantity, expiresAt }),
        reserved: state.reserved + more,
      };
    }
    case 'ReservationReleased':
    case 'ReservationExpired':
      return withoutReservation(state, event.lineId, event.quantity);
    case 'StockAllocated': {
      const freed = withoutReservation(state, event.lineId, event.quantity);
      const claimed = moveLevels(freed, event.placements, (quantity) => ({ allocated: quantity }));
      const { orderId } = event;
      const before = lineIn(state.allocations, event.lineId)?.placements ?? [];
      const placements = mergedPlacements([...before, ...event.placements]);
      return { ...claimed, allocations: withLine(claimed.allocations, event.lineId, { orderId, placements }) };
    }
    case 'AllocationReleased': {
      const moved = moveLevels(state, event.placements, (quantity) => ({
        allocated: -quantity,
        unavailable: event.restock ? 0 : quantity,
      }));
      return reduceAllocation(moved, event.lineId, event.placements);
    }
    case 'StockShipped': {
      const taken = [{ warehouse: event.warehouse, quantity: event.quantity }];
      const moved = moveLevels(state, taken, (quantity) => ({ onHand: -quantity, allocated: -quantity }));
      return reduceAllocation(moved, event.lineId, taken);
    }
    case 'StockReturned': {
      const { warehouse, quantity, disposition } = event;
      const unavailable = disposition === 'restock' ? 0 : quantity;
      return { ...state, levels: moveLevel(state, warehouse, { onHand: quantity, unavailable }) };
    }
    case 'SafetyStockSet':
      return { ...state, safetyStock: event.threshold };
    case 'LowStockReached':
      return state;
    default:
      return unreachable(event);
  }
};
