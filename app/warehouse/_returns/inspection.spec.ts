import { expect, test } from 'vitest';
import type { LineId } from '#domain/shared/ids.ts';
import { inspectedLines, nextUnit, verdictsOf } from './inspection.ts';

const candles = { lineId: 'order:1' as LineId, quantity: 2 };
const cups = { lineId: 'order:2' as LineId, quantity: 1 };
const received = [candles, cups];

test('units are taken in hand line by line, each by its number', () => {
  expect(nextUnit(received, [])).toEqual({ line: candles, nth: 1, of: 2 });
  expect(nextUnit(received, ['restock'])).toEqual({ line: candles, nth: 2, of: 2 });
  expect(nextUnit(received, ['restock', 'damaged'])).toEqual({ line: cups, nth: 1, of: 1 });
  expect(nextUnit(received, ['restock', 'damaged', 'refused'])).toBeNull();
});

test('a line has the verdicts on its own units alone', () => {
  expect(verdictsOf(received, ['restock', 'damaged', 'refused'], cups.lineId)).toEqual(['refused']);
  expect(verdictsOf(received, ['restock'], cups.lineId)).toEqual([]);
});

test('units of one line that share their fate are recorded as one entry', () => {
  const four = [{ ...candles, quantity: 4 }, cups];
  expect(inspectedLines(four, ['damaged', 'restock', 'damaged', 'restock', 'refused'])).toEqual([
    { lineId: candles.lineId, quantity: 2, disposition: 'restock' },
    { lineId: candles.lineId, quantity: 2, disposition: 'damaged' },
    { lineId: cups.lineId, quantity: 1, disposition: 'refused' },
  ]);
});
