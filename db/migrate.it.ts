import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import { createEmptyDatabase, type TestDatabase } from './testing/test-database.ts';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill migrations-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  database = await createEmptyDatabase();
  await rm(folder, { recursive: true, force: true });
  folder = await mkdtemp(join(tmpdir(), 'waybill migrations-'));
  return () => database.drop();
});

const file = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);

const tables = async (): Promise<readonly string[]> => {
  const sql = postgres(database.ownerUrl, { max: 1 });
  const rows = await sql<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`;
  await sql.end({ timeout: 2 });
  return rows.map(({ name }) => name).filter((name) => name !== 'schema_migrations');
};

const run = () => migrate(database.ownerUrl, { folder });

test('applies the files in order, once', async () => {
  await file('0001-first.sql', 'create table first (id int);');
  await file('0002-second.sql', 'insert into first values (1); create table second (id int);');
  expect(await run()).toEqual({ applied: ['0001-first.sql', '0002-second.sql'] });
  expect(await run()).toEqual({ applied: [] });
  expect(await tables()).toEqual(['first', 'second']);
});

test('a file that fails leaves nothing of itself, names its line, and keeps what went before', async () => {
  await file('0001-first.sql', 'create table first (id int);');
  await file('0002-second.sql', 'create table second (id int);\nselect * from nowhere;');
  await expect(run()).rejects.toMatchObject({
    code: 'FailedStatement',
    message: expect.stringContaining('0002-second.sql (line 2): relation "nowhere" does not exist'),
  });
  expect(await tables()).toEqual(['first']);
});

test('refuses a database of a newer schema, and changes nothing', async () => {
  await file('0001-first.sql', 'create table first (id int);');
  await file('0002-newer.sql', 'create table newer (id int);');
  await run();
  await rm(join(folder, '0002-newer.sql'));
  await file('0003-ours.sql', 'create table ours (id int);');
  await expect(run()).rejects.toMatchObject({
    code: 'NewerSchema',
    message: expect.stringContaining('0002-newer.sql'),
  });
  expect(await tables()).toEqual(['first', 'newer']);
});

test('refuses an applied file that was changed since', async () => {
  await file('0001-first.sql', 'create table first (id int);');
  await run();
  await file('0001-first.sql', 'create table first (id bigint);');
  await expect(run()).rejects.toMatchObject({ code: 'ChangedFile' });
});

test('refuses a file that sorts before one already applied', async () => {
  await file('0002-second.sql', 'create table second (id int);');
  await run();
  await file('0001-late.sql', 'create table late (id int);');
  await expect(run()).rejects.toMatchObject({ code: 'OutOfOrder' });
});

test('refuses a file whose name says no place in the order', async () => {
  await file('later.sql', 'select 1;');
  await expect(run()).rejects.toMatchObject({ code: 'BadFileName' });
});

test('builds an index concurrently where a file says so, even while another starter waits for its turn', async () => {
  await file('0001-first.sql', 'create table first (id int);');
  await file(
    '0002-index.sql',
    "-- no-transaction\ncreate index concurrently a on first (id);\n-- a; comment\ncreate index concurrently b on first ((id::text || ';'));",
  );
  const outcomes = await Promise.all([run(), run(), run()]);
  expect(outcomes.flatMap(({ applied }) => applied).sort()).toEqual(['0001-first.sql', '0002-index.sql']);
});
