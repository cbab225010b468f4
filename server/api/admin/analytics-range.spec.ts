import { expect, test } from 'vitest';
import { periodBefore, stepFor } from './analytics-range.ts';

test('the period before has as many days and ends the day before, over months and leap days', () => {
  expect(periodBefore({ from: '2026-11-01', to: '2026-11-30' })).toEqual({ from: '2026-10-02', to: '2026-10-31' });
  expect(periodBefore({ from: '2024-03-01', to: '2024-03-01' })).toEqual({ from: '2024-02-29', to: '2024-02-29' });
});

test('long ranges are told in weeks and months', () => {
  expect(stepFor({ from: '2026-11-01', to: '2026-11-30' })).toBe('day');
  expect(stepFor({ from: '2026-01-01', to: '2026-12-31' })).toBe('week');
  expect(stepFor({ from: '2016-09-04', to: '2018-10-17' })).toBe('month');
});
