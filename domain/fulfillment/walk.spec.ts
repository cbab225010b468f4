import { expect, test } from 'vitest';
import { candle, lamp, lineIdOf } from '../shared/ids.builders.ts';
import { evolve } from './evolve.ts';
import {
  candles,
  fulfillmentCreated,
  itemPicked,
  lamps,
  pickingStarted,
  shortPickReported,
} from './fulfillment.builders.ts';
import { absentFulfillment, type ExistingFulfillment } from './state.ts';
import { countWalk, readScan, walkOf } from './walk.ts';

const fold = (...events: Parameters<typeof evolve>[1][]): ExistingFulfillment => {
  const state = events.reduce(evolve, absentFulfillment);
  if (state.status === 'absent') throw new Error('no FulfillmentCreated');
  return state;
};
const lines = [
  { ...candles, bin: 'C-10-1' },
  { ...lamps, bin: 'C-04-2' },
];
const walking = (...events: Parameters<typeof evolve>[1][]) =>
  walkOf(fold(fulfillmentCreated({ lines }), pickingStarted, ...events));

test('the walk goes from bin to bin, by number, and what has no bin comes last', () => {
  const unplaced = { ...lamps, lineId: lineIdOf(3), bin: null };
  const stops = walkOf(fold(fulfillmentCreated({ lines: [unplaced, ...lines] })));
  expect(stops.map(({ bin }) => bin)).toEqual(['C-04-2', 'C-10-1', null]);
});

test('counts what is picked, missing and left', () => {
  const stops = walking(itemPicked(candles.lineId, 1), shortPickReported(candles.lineId, 1));
  expect(countWalk(stops)).toEqual({ units: 3, picked: 1, missing: 1, left: 1 });
});

test('a SKU of the walk is the right item, in any case and with blanks around', () => {
  const stops = walking();
  expect(readScan(` ${candle.toLowerCase()} `, stops, null)).toEqual({ kind: 'item', stop: stops[1] });
});

test('an item of which enough was picked is complete, and no pick', () => {
  const stops = walking(itemPicked(candles.lineId, 2));
  expect(readScan(candle, stops, null)).toEqual({ kind: 'complete', stop: stops[1] });
});

test('where one SKU is on two lines, the line that the picker stands at comes first', () => {
  const again = { ...candles, lineId: lineIdOf(3), bin: 'D-01-1' };
  const stops = walkOf(fold(fulfillmentCreated({ lines: [...lines, again] }), pickingStarted));
  expect(readScan(candle, stops, again.lineId)).toMatchObject({ kind: 'item', stop: { lineId: again.lineId } });
  expect(readScan(candle, stops, null)).toMatchObject({ kind: 'item', stop: { lineId: candles.lineId } });
});

test('a bin leads to its line; one where nothing is left is wrong', () => {
  const stops = walking(itemPicked(lamps.lineId, 1));
  expect(readScan('c-10-1', stops, null)).toEqual({ kind: 'bin', stop: stops[1] });
  expect(readScan('C-04-2', stops, null)).toEqual({ kind: 'wrong bin', code: 'C-04-2' });
});

test('what is not on the walk is the wrong item, and nothing typed is nothing', () => {
  expect(readScan('TEA-POT-08', walking(), null)).toEqual({ kind: 'wrong item', code: 'TEA-POT-08' });
  expect(readScan('  ', walking(), null)).toEqual({ kind: 'nothing' });
  expect(lamp).not.toBe(candle);
});
