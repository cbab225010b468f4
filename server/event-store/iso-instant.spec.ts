import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoInstant } from './iso-instant.ts';

test('reads what PostgreSQL writes, in any time zone, and cuts off what is below a millisecond', () => {
  expect(isoInstant('2026-11-22 19:30:39+00')).toBe('2026-11-22T19:30:39.000Z');
  expect(isoInstant('2026-11-22 19:30:39.4+00')).toBe('2026-11-22T19:30:39.400Z');
  expect(isoInstant('2026-11-22 19:30:39.439999+00')).toBe('2026-11-22T19:30:39.439Z');
  expect(isoInstant('2026-11-22 21:00:39.5+01:30')).toBe('2026-11-22T19:30:39.500Z');
  expect(() => isoInstant('infinity')).toThrow(RangeError);
});

test('says the same as a Date does', () => {
  const instants = fc.date({ min: new Date('0100-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(instants, (instant) => {
      const iso = instant.toISOString();
      const written = `${iso.slice(0, 10)} ${iso.slice(11, 23).replace(/\.?0+$/, (zeros, at) => (at >= 8 ? '' : zeros))}+00`;
      expect(isoInstant(written)).toBe(iso);
    }),
  );
});
