import { expect, test } from 'vitest';
import { porto } from '../shared/ids.builders.ts';
import type { InventoryEvent } from './events.ts';
import { adjusted, allocated, inPorto, inRotterdam, received, reserved } from './inventory.builders.ts';
import { openLedger, type StockMeasure } from './ledger.ts';

const told: readonly InventoryEvent[] = [
  received(10),
  received(5, inRotterdam(1).warehouse),
  reserved(1, 3, [inPorto(10), inRotterdam(5)]),
  adjusted(-2),
  allocated(1, inPorto(3)),
];

const ledgerOf = (measure: StockMeasure, warehouse: typeof porto | null = null, keep = 100) => {
  const ledger = openLedger<number>(measure, warehouse, keep);
  told.forEach((event, index) => {
    ledger.add(event, index + 1);
  });
  return ledger.close();
};
const entry = (recorded: number, delta: number, balance: number) => ({ recorded, delta, balance });

test('tells only the events that moved the number, with the balance after each', () => {
  expect(ledgerOf('onHand')).toEqual({
    opening: 0,
    entries: [entry(1, 10, 10), entry(2, 5, 15), entry(4, -2, 13)],
    closing: 13,
    earlier: 0,
  });
  expect(ledgerOf('reserved')).toEqual({
    opening: 0,
    entries: [entry(3, 3, 3), entry(5, -3, 0)],
    closing: 0,
    earlier: 0,
  });
});

test('an allocation moves what is reserved without moving what is available', () => {
  expect(ledgerOf('available').entries).toEqual([
    entry(1, 10, 10),
    entry(2, 5, 15),
    entry(3, -3, 12),
    entry(4, -2, 10),
  ]);
});

test('of one warehouse, counts that warehouse alone', () => {
  expect(ledgerOf('onHand', porto).closing).toBe(8);
  expect(ledgerOf('allocated', porto).closing).toBe(3);
  expect(ledgerOf('reserved', porto)).toEqual({ opening: 0, entries: [], closing: 0, earlier: 0 });
});

test('the newest entries start from the balance that the left-out ones came to', () => {
  expect(ledgerOf('onHand', null, 1)).toEqual({ opening: 15, entries: [entry(4, -2, 13)], closing: 13, earlier: 2 });
});
