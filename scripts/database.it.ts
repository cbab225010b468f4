import { tmpdir } from 'node:os';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { migrate } from '#db/migrate.ts';
import { openSocketFolder, overSocket } from '#db/socket-address.ts';
import { testPasswords } from '#db/testing/cluster.ts';
import { createEmptyDatabase } from '#db/testing/test-database.ts';
import { openDatabase } from './database.ts';

test('a DATABASE_URL by way of a socket, as libpq writes it, is opened, its roles too, and migrated', async (context) => {
  const database = await createEmptyDatabase();
  const sql = postgres(database.superuserUrl, { max: 1 });
  const [server] = await sql<{ folder: string; port: string }[]>`
    select current_setting('unix_socket_directories') as folder, current_setting('port') as port`;
  await sql.end({ timeout: 2 });
  const folder = await openSocketFolder((server?.folder ?? '').replaceAll('"', ''), Number(server?.port));
  if (folder === null) context.skip('the test server has no socket: the path of its folder is too long');
  const source = { NODE_ENV: 'test' as const, DATABASE_URL: overSocket(database.ownerUrl, folder) };
  const { urls, stop } = await openDatabase(tmpdir(), testPasswords, source, () => undefined);
  expect((await migrate(urls.owner)).applied.length).toBeGreaterThan(20);
  await stop();
  await database.drop();
});
