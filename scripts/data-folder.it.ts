import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbeddedServer } from '#db/embedded/embedded-server.ts';
import { lockDataFolder, PlainError, projectFolder } from './data-folder.ts';
import { loadSecrets } from './secrets.ts';

// A name with a space in it: folders have them.
let folder: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill data-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const start = async () => {
  const { passwords } = await loadSecrets(folder);
  return startEmbeddedServer({ dataDir: folder, passwords, say: () => undefined });
};

const ask = async (url: string, query: string): Promise<unknown> => {
  const sql = postgres(url, { max: 1 });
  try {
    const [row] = await sql.unsafe(query);
    return Object.values(row ?? {})[0];
  } finally {
    await sql.end({ timeout: 2 });
  }
};

/** Another process that starts the server (or only takes the lock) of the folder, and stays until it is killed. */
const otherProcess = async (what: 'lock' | 'server'): Promise<ChildProcess> => {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(projectFolder, 'scripts', 'testing', 'hold-data-folder.ts'),
      folder,
      what,
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  children.push(child);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  return child;
};

const killOutright = async (child: ChildProcess): Promise<void> => {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
};

test('of two starters on one folder, one gets it, and the other is told who has it', async () => {
  const outcomes = await Promise.allSettled([otherProcess('lock'), otherProcess('lock')]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(lockDataFolder(folder)).rejects.toThrow(/Waybill already runs on .* \(a test, pid \d+\): http:\/\/here/);
});

test('a lock dies with its holder, however it dies', async () => {
  await killOutright(await otherProcess('lock'));
  const lock = await lockDataFolder(folder);
  expect(lock.leftBehind).toEqual([12_345]);
  await lock.release();
});

test('a server whose starter was killed does not block the next start, and nothing is lost', async () => {
  await killOutright(await otherProcess('server'));
  const server = await start();
  expect(await ask(server.ownerUrl, 'select id from kept')).toBe(7);
  await server.stop();
});

test('a stale pid file, whose number belongs to another program by now, does not block the next start', async () => {
  const first = await start();
  await first.stop();
  await writeFile(join(first.dataFolder, 'postmaster.pid'), `${process.pid}\n${first.dataFolder}\n0\n5432\n\n\n\n\n`);
  const second = await start();
  expect(await ask(second.appUrl, 'select current_user::text')).toBe('waybill_app');
  await second.stop();
});

test('a start killed midway through making the data folder leaves nothing that looks like a database', async () => {
  const partial = join(folder, 'postgres.partial-1');
  await mkdir(partial);
  await writeFile(join(partial, 'PG_VERSION'), '18\n');
  const server = await start();
  expect((await readdir(folder)).filter((name) => name.includes('partial'))).toEqual([]);
  await server.stop();
});

test('a folder of the database’s name that is not complete is refused and left as it is', async () => {
  await mkdir(join(folder, 'postgres'));
  await writeFile(join(folder, 'postgres', 'precious'), 'data');
  await expect(start()).rejects.toThrow(/not a complete PostgreSQL data folder/);
  expect(await readFile(join(folder, 'postgres', 'precious'), 'utf8')).toBe('data');
});

test('a database that is not where it was is missed, not replaced by an empty one', async () => {
  await writeFile(
    join(folder, 'postgres.json'),
    JSON.stringify({ dataFolder: join(folder, 'elsewhere', 'postgres'), madeFor: folder }),
  );
  await expect(start()).rejects.toThrow(/should be in .*elsewhere/);
});

test('another major version’s data is refused and left as it is', async () => {
  await mkdir(join(folder, 'postgres'));
  await writeFile(join(folder, 'postgres', 'PG_VERSION'), '16\n');
  await expect(start()).rejects.toThrow(/made by PostgreSQL 16/);
});

test('lost secrets are said plainly: the data is not opened with new ones', async () => {
  const server = await start();
  await server.stop();
  await rm(join(folder, 'secrets.json'));
  await expect(start()).rejects.toThrow(/other passwords than secrets.json/);
});

test('damaged secrets are refused, never replaced', async () => {
  await writeFile(join(folder, 'secrets.json'), '{"masterKey":');
  await expect(loadSecrets(folder)).rejects.toThrow(PlainError);
  expect(await readFile(join(folder, 'secrets.json'), 'utf8')).toBe('{"masterKey":');
});

test('secrets are for their owner’s eyes only', async () => {
  await loadSecrets(folder);
  const { mode } = await stat(join(folder, 'secrets.json'));
  expect(mode & 0o077).toBe(0);
});
