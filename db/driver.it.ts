import { readFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { withPoolDeadline } from '#server/runtime/pool-deadline.ts';
import { closeSql, type Database, openSql } from './clients.ts';
import { roleUrls } from './embedded/roles.ts';
import { startTestCluster, type TestCluster, testPasswords } from './testing/cluster.ts';

const connections = 5;
let cluster: TestCluster;
let clients: Database[] = [];

beforeAll(async () => {
  cluster = await startTestCluster({ keepsRunning: true });
});
afterEach(async () => {
  await Promise.all(clients.map((sql) => closeSql(sql, 0)));
  clients = [];
});
afterAll(() => cluster.stop());

const open = (max: number): Database => {
  const { superuserUrl } = roleUrls(cluster.port, testPasswords, 'postgres');
  const sql = openSql(superuserUrl, { max, applicationName: 'test-driver' });
  clients.push(sql);
  return sql;
};

const killServer = async (): Promise<void> => {
  const [pid] = (await readFile(join(cluster.dataFolder, 'postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGKILL');
};

/** Asks without a pause, as many clients do; returns how to stop. */
const ask = (sql: Database, clientsAtOnce: number): (() => Promise<void>) => {
  let isOver = false;
  const client = async (nth: number): Promise<void> => {
    while (!isOver) {
      const query =
        nth % 2 === 0 ? sql`select ${nth}::int, pg_sleep(0.001)` : sql.begin((tx) => tx`select ${nth}::int`);
      await Promise.resolve(query).catch(() => new Promise((resolve) => setTimeout(resolve, 5)));
    }
  };
  const all = Promise.all(Array.from({ length: clientsAtOnce }, (_, nth) => client(nth)));
  return async () => {
    isOver = true;
    await all;
  };
};

/** The backends behind a pool, each asked at the same moment. */
const backends = async (sql: Database, count: number): Promise<number> => {
  const rows = await Promise.all(
    Array.from({ length: count }, () =>
      sql.begin((tx) => tx<{ pid: number }[]>`select pg_backend_pid() as pid, pg_sleep(0.1)`),
    ),
  );
  return new Set(rows.map(([row]) => row?.pid)).size;
};

test('every connection of a pool serves again after its server was killed under load, and the process lives', async () => {
  const sql = withPoolDeadline(open(connections), 500);
  const stop = ask(sql, 40);
  for (let kills = 0; kills < 3; kills += 1) {
    await sql`select 1`;
    await killServer();
    for (let isBack = false; !isBack; )
      isBack = await sql`select 1`.then(
        () => true,
        () => false,
      );
  }
  await stop();
  expect(await backends(sql, connections)).toBe(connections);
}, 20_000);

test('a transaction whose connection is cut fails, and what it still sends reaches nobody else’s', async () => {
  const sql = open(1);
  await sql`create table others (id int)`;
  const other = Promise.withResolvers<void>();
  const rest = Promise.withResolvers<unknown>();
  const cut = sql.begin(async (tx) => {
    await tx`select pg_terminate_backend(pg_backend_pid())`.catch(() => undefined);
    // The connection is another's by now.
    await other.promise;
    rest.resolve(await tx`insert into others values (1)`.catch((error: Error) => error.message));
  });
  await expect(cut).rejects.toThrow();
  await sql.begin(async (tx) => {
    await tx`select 1`;
    other.resolve();
    expect(await rest.promise).toContain('CONNECTION_CLOSED');
  });
  expect(await sql`select count(*)::int as count from others`).toEqual([{ count: 0 }]);
});

test('a query that was given up behind another leaves the answers to those who asked', async () => {
  const raw = open(1);
  await raw`select 1`;
  const patient = raw`select pg_sleep(0.3), 'first' as answer`.execute();
  const givenUp = withPoolDeadline(raw, 50)`select 'given up' as answer`;
  await expect(givenUp).rejects.toThrow('No database connection became free within 50 ms');
  const [[first], [second], [third]] = await Promise.all([
    patient,
    raw`select 'second' as answer`,
    raw`select 'third' as answer`,
  ]);
  expect([first?.answer, second?.answer, third?.answer]).toEqual(['first', 'second', 'third']);
});

test('a pool whose first query was given up before it was connected serves the next ones', async () => {
  const sql = withPoolDeadline(open(1), 1);
  await sql`select 1`.catch(() => undefined);
  const patient = withPoolDeadline(clients[0] as Database, 2_000);
  expect(await patient`select 2 as two`).toEqual([{ two: 2 }]);
});

test('what is asked of a connection that has just broken is answered, and so is what comes after it', async () => {
  const target = new URL(roleUrls(cluster.port, testPasswords, 'postgres').superuserUrl);
  const sockets: Socket[] = [];
  const proxy = createServer((client) => {
    const server = connect(Number(target.port), target.hostname);
    sockets.push(client);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const)
      from.on('error', () => to.destroy()).pipe(to);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const through = new URL(target);
  through.port = String((proxy.address() as AddressInfo).port);
  const sql = openSql(through.href, { max: 1, applicationName: 'test-driver' });
  clients.push(sql);
  await sql`select 1`;
  const meanwhile = sql`select pg_sleep(60)`.catch(() => sql`select 2 as two`.catch(() => 'refused'));
  sockets[0]?.resetAndDestroy();
  await meanwhile;
  expect(await sql`select 3 as three`).toEqual([{ three: 3 }]);
  proxy.close();
});

/** Whether V8 has an object where the young are: what it sees then goes with it, at the next of the frequent collections. */
const isYoung = (object: unknown): boolean => {
  setFlagsFromString('--allow-natives-syntax');
  try {
    const ask: (given: unknown) => boolean = runInThisContext('(given) => %InYoungGeneration(given)');
    return ask(object);
  } finally {
    setFlagsFromString('--no-allow-natives-syntax');
  }
};

test('what a query was given and gave can be collected young', async () => {
  const sql = open(1);
  const query = sql`select 1 as one`;
  expect(isYoung((query as unknown as { resolve: unknown }).resolve)).toBe(true);
  await query;
  const watched = withPoolDeadline(sql, 1_000)`select 1 as one` as unknown as Record<string, unknown>;
  expect(isYoung(watched.handle)).toBe(true);
  const answer = (watched as unknown as Promise<unknown>).then((rows) => rows);
  expect([watched.resolve, watched.reject].map(isYoung)).toEqual([true, true]);
  await answer;
});

test('the list of free connections does not grow with what they were asked', async () => {
  const sql = open(2);
  await Promise.all([sql`select pg_sleep(0.1)`, sql`select pg_sleep(0.1)`]);
  let longest = 0;
  const { indexOf } = Array.prototype;
  const searched = vi.spyOn(Array.prototype, 'indexOf').mockImplementation(function search(this: unknown[], ...given) {
    longest = Math.max(longest, this.length);
    return indexOf.apply(this, given);
  });
  try {
    for (let nth = 0; nth < 1_000; nth += 1) await sql`select ${nth}::int`;
  } finally {
    searched.mockRestore();
  }
  expect(longest).toBeLessThan(200);
});
