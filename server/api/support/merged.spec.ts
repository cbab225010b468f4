import { expect, test } from 'vitest';
import { merged } from './merged.ts';

async function* paced(items: readonly (readonly [number, string | Error])[], onEnd = () => {}) {
  try {
    for (const [ms, item] of items) {
      await new Promise((resolve) => setTimeout(resolve, ms));
      if (item instanceof Error) throw item;
      yield item;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  } finally {
    onEnd();
  }
}

test('gives the items of both as they come', async () => {
  const seen = [];
  for await (const item of merged(
    paced([
      [1, 'a1'],
      [40, 'a2'],
    ]),
    paced([
      [20, 'b1'],
      [40, 'b2'],
    ]),
  )) {
    seen.push(item);
    if (seen.length === 4) break;
  }
  expect(seen).toEqual(['a1', 'b1', 'a2', 'b2']);
});

test('throws what one of them throws, after what came before', async () => {
  const seen: unknown[] = [];
  const reading = async () => {
    for await (const item of merged(
      paced([
        [1, 'a1'],
        [20, new Error('cut')],
      ]),
      paced([]),
    ))
      seen.push(item);
  };
  await expect(reading()).rejects.toThrow('cut');
  expect(seen).toEqual(['a1']);
});

test('closes both when the reader leaves', async () => {
  const ended: string[] = [];
  const both = merged(
    paced(
      [
        [1, 'a1'],
        [5, 'a2'],
      ],
      () => ended.push('a'),
    ),
    paced([[5, 'b1']], () => ended.push('b')),
  );
  for await (const _ of both) break;
  await expect.poll(() => ended.toSorted()).toEqual(['a', 'b']);
});
