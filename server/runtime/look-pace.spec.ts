import { expect, test } from 'vitest';
import { createLookPace } from './look-pace.ts';

test('what was announced and is not there yet is looked for soon, then ever less often', () => {
  const pace = createLookPace(800);
  pace.rung();
  expect([1, 2, 3, 4, 5, 6, 7].map(() => pace.afterLook(false))).toEqual([2, 8, 32, 128, 512, 800, 800]);
});

test('after a look that found something the next one has time', () => {
  const pace = createLookPace(800);
  pace.rung();
  expect(pace.afterLook(true)).toBe(16);
  expect([pace.afterLook(false), pace.afterLook(false)]).toEqual([64, 256]);
  pace.rung();
  expect(pace.afterLook(false)).toBe(2);
});
