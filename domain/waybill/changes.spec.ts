import { expect, test } from 'vitest';
import type { WaybillEvent } from '../events/registry.ts';
import { fold } from '../shared/decider.ts';
import { changesBetween } from './changes.ts';
import { blankWaybill, evolve } from './state.ts';
import { beingPicked, confirmed, delivered, packed, placed, readyToPick } from './waybill.builders.ts';

const after = (events: readonly WaybillEvent[]) => fold(evolve, blankWaybill, events);

test('two equal states have no changes between them', () => {
  expect(changesBetween(after(delivered), after(delivered))).toEqual([]);
});

test('one event changes what it is about, with before and after', () => {
  const started = readyToPick.length;
  const changes = changesBetween(after(beingPicked.slice(0, started)), after(beingPicked));
  const [id] = Object.keys(after(beingPicked).fulfillments);
  expect(changes).toContainEqual({ path: ['fulfillments', id, 'status'], before: 'open', after: 'picking' });
  expect(changes.every(({ path }) => path[0] === 'fulfillments')).toBe(true);
});

test('a confirmation changes the status of the order alone', () => {
  expect(changesBetween(after(confirmed.slice(0, -1)), after(confirmed))).toEqual([
    { path: ['order', 'status'], before: 'placed', after: 'confirmed' },
  ]);
});

test('what was not there before has no before', () => {
  const born = changesBetween(after(placed), after(confirmed)).filter(({ path }) => path[0] === 'payments');
  expect(born).toHaveLength(1);
  expect(born[0]).toMatchObject({ before: undefined });
});

test('each picked line is a change of its own', () => {
  const picked = changesBetween(after(beingPicked), after(packed)).filter(({ path }) => path.includes('picked'));
  expect(picked.map(({ after: quantity }) => quantity)).toEqual([2, 1]);
});

test('lines are compared by their id, whatever their order', () => {
  const state = after(placed);
  if (state.order.status === 'absent') throw new Error('The order was placed');
  const reversed = { ...state, order: { ...state.order, lines: state.order.lines.toReversed() } };
  expect(changesBetween(state, reversed)).toEqual([]);
});
