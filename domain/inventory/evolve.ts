import { unreachable } from '../shared/decider.ts';
import type { LineId, WarehouseCode } from '../shared/ids.ts';
import type { InventoryEvent, Placement } from './events.ts';
import type { Inventory, StockLevel, TrackedInventory } from './state.ts';

const emptyLevel: StockLevel = { onHand: 0, allocated: 0, unavailable: 0 };

const tracked = (state: Inventory, event: InventoryEvent): TrackedInventory =>
  state.status === 'tracked'
    ? state
    : {
        status: 'tracked',
        sku: event.sku,
        levels: {},
        reservations: {},
        allocations: {},
        reserved: 0,
        safetyStock: 0,
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
): TrackedInventory =>
  placements.reduce(
    (moved, { warehouse, quantity }) => ({ ...moved, levels: moveLevel(moved, warehouse, delta(quantity)) }),
    state,
  );

const withoutReservation = (state: TrackedInventory, lineId: LineId, quantity: number): TrackedInventory => {
  const { [lineId]: _gone, ...reservations } = state.reservations;
  return { ...state, reservations, reserved: state.reserved - quantity };
};

/** What an allocation still claims after `taken` has been shipped or released from it. */
const reduceAllocation = (state: TrackedInventory, lineId: LineId, taken: readonly Placement[]): TrackedInventory => {
  const allocation = state.allocations[lineId];
  if (!allocation) return state;
  const placements = allocation.placements
    .map((placement) => ({
      ...placement,
      quantity: placement.quantity - (taken.find(({ warehouse }) => warehouse === placement.warehouse)?.quantity ?? 0),
    }))
    .filter(({ quantity }) => quantity > 0);
  const { [lineId]: _old, ...others } = state.allocations;
  return {
    ...state,
    allocations: placements.length === 0 ? others : { ...others, [lineId]: { ...allocation, placements } },
  };
};

/** One SKU's stock after one more event. */
export const evolve = (before: Inventory, event: InventoryEvent): Inventory => {
  const state = tracked(before, event);
  switch (event.type) {
    case 'StockReceived':
      return { ...state, levels: moveLevel(state, event.warehouse, { onHand: event.quantity }) };
    case 'StockAdjusted':
      return { ...state, levels: moveLevel(state, event.warehouse, { onHand: event.delta }) };
    case 'StockReserved': {
      const { orderId, quantity, expiresAt } = event;
      return {
        ...state,
        reservations: { ...state.reservations, [event.lineId]: { orderId, quantity, expiresAt } },
        reserved: state.reserved + quantity,
      };
    }
    case 'ReservationReleased':
    case 'ReservationExpired':
      return withoutReservation(state, event.lineId, event.quantity);
    case 'StockAllocated': {
      const freed = withoutReservation(state, event.lineId, event.quantity);
      const claimed = moveLevels(freed, event.placements, (quantity) => ({ allocated: quantity }));
      const { orderId, placements } = event;
      return { ...claimed, allocations: { ...claimed.allocations, [event.lineId]: { orderId, placements } } };
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
    case 'SafetyStockSet':
      return { ...state, safetyStock: event.threshold };
    case 'StockReservationRejected':
    case 'LowStockReached':
      return state;
    default:
      return unreachable(event);
  }
};
