import { expect, test } from 'vitest';
import { changeOf, rangeOf } from './range.ts';

const today = '2026-11-21';
const none = { from: null, to: null };

test('a preset counts back from today, today included', () => {
  expect(rangeOf({ preset: '7', ...none }, today, undefined)).toEqual({ from: '2026-11-15', to: today });
});

test('all is from the first day of the currency to its last', () => {
  const span = { firstDay: '2016-09-04', lastDay: '2018-10-17' };
  expect(rangeOf({ preset: 'all', ...none }, today, span)).toEqual({ from: '2016-09-04', to: '2018-10-17' });
});

test('chosen days win, whichever way round they were chosen, and nonsense does not', () => {
  expect(rangeOf({ preset: '7', from: '2026-03-09', to: '2026-03-01' }, today, undefined)).toEqual({
    from: '2026-03-01',
    to: '2026-03-09',
  });
  expect(rangeOf({ preset: '7', from: '2026-99-99', to: '2026-03-01' }, today, undefined).to).toBe(today);
});

test('a change from nothing is no percentage', () => {
  expect(changeOf(5, 0)).toBeNull();
  expect(changeOf(150, 200)).toBe(-0.25);
});
