import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

test('one works after another, in the order in which they asked, also after one that failed', async () => {
  const turns = createTurns();
  const said: string[] = [];
  const first = Promise.withResolvers<number>();
  const work = (name: string, result: () => Promise<number>) => () => {
    said.push(`${name} begins`);
    return result().finally(() => said.push(`${name} ends`));
  };
  const all = Promise.allSettled([
    turns.take(work('a', () => first.promise)),
    turns.take(work('b', () => Promise.reject(new Error('b failed')))),
    turns.take(work('c', () => Promise.resolve(3))),
  ]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(said).toEqual(['a begins']);
  first.resolve(1);
  expect((await all).map((end) => (end.status === 'fulfilled' ? end.value : String(end.reason)))).toEqual([
    1,
    'Error: b failed',
    3,
  ]);
  expect(said).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});
