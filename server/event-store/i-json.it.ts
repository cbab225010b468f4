import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkIJson } from './i-json.ts';
import { openTestStore, type TestStore } from './testing/test-store.ts';

let at: TestStore;
beforeAll(async () => {
  at = await openTestStore();
});
afterAll(() => at.close());

const isTaken = (value: unknown): boolean => {
  try {
    checkIJson(value, 'It');
    return true;
  } catch {
    return false;
  }
};

// -0 is stored as 0, which is the same amount.
const withoutNegativeZero = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNegativeZero);
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withoutNegativeZero(child)]));
};

const values = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.maxSafeInteger(),
    fc.double(),
    fc.constantFrom(null, true, '\u0000', '\ud800', '\udc00x', 2 ** 53, 0, 1, 1e15),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.string({ unit: 'binary', maxLength: 3 }), tie('json'), { maxKeys: 3 }),
  ),
})).json;

test('whatever the check takes, jsonb gives back as it was', async () => {
  const taken = fc.sample(values, { numRuns: 3_000, seed: 42 }).filter(isTaken);
  expect(taken.length).toBeGreaterThan(500);
  const texts = taken.map((value) => JSON.stringify(value));
  const rows = await at.sql<{ text: string }[]>`
    select text::jsonb::text as text from unnest(${texts}::text[]) with ordinality as given (text, nth) order by nth`;
  expect(rows.map(({ text }) => JSON.parse(text))).toEqual(taken.map(withoutNegativeZero));
});
