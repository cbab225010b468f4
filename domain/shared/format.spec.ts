import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatClock,
  formatCount,
  formatDate,
  formatExact,
  formatMoney,
  formatPercent,
  formatRelative,
} from './format.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('formatMoney', () => {
  test('writes symbol, space, grouped units and minor digits', () => {
    expect(plain(formatMoney(120_400, 'EUR'))).toBe('€ 1,204.00');
    expect(plain(formatMoney(5, 'BRL'))).toBe('R$ 0.05');
    expect(plain(formatMoney(1500, 'JPY'))).toBe('¥ 1,500');
    expect(plain(formatMoney(1234, 'SEK'))).toBe('SEK 12.34');
  });
  test('writes a true minus, and a plus only where a change is shown', () => {
    expect(plain(formatMoney(-1200, 'EUR'))).toBe('\u2212 € 12.00');
    expect(plain(formatMoney(1990, 'EUR', { signed: true }))).toBe('+ € 19.90');
    expect(plain(formatMoney(0, 'EUR', { signed: true }))).toBe('€ 0.00');
  });
  test('adds the code where currencies mix, once', () => {
    expect(plain(formatMoney(1990, 'USD', { code: true }))).toBe('$ 19.90 USD');
    expect(plain(formatMoney(1990, 'CHF', { code: true }))).toBe('CHF 19.90');
  });
  test('loses no minor unit, whatever the amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 }), (minor) => {
        const text = formatMoney(minor, 'EUR');
        const back = Number(text.replace(/[^\d]/g, '')) * (text.startsWith('\u2212') ? -1 : 1);
        expect(back === minor).toBe(true);
      }),
    );
  });
});

test('counts are grouped, shares carry one digit', () => {
  expect(formatCount(99_441)).toBe('99,441');
  expect(formatCount(-1000)).toBe('\u22121,000');
  expect(plain(formatPercent(0.1237))).toBe('12.4 %');
});

describe('time', () => {
  const at = Date.UTC(2026, 10, 14, 9, 0, 5);
  test('is relative in whole units, rounded down', () => {
    expect(formatRelative(at, at + 59_000)).toBe('just now');
    expect(plain(formatRelative(at, at + 4.9 * 60_000))).toBe('4 min ago');
    expect(plain(formatRelative(at, at + 25 * 3_600_000, true))).toBe('1 d');
    expect(plain(formatRelative(at, at + 400 * 24 * 3_600_000, true))).toBe('1 y');
    expect(plain(formatRelative(at, at - 2 * 3_600_000))).toBe('in 2 h');
  });
  test('exact names its zone', () => {
    expect(formatExact(at)).toBe('14 Nov 2026 09:00:05 UTC');
    expect(formatExact(at, 'Europe/Warsaw')).toMatch(/^14 Nov 2026 10:00:05 (CET|GMT\+1)$/);
  });
  test('dates fall on the day of the zone', () => {
    const lateEvening = Date.UTC(2026, 10, 23, 23, 30);
    expect(formatDate(lateEvening, 'UTC', true)).toBe('Mon 23 Nov');
    expect(formatDate(lateEvening, 'Europe/Warsaw', true)).toBe('Tue 24 Nov');
    expect(formatClock(at, 'UTC', true)).toBe('09:00:05');
  });
});

test('writes a date in UTC as in any other zone at the same offset', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (atMs) => {
      // Iceland's winter and summer are UTC's.
      expect(formatDate(atMs, 'UTC', true)).toBe(formatDate(atMs, 'Atlantic/Reykjavik', true));
      expect(formatDate(atMs)).toBe(formatDate(atMs, 'Atlantic/Reykjavik'));
      expect(formatClock(atMs, 'UTC', true)).toBe(formatClock(atMs, 'Atlantic/Reykjavik', true));
    }),
    { numRuns: 200, seed: 1 },
  );
});
