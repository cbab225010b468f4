import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { aggregateColumns, liveTarget, tablesOf } from '#server/runtime/projection-target.ts';
import { columnName } from './define-projection.ts';
import { projections } from './registry.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const pgTypes = {
  int: 'integer',
  'text[]': 'text[]',
  timestamptz: 'timestamp with time zone',
} as Readonly<Record<string, string>>;

const inDatabase = async (table: string) => {
  const rows = await store.sql<{ name: string; type: string }[]>`
    select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped`;
  return Object.fromEntries(rows.map(({ name, type }) => [name, type]));
};

test('the descriptions of all read tables are true: every column, by name and type', async () => {
  for (const projection of projections) {
    const target = liveTarget(projection);
    for (const fold of projection.folds) {
      const described = [
        { name: fold.table.name, columns: fold.table.columns },
        ...(fold.form === 'log'
          ? []
          : fold.aggregates.map((aggregate) => ({ name: aggregate.name, columns: aggregateColumns(aggregate) }))),
      ];
      for (const { name, columns } of described) {
        const expected = Object.fromEntries(
          Object.entries(columns).map(([property, type]) => [columnName(property), pgTypes[type] ?? type]),
        );
        expect(await inDatabase(target.tableNamed(name)), name).toEqual(expected);
      }
    }
  }
});

test('the app and the auditor read the read tables, and only the worker writes them', async () => {
  for (const projection of projections) {
    for (const name of tablesOf(projection)) {
      const table = liveTarget(projection).tableNamed(name);
      const [rights] = await store.sql`
        select has_table_privilege('waybill_app', ${table}, 'select') as app_reads,
          has_table_privilege('waybill_app', ${table}, 'insert, update, delete') as app_writes,
          has_table_privilege('waybill_auditor', ${table}, 'select') as auditor_reads,
          has_table_privilege('waybill_auditor', ${table}, 'insert, update, delete') as auditor_writes,
          has_table_privilege('waybill_worker', ${table}, 'insert') as worker_writes`;
      expect({ ...rights }, name).toEqual({
        app_reads: true,
        app_writes: false,
        auditor_reads: true,
        auditor_writes: false,
        worker_writes: true,
      });
    }
  }
});
