import { expect, test } from 'vitest';
import { deskKeys } from './action-keys.ts';
import { withKey } from './order-action.ts';
import { orderActions } from './order-actions.ts';
import { fitsTyped } from './palette-groups.ts';

const found = (typed: string) => orderActions.filter((action) => fitsTyped(action, typed)).map(({ id }) => id);

test('an action is found by the beginning of its name, or of what else it is called', () => {
  expect([found('ref'), found('give ba'), found('unt'), found('nothing like it')]).toEqual([
    ['refund'],
    ['refund'],
    ['tag'],
    [],
  ]);
});

test('nothing typed offers everything', () => {
  expect(found('  ')).toHaveLength(orderActions.length);
});

test('of the actions with one key, the first that applies has it', () => {
  expect(withKey(orderActions, 'h', () => true)?.id).toBe('release');
  expect(withKey(orderActions, 'h', ({ id }) => id !== 'release')?.id).toBe('hold');
  expect(withKey(orderActions, 'q', () => true)).toBeUndefined();
});

test('every action stands in the list of keys, those that share a key in one line', () => {
  expect(deskKeys.find(({ keys }) => keys === 'H')?.does).toBe('Release the hold, or hold the order');
  const shared = orderActions.flatMap(({ key }) => (key ? [key.toUpperCase()] : []));
  expect(shared.length).toBeGreaterThan(0);
  for (const key of shared) expect(deskKeys.filter(({ keys }) => keys === key)).toHaveLength(1);
});

test('no two actions have one name for colleagues, and each is one that the server takes', () => {
  const ids = orderActions.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z][a-z-]{1,30}$/.test(id))).toEqual([]);
});
