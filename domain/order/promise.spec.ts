import fc from 'fast-check';
import { expect, test } from 'vitest';
import { promiseFor, transitDays } from './promise.ts';

const porto = { timeZone: 'Europe/Lisbon', cutoff: '16:00' };

test('what is ordered before the cutoff of a working day leaves that day', () => {
  // Friday, 15:59 in Porto (UTC in winter); one working day later is Monday.
  expect(promiseFor('2026-11-20T15:59:00.000Z', porto, 1)).toEqual({
    shipBy: '2026-11-20T16:00:00.000Z',
    deliverBy: '2026-11-23T20:00:00.000Z',
  });
});

test('what is ordered at the cutoff leaves on the next working day', () => {
  expect(promiseFor('2026-11-20T16:00:00.000Z', porto, 2)).toEqual({
    shipBy: '2026-11-23T16:00:00.000Z',
    deliverBy: '2026-11-25T20:00:00.000Z',
  });
});

test('what is ordered on a Sunday leaves on Monday', () => {
  expect(promiseFor('2026-11-22T09:00:00.000Z', porto, 1).shipBy).toBe('2026-11-23T16:00:00.000Z');
});

test('the cutoff is read on the clocks of the warehouse, in summer too', () => {
  // 16:00 in Porto is 15:00 UTC in July.
  expect(promiseFor('2026-07-15T14:59:00.000Z', porto, 1).shipBy).toBe('2026-07-15T15:00:00.000Z');
  expect(promiseFor('2026-07-15T15:00:00.000Z', porto, 1).shipBy).toBe('2026-07-16T15:00:00.000Z');
});

test('a warehouse on the other side of the world counts its own day', () => {
  // Saturday 01:00 UTC is still Friday 17:00 in Reno: past its cutoff, so Monday.
  const reno = { timeZone: 'America/Los_Angeles', cutoff: '14:00' };
  expect(promiseFor('2026-11-21T01:00:00.000Z', reno, 1).shipBy).toBe('2026-11-23T22:00:00.000Z');
});

test('a promise over the change of the clocks keeps the local hour', () => {
  // Clocks go back in Porto on Sunday 25 October 2026: 20:00 is 19:00 UTC before and 20:00 UTC after.
  expect(promiseFor('2026-10-23T10:00:00.000Z', porto, 1)).toEqual({
    shipBy: '2026-10-23T15:00:00.000Z',
    deliverBy: '2026-10-26T20:00:00.000Z',
  });
});

test('express takes half of the way, rounded up, and never less than a day', () => {
  expect([transitDays(5, 50), transitDays(1, 50), transitDays(4, 100)]).toEqual([3, 1, 4]);
});

test('whenever and wherever it is ordered, clocks there show the cutoff and the evening', () => {
  // Half and quarter hours ahead, and a change of the clocks by half an hour, among the usual ones.
  const zones = [
    'Europe/Lisbon',
    'America/St_Johns',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Pacific/Chatham',
    'UTC',
  ];
  const years = fc.date({ min: new Date('2022-01-01'), max: new Date('2032-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(years, fc.constantFrom(...zones), fc.integer({ min: 1, max: 9 }), (at, timeZone, days) => {
      const { shipBy, deliverBy } = promiseFor(at.toISOString(), { timeZone, cutoff: '16:00' }, days);
      const clock = (iso: string) =>
        new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(iso));
      expect([clock(shipBy), clock(deliverBy)]).toEqual(['16:00', '20:00']);
      expect(Date.parse(shipBy)).toBeGreaterThan(at.getTime());
    }),
    { numRuns: 2_000 },
  );
});
