import { expect, test } from 'vitest';
import type { InventoryEvent } from '#domain/inventory/events.ts';
import { evolve } from '#domain/inventory/evolve.ts';
import { availableQuantity, type Inventory, untracked } from '#domain/inventory/state.ts';
import { evolveInventoryView, type InventoryViewRow } from './inventory-view.ts';
import { interleaved, openingStock, orderLife } from './testing/histories.ts';
import { recorded } from './testing/recorded.ts';

test("the counts equal the domain's own, after every event", () => {
  const lives = Array.from({ length: 60 }, (_, seed) => orderLife({ seed }));
  const events = recorded([...openingStock(), ...interleaved(lives)]).filter(({ orderKey }) => orderKey === null);
  const rows = new Map<string, InventoryViewRow | undefined>();
  const states = new Map<string, Inventory>();
  for (const one of events) {
    const row = evolveInventoryView(rows.get(one.streamId), one);
    const state = evolve(states.get(one.streamId) ?? untracked, one.event as InventoryEvent);
    rows.set(one.streamId, row);
    states.set(one.streamId, state);
    if (state.status !== 'tracked') throw new Error('Untracked');
    expect(row).toMatchObject({
      levels: state.levels,
      reserved: state.reserved,
      available: availableQuantity(state),
      safetyStock: state.safetyStock,
      version: one.version,
    });
  }
  expect(rows.size).toBe(7);
});
