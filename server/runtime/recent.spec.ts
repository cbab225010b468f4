import { expect, test } from 'vitest';
import { createRecent } from './recent.ts';

const atHand = (
  options: { readonly room?: number; readonly ageMsMost?: number; readonly ageMsLeast?: number } = {},
) => {
  let ms = 0;
  const recent = createRecent<string>({ room: 100, now: () => ms, ...options });
  return {
    recent,
    pass: (more: number) => {
      ms += more;
    },
  };
};

test('what nobody asked for is let go, and what was in use is not', () => {
  const { recent, pass } = atHand({ ageMsLeast: 5_000 });
  recent.set('used', 'a');
  recent.set('unused', 'b');
  for (let times = 0; times < 3; times += 1) {
    pass(5_000);
    recent.letGo(0);
    expect(recent.get('used')).toBe('a');
  }
  expect(recent.get('unused')).toBeUndefined();
});

test('nothing is let go before its time, however often that is asked for', () => {
  const { recent, pass } = atHand({ ageMsLeast: 5_000 });
  recent.set('order', 'a');
  for (let times = 0; times < 4_999; times += 1) {
    pass(1);
    recent.letGo(0);
  }
  expect(recent.get('order')).toBe('a');
});

test('with a backlog, what waits in it is kept three times as long as the backlog is', () => {
  const { recent, pass } = atHand({ ageMsLeast: 5_000 });
  recent.set('order', 'a');
  for (let seconds = 0; seconds < 18; seconds += 1) {
    pass(1_000);
    recent.letGo(9_000);
  }
  expect(recent.get('order')).toBe('a');
});

test('an idle process forgets too: what was not in use for twice the longest', () => {
  const { recent, pass } = atHand({ ageMsMost: 60_000 });
  recent.set('order', 'a');
  pass(119_999);
  expect(recent.get('order')).toBe('a');
  pass(120_000);
  expect(recent.get('order')).toBeUndefined();
});

test('the newest are remembered as far as there is room, and twice as many at most', () => {
  const { recent } = atHand({ room: 10 });
  const keys = Array.from({ length: 37 }, (_, nth) => `${nth}`);
  for (const key of keys) recent.set(key, key);
  for (const key of keys.slice(-10)) expect(recent.get(key)).toBe(key);
  for (const key of keys.slice(0, -20)) expect(recent.get(key)).toBeUndefined();
});

test('what is deleted is gone, from before too; and all of it when cleared', () => {
  const { recent, pass } = atHand({ ageMsLeast: 5_000 });
  recent.set('before', 'a');
  recent.set('kept', 'b');
  pass(5_000);
  recent.letGo(0);
  recent.set('before', 'c');
  recent.delete('before');
  expect(recent.get('before')).toBeUndefined();
  expect(recent.get('kept')).toBe('b');
  recent.clear();
  expect(recent.get('kept')).toBeUndefined();
});
