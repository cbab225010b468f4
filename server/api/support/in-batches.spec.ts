import { expect, test } from 'vitest';
import { inBatches } from './in-batches.ts';

async function* given<Item>(...items: Item[]): AsyncGenerator<Item> {
  yield* items;
}

const all = async <Item>(batches: AsyncIterable<readonly Item[]>): Promise<(readonly Item[])[]> => {
  const got: (readonly Item[])[] = [];
  for await (const batch of batches) got.push(batch);
  return got;
};

test('what comes together goes out together, in order', async () => {
  expect(await all(inBatches(given(1, 2, 3), 1_000))).toEqual([[1, 2, 3]]);
});

test('what came before an error is given before it is thrown', async () => {
  async function* failing() {
    yield 1;
    yield 2;
    throw new Error('closed');
  }
  const got: (readonly number[])[] = [];
  const reading = (async () => {
    for await (const batch of inBatches(failing(), 1_000)) got.push(batch);
  })();
  await expect(reading).rejects.toThrow('closed');
  expect(got).toEqual([[1, 2]]);
});

test('a flood goes out in parts', async () => {
  const parts = await all(inBatches(given(...Array.from({ length: 1_500 }, (_, index) => index)), 1_000));
  expect(parts.map((part) => part.length)).toEqual([1_000, 500]);
});
