import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Bounds,
  intervalOfAges,
  intervalOfDays,
  minorWithin,
  type Read,
  readAges,
  readAmounts,
  readDays,
} from './bounds.ts';

const now = Date.parse('2026-11-21T12:40:00Z');
const at = (iso: string) => Date.parse(iso);

const read = <Value>(bounds: Read<Value>): Bounds<Value> => {
  if (bounds === 'unreadable' || bounds === 'backwards') throw new Error(bounds);
  return bounds;
};

test('a day begins and ends at midnight UTC; after a day is from the next on', () => {
  expect(intervalOfDays(read(readDays('2026-11-01')), now)).toEqual({
    fromMs: at('2026-11-01T00:00:00Z'),
    toMs: at('2026-11-02T00:00:00Z'),
  });
  expect(intervalOfDays(read(readDays('>2026-11-01')), now)).toEqual({
    fromMs: at('2026-11-02T00:00:00Z'),
    toMs: null,
  });
  expect(intervalOfDays(read(readDays('<2026-11-01')), now)).toEqual({
    fromMs: null,
    toMs: at('2026-11-01T00:00:00Z'),
  });
  expect(intervalOfDays(read(readDays('<=tomorrow')), now)).toEqual({ fromMs: null, toMs: at('2026-11-23T00:00:00Z') });
});

test('older than a week is before now less a week', () => {
  expect(intervalOfAges(read(readAges('>1w')), now)).toEqual({ fromMs: null, toMs: at('2026-11-14T12:40:00Z') });
  expect(intervalOfAges(read(readAges('<2h')), now)).toEqual({ fromMs: at('2026-11-21T10:40:00Z'), toMs: null });
});

test('amounts become minor units of any number of digits, to the last one', () => {
  expect(minorWithin(read(readAmounts('>1.15')), 2)).toEqual({ least: 116, most: null });
  expect(minorWithin(read(readAmounts('<=1.15')), 2)).toEqual({ least: null, most: 115 });
  expect(minorWithin(read(readAmounts('10..50')), 0)).toEqual({ least: 10, most: 50 });
  expect(minorWithin(read(readAmounts('>99.5')), 0)).toEqual({ least: 100, most: null });
});

test('an amount lies within exactly when it compares so', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_00 }), fc.integer({ min: 0, max: 10_000_00 }), (limit, amount) => {
      const text = (limit / 100).toFixed(2);
      const within = (operator: string) => {
        const { least, most } = minorWithin(read(readAmounts(`${operator}${text}`)), 2);
        return (least === null || amount >= least) && (most === null || amount <= most);
      };
      expect([within('>'), within('>='), within('<'), within('<=')]).toEqual([
        amount > limit,
        amount >= limit,
        amount < limit,
        amount <= limit,
      ]);
    }),
  );
});
