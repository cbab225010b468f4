import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatBrl, parseMinor } from './amount.ts';

test('amounts are read to the cent, where floats would lose one', () => {
  expect([parseMinor('58.90'), parseMinor('1.1'), parseMinor('7'), parseMinor('0.00'), parseMinor('4.35')]).toEqual([
    5890, 110, 700, 0, 435,
  ]);
});

test('every amount of minor units survives being written and read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000_000_000 }), (minor) => {
      expect(parseMinor(formatBrl(minor).slice(3))).toBe(minor);
    }),
  );
});

test.each(['', '-1.00', '1,00', '1.001', '1e3', ' 1', 'NaN'])('refuses %j rather than guess', (text) => {
  expect(() => parseMinor(text)).toThrow('is not an amount');
});
