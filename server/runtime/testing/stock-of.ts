import type { DomainEvent } from '#domain/events/registry.ts';
import type { InventoryEvent } from '#domain/inventory/events.ts';
import { evolve } from '#domain/inventory/evolve.ts';
import { availableQuantity, type Inventory, type StockLevel, untracked } from '#domain/inventory/state.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import { sum } from '#domain/shared/money.ts';
import type { EventStore } from '#server/event-store/event-store.ts';

export type StockFigures = {
  readonly onHand: number;
  readonly reserved: number;
  readonly allocated: number;
  readonly available: number;
};

const isInventory = (recorded: RecordedEvent<DomainEvent>): recorded is RecordedEvent<InventoryEvent> =>
  recorded.streamType === 'inventory';

/** A SKU's stock by its events. Throws when it was below zero at any moment. */
export const stockOf = async (store: EventStore, sku: string): Promise<StockFigures> => {
  let state: Inventory = untracked;
  for (const { event } of (await store.readStream(`inventory-${sku}`)).filter(isInventory)) {
    state = evolve(state, event);
    if (state.status === 'tracked' && availableQuantity(state) < 0)
      throw new Error(`${sku} was below zero after ${event.type}`);
  }
  if (state.status === 'untracked') return { onHand: 0, reserved: 0, allocated: 0, available: 0 };
  const levels = Object.values<StockLevel>(state.levels);
  return {
    onHand: sum(levels.map(({ onHand }) => onHand)),
    reserved: state.reserved,
    allocated: sum(levels.map(({ allocated }) => allocated)),
    available: availableQuantity(state),
  };
};
