import { type ChildProcess, spawn } from 'node:child_process';
import {
  chown,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  statfs,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { socketFolderOf } from '../socket-address.ts';
import type { PostgresBinaries } from './binaries.ts';
import type { UnixAccount } from './unix-account.ts';

export const superuserName = 'postgres';

/** Where a cluster lives and who runs it. `dataFolder` is Postgres' own (PGDATA). */
export type ClusterPlace = {
  readonly binaries: PostgresBinaries;
  readonly account: UnixAccount;
  readonly dataFolder: string;
  readonly logFile: string;
};

/** A started server; `exited` resolves when it ends, wanted or not. */
export type RunningCluster = {
  readonly port: number;
  readonly pid: number;
  readonly exited: Promise<void>;
  /** 'fast' ends sessions and writes a checkpoint; 'immediate' crashes it, for throw-away data. */
  readonly stop: (mode?: 'fast' | 'immediate') => Promise<void>;
};

// Without the PG* variables of the user's own servers.
// glibc gives each large block back at once, and the kernel fills the next one with zeros page by page: a twentieth of the
// time of whoever writes in large batches. So a connection keeps up to 32 MB. Elsewhere the names mean nothing.
const memory = { MALLOC_TRIM_THRESHOLD_: String(2 ** 25), MALLOC_MMAP_THRESHOLD_: String(2 ** 25) };

const childEnvironment = (): NodeJS.ProcessEnv => {
  const { NODE_ENV, PATH, HOME, TMPDIR, SystemRoot } = process.env;
  return { NODE_ENV, PATH, HOME, TMPDIR, SystemRoot, TZ: 'UTC', LC_MESSAGES: 'C', LANG: 'C', ...memory };
};

const identity = ({ uid, gid }: UnixAccount) => (uid === undefined || gid === undefined ? {} : { uid, gid });

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Whether `dataFolder` holds a complete cluster. A folder that initdb did not finish never has this name. */
export const isInitialized = (dataFolder: string): Promise<boolean> =>
  stat(join(dataFolder, 'PG_VERSION')).then(
    () => true,
    () => false,
  );

const runInitdb = async (
  place: ClusterPlace,
  folder: string,
  passwordFile: string,
  locale: string,
): Promise<string> => {
  const child = spawn(
    place.binaries.initdb,
    [
      `--pgdata=${folder}`,
      `--username=${superuserName}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Sorts by code point everywhere, whatever the machine's C library; lc_ctype still knows non-ASCII letters.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      `--locale=${locale}`,
      '--no-instructions',
    ],
    { ...identity(place.account), cwd: folder, env: childEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return code === 0 ? '' : output || `initdb ended with code ${code}`;
};

// What starters left that were killed midway; the caller holds the folder's lock, so that nobody is at work on them.
const removePartials = async (dataFolder: string): Promise<void> => {
  const folder = dirname(dataFolder);
  for (const name of await readdir(folder).catch(() => [])) {
    if (name.startsWith(`${basename(dataFolder)}.partial-`))
      await rm(join(folder, name), { recursive: true, force: true });
  }
};

/**
 * Makes a new cluster. It is built beside its final place and renamed when complete, so a starter that is killed
 * midway leaves nothing that looks like a database.
 */
export const initializeCluster = async (place: ClusterPlace, superuserPassword: string): Promise<void> => {
  await removePartials(place.dataFolder);
  const partial = `${place.dataFolder}.partial-${process.pid}`;
  const passwordFile = `${partial}.password`;
  let problem = '';
  try {
    for (const locale of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
      await rm(partial, { recursive: true, force: true });
      await mkdir(partial, { recursive: true, mode: 0o700 });
      await writeFile(passwordFile, `${superuserPassword}\n`, { mode: 0o600 });
      const { uid, gid } = place.account;
      if (uid !== undefined && gid !== undefined) {
        await chown(partial, uid, gid);
        await chown(passwordFile, uid, gid);
      }
      problem = await runInitdb(place, partial, passwordFile, locale);
      if (problem === '') {
        await rename(partial, place.dataFolder);
        return;
      }
      if (!problem.includes('invalid locale name')) break;
    }
  } finally {
    await rm(partial, { recursive: true, force: true });
    await rm(passwordFile, { force: true });
  }
  throw new Error(`The embedded PostgreSQL could not make its data folder ${place.dataFolder}:\n${problem}`);
};

type PidFile = { readonly pid: number; readonly port: number; readonly status: string };

const readPidFile = async (dataFolder: string): Promise<PidFile | undefined> => {
  const text = await readFile(join(dataFolder, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? '').trim() };
};

const isPostmasterOf = async (pid: number, dataFolder: string): Promise<boolean> => {
  if (!isAlive(pid)) return false;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  // Without /proc (macOS) a living pid is taken for the server: better to wait for it than to delete its lock.
  if (commandLine === undefined) return process.platform !== 'linux';
  return commandLine.includes('postgres') && commandLine.includes(basename(dataFolder));
};

const waitUntilGone = async (pid: number, deadlineMs: number): Promise<boolean> => {
  const end = Date.now() + deadlineMs;
  while (isAlive(pid)) {
    if (Date.now() > end) return false;
    await delay(20);
  }
  return true;
};

const backendsOn = async (dataFolder: string): Promise<number[]> => {
  const folder = await realpath(dataFolder);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const here = await Promise.all(
    pids.map(async (pid) => {
      // A server process works in its data folder.
      if ((await readlink(`/proc/${pid}/cwd`).catch(() => undefined)) !== folder) return false;
      const program = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
      return program.trim() === 'postgres';
    }),
  );
  return pids.filter((_, nth) => here[nth]);
};

/**
 * A killed postmaster's backends go on until their statement is done. Its pid file is what keeps a new server from
 * starting beside them and spoiling the data, so that they have to be gone before the file is removed.
 */
const endOrphans = async (dataFolder: string): Promise<void> => {
  for (let waits = 0; waits < 500; waits += 1) {
    const pids = await backendsOn(dataFolder);
    if (pids.length === 0) return;
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Gone meanwhile.
      }
    }
    await delay(10);
  }
  throw new Error(`Processes of a killed PostgreSQL still work in ${dataFolder}, and won’t end.`);
};

/**
 * Ends a server that a killed starter left behind on this folder, or what a killed server left of itself, and removes a
 * stale pid file (whose pid may by now belong to another program, which Postgres itself would not notice). Call it only
 * while holding the folder's lock.
 */
export const clearLeftover = async (dataFolder: string): Promise<'none' | 'stale file' | 'stopped'> => {
  const leftover = await readPidFile(dataFolder);
  if (!leftover) return 'none';
  if (await isPostmasterOf(leftover.pid, dataFolder)) {
    process.kill(leftover.pid, 'SIGINT');
    if (!(await waitUntilGone(leftover.pid, 30_000))) {
      process.kill(leftover.pid, 'SIGQUIT');
      await waitUntilGone(leftover.pid, 10_000);
    }
    return 'stopped';
  }
  // Elsewhere Postgres has to find out by itself: its own check of the file is all that there is against orphans.
  if (process.platform !== 'linux') return 'stale file';
  await endOrphans(dataFolder);
  // A socket's lock names its server's pid too, which may belong to another by now.
  for (const name of await readdir(dataFolder))
    if (name === 'postmaster.pid' || name.startsWith('.s.PGSQL.')) await rm(join(dataFolder, name), { force: true });
  return 'stale file';
};

const sharedMemoryType = async (): Promise<readonly string[]> => {
  if (process.platform !== 'linux') return [];
  const room = await statfs('/dev/shm').then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
  // A container's /dev/shm of 64 MB makes parallel queries fail with "No space left on device".
  return room < 512 * 1024 * 1024 ? ['dynamic_shared_memory_type=mmap'] : [];
};

// The watcher ends Postgres when the pipe on fd 3 closes, that is, when the starter dies, however it dies. It is
// reparented to init (double fork), so that Postgres never sees an unknown child.
const dieWithParent = `server=$$
( ( cat <&3 >/dev/null; kill -INT "$server" 2>/dev/null ) </dev/null >/dev/null 2>&1 & )
exec 3<&-
exec "$@"`;

const tail = async (file: string): Promise<string> =>
  readFile(file, 'utf8').then(
    (text) => text.trimEnd().split('\n').slice(-15).join('\n'),
    () => '',
  );

/** Starts the server and waits until it takes connections. `settings` are `name=value` as in postgresql.conf. */
export const startCluster = async (
  place: ClusterPlace,
  port: number,
  settings: readonly string[],
): Promise<RunningCluster> => {
  const { binaries, dataFolder, logFile } = place;
  const sockets = socketFolderOf(dataFolder);
  const flags = [
    'listen_addresses=127.0.0.1',
    // A list: quoted, since a path may have blanks and commas.
    `unix_socket_directories=${sockets === null ? '' : `"${sockets.replaceAll('"', '""')}"`}`,
    'unix_socket_permissions=0700',
    ...(await sharedMemoryType()),
    ...settings,
  ];
  const command = [binaries.postgres, '-D', dataFolder, '-p', String(port), ...flags.flatMap((flag) => ['-c', flag])];
  await mkdir(dirname(logFile), { recursive: true });
  await rename(logFile, `${logFile}.1`).catch(() => undefined);
  const log = await open(logFile, 'w', 0o600);
  let child: ChildProcess;
  try {
    child = spawn('/bin/sh', ['-c', dieWithParent, 'waybill-postgres', ...command], {
      ...identity(place.account),
      cwd: dataFolder,
      env: childEnvironment(),
      // A session of its own: Ctrl-C in the terminal must reach web and worker first, Postgres last.
      detached: true,
      stdio: ['ignore', log.fd, log.fd, 'pipe'],
    });
  } finally {
    await log.close();
  }
  const lifeline = child.stdio[3];
  lifeline?.on('error', () => undefined);
  let ended = false;
  const exited = new Promise<void>((resolve) => {
    const end = () => {
      ended = true;
      // Lets the watcher go, which otherwise waits for our own end.
      lifeline?.destroy();
      resolve();
    };
    child.once('error', end);
    child.once('exit', end);
  });
  const deadline = Date.now() + 120_000; // crash recovery of a large database takes its time
  for (;;) {
    const file = await readPidFile(dataFolder);
    if (file?.pid === child.pid && file?.status === 'ready') break;
    if (ended || Date.now() > deadline) {
      child.kill('SIGQUIT');
      throw new Error(`The embedded PostgreSQL did not start (its log is ${logFile}):\n${await tail(logFile)}`);
    }
    await delay(10);
  }
  const stop = async (mode: 'fast' | 'immediate' = 'fast'): Promise<void> => {
    if (ended) return;
    child.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
    const late = setTimeout(() => child.kill('SIGQUIT'), 60_000);
    await exited;
    clearTimeout(late);
  };
  // The watcher's pipe alone must not keep the starter's process alive.
  child.unref();
  if (lifeline && 'unref' in lifeline && typeof lifeline.unref === 'function') lifeline.unref();
  return { port, pid: child.pid ?? 0, exited, stop };
};
