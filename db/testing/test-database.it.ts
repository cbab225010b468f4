import postgres from 'postgres';
import { expect, test } from 'vitest';
import { createTestDatabase } from './test-database.ts';

test('a test database is a copy of its own: what one writes, another does not see', async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  const first = postgres(one.ownerUrl, { max: 1 });
  const second = postgres(two.ownerUrl, { max: 1 });
  await first`create table only_here (id int)`;
  const [seen] = await second`select to_regclass('only_here') as name`;
  await Promise.all([first.end({ timeout: 2 }), second.end({ timeout: 2 })]);
  await Promise.all([one.drop(), two.drop()]);
  expect(seen?.name).toBeNull();
});

test('no role of the app is a superuser', async () => {
  const database = await createTestDatabase();
  const roles = [database.ownerUrl, database.appUrl, database.workerUrl, database.auditorUrl];
  const answers = await Promise.all(
    roles.map(async (url) => {
      const sql = postgres(url, { max: 1 });
      const [row] = await sql`select rolsuper from pg_roles where rolname = current_user`;
      await sql.end({ timeout: 2 });
      return row?.rolsuper;
    }),
  );
  await database.drop();
  expect(answers).toEqual([false, false, false, false]);
});
