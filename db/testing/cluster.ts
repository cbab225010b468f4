import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { copyBinaries, findBinaries, type PostgresBinaries } from '../embedded/binaries.ts';
import { type ClusterPlace, initializeCluster, isInitialized, startCluster } from '../embedded/cluster.ts';
import { keepCluster } from '../embedded/keep-cluster.ts';
import { freePort } from '../embedded/ports.ts';
import { ensureDatabase, ensureRoles, type RolePasswords, roleUrls } from '../embedded/roles.ts';
import { accountForPostgres, closedFolderOnTheWay, type UnixAccount } from '../embedded/unix-account.ts';
import { migrate, readMigrations } from '../migrate.ts';

const run = promisify(execFile);

/** Nothing of worth is behind these; the cluster listens on 127.0.0.1 and is thrown away. */
export const testPasswords: RolePasswords = {
  superuser: 'test',
  owner: 'test',
  app: 'test',
  worker: 'test',
  auditor: 'test',
};

export const templateDatabase = 'waybill_template';

// Speed for safety: the data is thrown away.
const settings = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=logical',
  'shared_buffers=128MB',
  'max_connections=300',
  'max_wal_size=2GB',
  'autovacuum_naptime=5s',
  'idle_in_transaction_session_timeout=30s',
];

/** A throw-away cluster that holds the migrated template database. */
export type TestCluster = { readonly port: number; readonly dataFolder: string; readonly stop: () => Promise<void> };

type Workshop = { readonly folder: string; readonly account: UnixAccount; readonly binaries: PostgresBinaries };

const openWorkshop = async (): Promise<Workshop> => {
  const account = await accountForPostgres();
  const name = `waybill-tests-${userInfo().username}`;
  let base = tmpdir();
  if (await closedFolderOnTheWay(base, account)) base = '/var/tmp';
  const folder = join(base, name);
  await mkdir(folder, { recursive: true });
  if (account.uid !== undefined) await chmod(folder, 0o711);
  const binaries = await findBinaries();
  const closed = await closedFolderOnTheWay(binaries.home, account);
  return { folder, account, binaries: closed ? await copyBinaries(binaries, folder) : binaries };
};

const placeIn = (workshop: Workshop, name: string): ClusterPlace => ({
  binaries: workshop.binaries,
  account: workshop.account,
  dataFolder: join(workshop.folder, name),
  logFile: join(workshop.folder, `${name}.log`),
});

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

// A killed run can't tidy up after itself; names end in the pid of the run that made them.
const sweep = async (folder: string): Promise<void> => {
  const dayMs = 24 * 60 * 60 * 1000;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const pid = /-(\d+)(?:-[0-9a-f]+)?(?:\.log(?:\.1)?)?$/.exec(name)?.[1];
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    const isOfDeadRun = /^(run|partial)-/.test(name) && pid !== undefined && !isRunning(Number(pid));
    const isOldTemplate = name.startsWith('template-') && age > 2 * dayMs;
    if (isOfDeadRun || isOldTemplate) await rm(path, { recursive: true, force: true });
  }
};

const templateHash = async (version: string): Promise<string> => {
  const hash = createHash('sha256').update(version).update(settings.join());
  for (const file of ['./cluster.ts', '../embedded/roles.ts', '../embedded/cluster.ts']) {
    hash.update(await readFile(fileURLToPath(new URL(file, import.meta.url))));
  }
  for (const { name, sha256 } of await readMigrations()) hash.update(name).update(sha256);
  return hash.digest('hex').slice(0, 16);
};

// The data folder of a stopped cluster with the migrated template database; made once per state of the migrations.
const ensureTemplate = async (workshop: Workshop): Promise<string> => {
  const name = `template-${await templateHash(workshop.binaries.version)}`;
  const finished = join(workshop.folder, name);
  if (await isInitialized(finished)) return finished;
  const place = placeIn(workshop, `partial-${process.pid}`);
  await rm(place.dataFolder, { recursive: true, force: true });
  try {
    await initializeCluster(place, testPasswords.superuser);
    const cluster = await startCluster(place, await freePort(), settings);
    try {
      const urls = roleUrls(cluster.port, testPasswords, templateDatabase);
      const sql = postgres({ port: cluster.port, host: '127.0.0.1', user: 'postgres', password: 'test', max: 1 });
      await ensureRoles(sql, testPasswords);
      await sql.end({ timeout: 2 });
      await ensureDatabase(urls.superuserUrl, templateDatabase);
      await migrate(urls.ownerUrl);
    } finally {
      await cluster.stop('fast');
    }
    await rename(place.dataFolder, finished).catch(async (error: unknown) => {
      if (!(await isInitialized(finished))) throw error; // another run was quicker
    });
  } finally {
    await rm(place.dataFolder, { recursive: true, force: true });
    await rm(place.logFile, { force: true });
  }
  return finished;
};

/**
 * Starts a cluster of its own from the migrated template (about 0.4 s; 3 s after a change of migrations). For tests
 * that restart, restore, kill or hold back a whole cluster; others share one and call `createTestDatabase`.
 */
export const startTestCluster = async ({ keepsRunning = false } = {}): Promise<TestCluster> => {
  const workshop = await openWorkshop();
  await sweep(workshop.folder);
  const template = await ensureTemplate(workshop);
  const place = placeIn(workshop, `run-${process.pid}-${randomBytes(3).toString('hex')}`);
  await run('cp', ['-R', template, place.dataFolder]);
  await chmod(place.dataFolder, 0o700);
  const { uid, gid } = workshop.account;
  if (uid !== undefined && gid !== undefined) {
    await run('chown', ['-R', `${uid}:${gid}`, place.dataFolder]);
  }
  const first = await startCluster(place, await freePort(), settings);
  const startAgain = () => startCluster(place, first.port, settings);
  const cluster = keepsRunning ? keepCluster(first, startAgain, place.dataFolder, () => undefined) : first;
  return {
    port: cluster.port,
    dataFolder: place.dataFolder,
    stop: async () => {
      await cluster.stop('immediate');
      await rm(place.dataFolder, { recursive: true, force: true });
      await rm(place.logFile, { force: true });
    },
  };
};
