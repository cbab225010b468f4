import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { pruneAll } from './housekeeping.ts';
import { pruneVocabulary } from './prune-vocabulary.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('takes out what no order says any more, however much it is, and leaves what one does', async () => {
  const all = store.client('superuser', 1);
  await all`
    insert into read.order_search_vocabulary_v2 (word, orders)
    select 'gone' || n, 0 from generate_series(1, 2500) as n union all values ('teapot', 2), ('marta', 1)`;
  const worker = store.client('worker', 1);
  const pruned = await pruneAll((limit) => pruneVocabulary(worker, limit), new AbortController().signal);
  const left = await all<{ word: string }[]>`select word from read.order_search_vocabulary_v2 order by word`;
  expect([pruned, left.map(({ word }) => word)]).toEqual([2_500, ['marta', 'teapot']]);
});
