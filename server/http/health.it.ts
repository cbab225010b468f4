import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeSql, openSql } from '#db/clients.ts';
import { startTestCluster, type TestCluster } from '#db/testing/cluster.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { createHealth, type HealthReport } from './health.ts';

// A cluster of its own: the horizon is the whole cluster's.
let cluster: TestCluster;
let database: TestDatabase;
beforeAll(async () => {
  cluster = await startTestCluster();
  database = await createTestDatabase(cluster.port);
});
afterAll(() => cluster.stop());

test('health names who has held the horizon back for a second, by process, database and age of its query', async () => {
  const other = await createTestDatabase(cluster.port);
  const health = createHealth({ APP_DATABASE_URL: database.appUrl });
  const open = openSql(other.appUrl, { max: 1, applicationName: 'left-open' });
  const usual = await health.check();
  const seen: HealthReport[] = [];
  const pid = await open.begin(async (tx) => {
    const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid, pg_current_xact_id()`;
    const named = async () => {
      const report = await health.check();
      seen.push(report);
      return report.horizonBlocker;
    };
    await expect.poll(named, { interval: 50, timeout: 5_000 }).not.toBeNull();
    return row?.pid;
  });
  await Promise.all([health.close(), closeSql(open)]);
  expect(usual).toMatchObject({ status: 'ok', horizonBlocker: null });
  expect(seen[0]?.horizonBlocker).toBeNull(); // a young one is nobody's worry
  expect(seen.at(-1)?.horizonBlocker).toMatchObject({ kind: 'session', pid, database: other.name });
  expect(seen.at(-1)?.horizonBlocker?.queryAgeMs).toBeGreaterThanOrEqual(1_000);
});
