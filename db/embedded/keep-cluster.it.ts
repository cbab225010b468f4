import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestCluster, type TestCluster } from '../testing/cluster.ts';

let cluster: TestCluster;
let clients: Sql[] = [];

beforeEach(async () => {
  cluster = await startTestCluster({ keepsRunning: true });
});
afterEach(async () => {
  await Promise.all(clients.map((sql) => sql.end({ timeout: 0 })));
  clients = [];
  await cluster.stop();
});

const onnotice = () => undefined;

const connect = (): Sql => {
  const sql = postgres({ host: '127.0.0.1', port: cluster.port, user: 'postgres', password: 'test', max: 1, onnotice });
  clients.push(sql);
  return sql;
};

const postmaster = async (): Promise<number> => {
  const [pid] = (await readFile(join(cluster.dataFolder, 'postmaster.pid'), 'utf8')).split('\n');
  return Number(pid);
};

/** A dead process that nobody has waited for (in a container) still has its number. */
const isAlive = (pid: number): Promise<boolean> =>
  readFile(`/proc/${pid}/stat`, 'utf8').then(
    (stat) => !/\) Z /.test(stat),
    () => false,
  );

const isAtWork = async (pid: number): Promise<void> => {
  const sql = connect();
  for (;;) {
    const [row] = await sql`select 1 from pg_stat_activity where pid = ${pid} and state = 'active'`;
    if (row) return;
  }
};

const answered = async (): Promise<Sql> => {
  for (const until = Date.now() + 10_000; Date.now() < until; ) {
    const sql = connect();
    const isBack = await sql`select 1`.then(
      () => true,
      () => false,
    );
    if (isBack) return sql;
  }
  throw new Error('The server is not back within 10 s');
};

test('a server that is killed comes back on its port with what was committed, and without the backends of before', async () => {
  const before = connect();
  // Test clusters don't wait for the disk otherwise.
  await before`set synchronous_commit = on`;
  await before`create table kept (id int)`;
  await before`insert into kept values (1)`;
  const [busy] = await before<{ pid: number }[]>`select pg_backend_pid() as pid`;
  // A backend at work doesn't notice that its postmaster is gone.
  const orphan = before`select count(*) from generate_series(1, 1000000000000)`.catch(() => 'cut');
  await isAtWork(busy?.pid ?? 0);
  const killed = await postmaster();
  process.kill(killed, 'SIGKILL');
  const after = await answered();
  expect(await after`select id from kept`).toEqual([{ id: 1 }]);
  expect(await orphan).toBe('cut');
  expect(await isAlive(busy?.pid ?? 0)).toBe(false);
  expect(await postmaster()).not.toBe(killed);
});

test('one that is stopped stays stopped, and again after it was killed and came back', async () => {
  process.kill(await postmaster(), 'SIGKILL');
  await answered();
  const last = await postmaster();
  await cluster.stop();
  expect(await isAlive(last)).toBe(false);
  await expect(connect()`select 1`).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
