import { expect, test } from 'vitest';
import { fold } from '../shared/decider.ts';
import { countAsOf, statesAlong } from './as-of.ts';
import { blankWaybill, evolve } from './state.ts';
import { delivered } from './waybill.builders.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 10, 14, 9, 0, second)).toISOString();
/** Events by the seconds at which they were recorded and at which they happened. */
const events = (...seconds: readonly (readonly [recorded: number, business: number])[]) =>
  seconds.map(([recorded, business]) => ({ recordedAt: at(recorded), occurredAt: at(business) }));

test('before the first event nothing stood', () => {
  expect(countAsOf(events([5, 5], [6, 6]), at(4), 'recorded')).toBe(0);
  expect(countAsOf(events([5, 5], [6, 6]), at(4), 'business')).toBe(0);
});

test('an event stands from its own instant on', () => {
  expect(countAsOf(events([5, 5], [6, 6]), at(5), 'recorded')).toBe(1);
  expect(countAsOf(events([5, 5], [6, 6]), at(6), 'business')).toBe(2);
});

test('what was recorded at one instant stands together', () => {
  expect(countAsOf(events([5, 1], [5, 2], [7, 3]), at(5), 'recorded')).toBe(2);
});

test('two streams may be recorded a moment out of order: the last one that stood counts, and all before it', () => {
  expect(countAsOf(events([5, 5], [7, 7], [6, 6]), at(6), 'recorded')).toBe(3);
});

test('business time that runs backwards never leaves out the middle', () => {
  const imported = events([1, 10], [1, 30], [1, 20], [1, 40]);
  expect(countAsOf(imported, at(25), 'business')).toBe(1);
  expect(countAsOf(imported, at(30), 'business')).toBe(3);
});

test('the states along the way are the folds of all prefixes', () => {
  const states = statesAlong(delivered);
  expect(states).toHaveLength(delivered.length + 1);
  expect(states[0]).toEqual(blankWaybill);
  expect(states[3]).toEqual(fold(evolve, blankWaybill, delivered.slice(0, 3)));
  expect(states.at(-1)).toEqual(fold(evolve, blankWaybill, delivered));
});
