import { serialize } from 'node:v8';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#db/clients.ts';
import { joinRows } from '#db/separated-text.ts';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import type { Row } from './fold-batch.ts';
import { columnsOf, decodeRow, encodeRows, insertSql } from './table-sql.ts';

const columns = columnsOf({
  id: 'int',
  name: 'text',
  tags: 'text[]',
  lines: 'json',
  levels: 'jsonb',
  total: 'bigint',
  isHeld: 'boolean',
  key: 'uuid',
  at: 'timestamptz',
});

let store: TestStore;
let owner: Database;
beforeAll(async () => {
  store = await openTestStore();
  owner = store.client('owner', 1);
  const definitions = columns.names.map((name, nth) => `${name} ${columns.types[nth]}`);
  await owner.unsafe(`create table read.some_rows (${definitions.join(', ')})`);
});
afterAll(() => store.close());

const insert = insertSql(columns, { into: 'read.some_rows', parameter: '$1', guard: 'true' });

const written = async (parameter: string): Promise<Row[]> => {
  await owner`truncate read.some_rows`;
  await owner.unsafe(insert, [parameter], { prepare: true });
  const rows = await owner.unsafe<Row[]>(`select ${columns.names.join(', ')} from read.some_rows order by id`);
  return rows.map((row) => ({ ...decodeRow(columns, row), total: row.total === null ? null : Number(row.total) }));
};

// Text in PostgreSQL holds no NUL and no half of a letter; the separators and what is escaped come often.
const letter = fc.oneof(
  fc.constantFrom('\x1d', '\x1e', '\x1f', '\\', '"', ',', '{', '}', 'NULL', '\\u266d', 'ł', '♭', '🎺', 'é', '\n'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }).map((text) => text.replaceAll('\0', '')),
);
const text = fc.array(letter, { maxLength: 8 }).map((letters) => letters.join('').toWellFormed());
const json = fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(text, fc.integer(), fc.constant(null), fc.boolean()));
const row = fc.record({
  name: fc.option(text),
  tags: fc.option(fc.array(text, { maxLength: 3 })),
  lines: fc.option(json),
  levels: fc.option(json),
  total: fc.option(fc.maxSafeInteger()),
  isHeld: fc.option(fc.boolean()),
  key: fc.option(fc.uuid()),
  at: fc.option(
    fc
      .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString()),
  ),
});
const numbered = (rows: readonly Row[]): Row[] => rows.map((one, id) => ({ id, ...one }));

test('rows are read back as they were given, whatever they hold', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 5 }), async (some) => {
      const rows = numbered(some);
      expect(await written(encodeRows(columns, rows))).toEqual(rows);
    }),
    { numRuns: 300 },
  );
});

test('parts make the same rows as one; no rows make none', async () => {
  const rows = numbered(fc.sample(row, 7));
  const parts = [rows.slice(0, 1), rows.slice(1, 5), rows.slice(5)].map((part) => encodeRows(columns, part));
  expect(await written(joinRows(parts))).toEqual(rows);
  expect(await written(encodeRows(columns, []))).toEqual([]);
});

test('they travel in one byte a letter, which the serializer of V8 tells by its first tag', () => {
  const wide = numbered([{ name: 'B♭ trumpet', tags: ['łódź'], lines: { name: '🎺' }, levels: { '–': 1 } }]);
  expect(String.fromCharCode(serialize(encodeRows(columns, wide))[2] ?? 0)).toBe('"');
  expect(String.fromCharCode(serialize('B♭ trumpet')[2] ?? 0)).toBe('c');
});
