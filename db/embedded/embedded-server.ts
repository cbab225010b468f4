import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import postgres from 'postgres';
import { copyBinaries, findBinaries } from './binaries.ts';
import { type ClusterPlace, clearLeftover, initializeCluster, startCluster } from './cluster.ts';
import { fillLog } from './fill-log.ts';
import { keepCluster } from './keep-cluster.ts';
import { freePort } from './ports.ts';
import { databaseName, ensureDatabase, ensureRoles, type RolePasswords, type RoleUrls, roleUrls } from './roles.ts';
import { accountForPostgres, closedFolderOnTheWay, isRoot, type UnixAccount } from './unix-account.ts';

/** Nothing was changed or lost when this is thrown; the message says what to do. */
export class EmbeddedServerError extends Error {
  override readonly name = 'EmbeddedServerError';
}

/** The embedded server of a data folder, running. */
export type EmbeddedServer = RoleUrls & {
  /** Postgres' own folder; outside of the data folder only where Postgres could not reach it. */
  readonly dataFolder: string;
  readonly logFile: string;
  /** Settles when the server ends, wanted or not; with `keepsRunning` when it is stopped. */
  readonly exited: Promise<void>;
  readonly stop: () => Promise<void>;
};

export type EmbeddedServerOptions = {
  /** Absolute path of Waybill's data folder; the caller holds its lock. */
  readonly dataDir: string;
  readonly passwords: RolePasswords;
  readonly say: (line: string) => void;
  /** Makes the files of a new server's log ahead of need (`fillLog`). Default false. */
  readonly fillsLog?: boolean;
  /** Starts the server again, on the same port, whenever it dies. Default false. */
  readonly keepsRunning?: boolean;
};

const majorVersion = '18';

const megabyte = 2 ** 20;

/**
 * A quarter of the memory that this process may have, as PostgreSQL's manual advises. What lies there stays; a machine
 * that takes back the memory of files not read for a while has a query wait for the disk instead.
 */
const sharedBuffers = (): string => {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) / megabyte;
  return `shared_buffers=${Math.round(Math.min(Math.max(memory / 4, 128), 4_096))}MB`;
};

const settings = [
  sharedBuffers(),
  // All is on one disk without arms, and mostly in memory.
  'random_page_cost=1.1',
  // No statement runs long enough for compiling to pay.
  'jit=off',
  'max_connections=200',
  // Each checkpoint has every page that is touched next written whole to the log.
  'checkpoint_timeout=15min',
  // Filling each new file of the log with zeros holds up all commits (30 to 90 ms here), twice a second in a rush; files
  // that were used before are kept for the next one, and a new server's are made ahead of need (`fillLog`). With more of
  // them than that before a checkpoint, new ones are filled all the same, in memory that was never touched before (a
  // twentieth of all processor time after a minute of 400 orders/s, with 4 GB). Without zeros a new file has no room on
  // the disk yet: a disk that fills up under it ends the server, and with it all reads (`prove --only disk-full`).
  'wal_init_zero=on',
  'min_wal_size=1GB',
  'max_wal_size=1GB',
  'wal_level=logical',
  'wal_compression=off',
  'idle_in_transaction_session_timeout=30s',
  'password_encryption=scram-sha-256',
  'log_min_duration_statement=2s',
  'log_line_prefix=%m [%p] %a ',
];

// What must be remembered between starts: where the cluster is, for whom it was made, on which port it last ran.
type Memory = { readonly dataFolder: string; readonly madeFor: string; readonly port?: number };

const memoryFile = (dataDir: string): string => join(dataDir, 'postgres.json');

const recall = async (dataDir: string): Promise<Memory | undefined> => {
  const text = await readFile(memoryFile(dataDir), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Memory;
  } catch {
    return undefined; // only a hint: the folder itself is looked for below
  }
};

// Root's own files would shut out the user whose folder it is.
const writeAsOwner = async (file: string, text: string): Promise<void> => {
  await writeFile(file, text);
  if (!isRoot()) return;
  const { uid, gid } = await stat(dirname(file));
  await chown(file, uid, gid);
};

const outsideFolder = '/var/lib/waybill';

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const isCopyOfAnother = async (memory: Memory, dataDir: string): Promise<boolean> => {
  if (memory.madeFor === dataDir) return false;
  const other = await recall(memory.madeFor);
  return other?.dataFolder === memory.dataFolder;
};

const locate = async (
  dataDir: string,
  say: (line: string) => void,
): Promise<{ account: UnixAccount; dataFolder: string }> => {
  const inside = join(dataDir, 'postgres');
  const memory = await recall(dataDir);
  const remembered = memory && memory.dataFolder !== inside ? memory : undefined;
  if (remembered && !(await isCopyOfAnother(remembered, dataDir))) {
    await checkUsable(remembered.dataFolder);
    return { account: await accountForPostgres(remembered.dataFolder), dataFolder: remembered.dataFolder };
  }
  if (remembered) {
    say(`This folder is a copy of ${remembered.madeFor}, whose database stays with it; a new one is made here.`);
  }
  const hasInside = await exists(inside);
  const account = await accountForPostgres(hasInside ? inside : undefined);
  // The data folder itself is ours to open; what it is in is not.
  const closed = await closedFolderOnTheWay(dirname(dataDir), account);
  if (!closed) return { account, dataFolder: inside };
  if (hasInside) {
    throw new EmbeddedServerError(
      `The database is in ${inside}, but PostgreSQL runs as user “${account.name}” and may not pass ${closed}. ` +
        `Open the way (chmod o+x ${closed}), or move the project to where it was. Nothing was changed.`,
    );
  }
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  const dataFolder = join(outsideFolder, name, 'postgres');
  await mkdir(dirname(dataFolder), { recursive: true, mode: 0o755 });
  say(`PostgreSQL runs as user “${account.name}”, who may not pass ${closed}: the database lives in ${dataFolder}.`);
  return { account, dataFolder };
};

const refusal = (dataFolder: string, code: string | undefined): EmbeddedServerError => {
  if (code === 'EACCES') {
    return new EmbeddedServerError(
      `The database in ${dataFolder} belongs to another user: it was first started as root or as someone else. ` +
        `Start as that user, or take it over (sudo chown -R $(id -un) '${dirname(dataFolder)}'), or set ` +
        'WAYBILL_DATA_DIR to a folder of your own. Nothing was changed.',
    );
  }
  // We rename a new cluster to its name when it is complete, so this one is not ours to delete.
  return new EmbeddedServerError(
    `The database should be in ${dataFolder}, but there is not a complete PostgreSQL data folder (PG_VERSION: ` +
      `${code ?? 'unreadable'}). Restore it from a backup; or move it, and postgres.json in Waybill’s data folder, ` +
      'away to begin with a new database. Nothing was changed.',
  );
};

const checkUsable = async (dataFolder: string): Promise<void> => {
  const version = await readFile(join(dataFolder, 'PG_VERSION'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw refusal(dataFolder, error.code);
  });
  if (version.trim() !== majorVersion) {
    throw new EmbeddedServerError(
      `The database in ${dataFolder} was made by PostgreSQL ${version.trim()}; this code brings ${majorVersion}. ` +
        'Dump it with the older code and restore it here, or set WAYBILL_DATA_DIR to another folder. Nothing was changed.',
    );
  }
};

const startOnFreePort = async (place: ClusterPlace, preferred: number | undefined) => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startCluster(place, await freePort(attempt === 1 ? preferred : undefined), settings);
    } catch (error) {
      // The port may have been taken since it was found free, and backends of a killed server take a moment to go.
      const passes = /Address already in use|pre-existing shared memory block/.test(String(error));
      if (!passes || attempt === 5) throw error;
    }
  }
};

/**
 * Starts the PostgreSQL of a data folder, making it first if there is none, with roles and the database. The caller
 * must hold the folder's lock. Throws `EmbeddedServerError` in plain words.
 */
export const startEmbeddedServer = async (options: EmbeddedServerOptions): Promise<EmbeddedServer> => {
  const { dataDir, passwords, say } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const { account, dataFolder } = await locate(dataDir, say);
  // Postgres' user must pass through root's data folder; the secrets inside stay root's.
  if (account.uid !== undefined && dirname(dataFolder) === dataDir) await chmod(dataDir, 0o711);
  const found = await findBinaries();
  const closed = await closedFolderOnTheWay(found.home, account);
  const binaries = closed ? await copyBinaries(found, outsideFolder) : found;
  const logFile = join(dirname(dataFolder), 'postgres.log');
  const place: ClusterPlace = { binaries, account, dataFolder, logFile };
  const isNew = !(await exists(dataFolder));
  if (!isNew) {
    await checkUsable(dataFolder);
    const leftover = await clearLeftover(dataFolder);
    if (leftover === 'stopped') say('A PostgreSQL that a killed start left behind was stopped.');
  } else {
    say(`Making the database in ${dataFolder}`);
    await initializeCluster(place, passwords.superuser);
  }
  const memory = await recall(dataDir);
  const first = await startOnFreePort(place, memory?.port);
  const cluster = options.keepsRunning
    ? keepCluster(first, () => startCluster(place, first.port, settings), dataFolder, say)
    : first;
  try {
    await writeAsOwner(
      memoryFile(dataDir),
      `${JSON.stringify({ dataFolder, madeFor: dataDir, port: cluster.port } satisfies Memory, null, 2)}\n`,
    );
    const urls = roleUrls(cluster.port, passwords);
    await ensureRolesAndDatabase(urls, passwords, dataFolder);
    if (isNew && options.fillsLog) await fillLog(urls.superuserUrl, dataFolder);
    return { ...urls, dataFolder, logFile, exited: cluster.exited, stop: () => cluster.stop('fast') };
  } catch (error) {
    await cluster.stop('fast');
    throw error;
  }
};

const ensureRolesAndDatabase = async (urls: RoleUrls, passwords: RolePasswords, dataFolder: string): Promise<void> => {
  const admin = new URL(urls.superuserUrl);
  admin.pathname = '/postgres';
  const sql = postgres(admin.href, { max: 1, onnotice: () => undefined });
  try {
    await ensureRoles(sql, passwords);
  } catch (error) {
    if ((error as { code?: string }).code !== '28P01') throw error;
    throw new EmbeddedServerError(
      `The database in ${dataFolder} has other passwords than secrets.json beside it. Restore that secrets.json ` +
        '(it also holds the key to the personal data), or set WAYBILL_DATA_DIR to a new folder. Nothing was changed.',
    );
  } finally {
    await sql.end({ timeout: 2 });
  }
  await ensureDatabase(urls.superuserUrl, databaseName);
};
