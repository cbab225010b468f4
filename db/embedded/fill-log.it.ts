import postgres, { type Sql } from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestCluster, type TestCluster } from '../testing/cluster.ts';
import { fillLog } from './fill-log.ts';
import { roleUrls } from './roles.ts';

let cluster: TestCluster;
let sql: Sql;
let superuserUrl: string;

beforeEach(async () => {
  cluster = await startTestCluster();
  const passwords = { superuser: 'test', owner: '', app: '', worker: '', auditor: '' };
  superuserUrl = roleUrls(cluster.port, passwords, 'postgres').superuserUrl;
  sql = postgres(superuserUrl, { max: 1, onnotice: () => undefined });
});
afterEach(async () => {
  await sql.end({ timeout: 2 });
  await cluster.stop();
});

/** Files of the log after the one that is written to. */
const filesAhead = async (): Promise<number> => {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from pg_ls_waldir() where name > pg_walfile_name(pg_current_wal_lsn())
      and name ~ '^[0-9A-F]{24}$'`;
  return row?.count ?? 0;
};

test('files of the log are made ahead, and the server goes on', async () => {
  expect(await filesAhead()).toBeLessThan(2);
  expect(await fillLog(superuserUrl, cluster.dataFolder, 4)).toBe(true);
  expect(await filesAhead()).toBeGreaterThanOrEqual(4);
  const [row] = await sql<{ one: number }[]>`select 1 as one`;
  expect(row?.one).toBe(1);
});
