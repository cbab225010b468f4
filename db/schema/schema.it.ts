import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { accounts } from './auth-accounts.ts';
import { attempts } from './auth-attempts.ts';
import { sessions } from './auth-sessions.ts';
import { users } from './auth-users.ts';
import { verifications } from './auth-verifications.ts';
import { customers } from './customers.ts';
import { deskPreferences } from './desk-preferences.ts';
import { savedViews } from './desk-views.ts';
import { discounts } from './discounts.ts';
import { products } from './products.ts';
import { shippingMethods } from './shipping-methods.ts';
import { taxRates } from './tax-rates.ts';
import { warehouses } from './warehouses.ts';

const tables: readonly PgTable[] = [
  accounts,
  attempts,
  customers,
  deskPreferences,
  discounts,
  products,
  savedViews,
  sessions,
  shippingMethods,
  taxRates,
  users,
  verifications,
  warehouses,
];

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.ownerUrl, { max: 1 });
});
afterAll(async () => {
  await sql.end({ timeout: 2 });
  await database.drop();
});

type Column = { readonly name: string; readonly type: string; readonly notNull: boolean; readonly hasDefault: boolean };

const byName = <T extends { readonly name: string }>(items: readonly T[]): T[] =>
  items.toSorted((a, b) => a.name.localeCompare(b.name));

const described = (table: PgTable): Column[] =>
  byName(
    getTableConfig(table).columns.map((column) => ({
      name: column.name,
      type: column.getSQLType(),
      notNull: column.notNull,
      hasDefault: column.hasDefault,
    })),
  );

const stored = async (schema: string, name: string): Promise<Column[]> => {
  const rows = await sql<Column[]>`
    select attname as name, format_type(atttypid, atttypmod) as type, attnotnull as "notNull", atthasdef as "hasDefault"
    from pg_attribute where attrelid = ${`${schema}.${name}`}::regclass and attnum > 0 and not attisdropped`;
  return byName([...rows]);
};

test.each(tables.map((table) => [`${getTableConfig(table).schema}.${getTableConfig(table).name}`, table] as const))(
  '%s is in the database just as drizzle describes it',
  async (_name, table) => {
    const { schema, name } = getTableConfig(table);
    expect(await stored(schema ?? 'public', name)).toEqual(described(table));
  },
);

test('every table of shop, auth and desk is described, and no other', async () => {
  const rows = await sql<{ name: string }[]>`
    select schemaname || '.' || tablename as name from pg_tables where schemaname in ('shop', 'auth', 'desk')`;
  expect(rows.map(({ name }) => name).sort()).toEqual(
    tables.map((table) => `${getTableConfig(table).schema}.${getTableConfig(table).name}`).sort(),
  );
});

test('the indexes that drizzle describes exist', async () => {
  const wanted = tables.flatMap((table) => getTableConfig(table).indexes.map((index) => index.config.name));
  const rows = await sql<
    { name: string }[]
  >`select indexname as name from pg_indexes where schemaname in ('shop', 'auth', 'desk')`;
  const existing = new Set(rows.map(({ name }) => name));
  expect(wanted.filter((name) => !name || !existing.has(name))).toEqual([]);
});
