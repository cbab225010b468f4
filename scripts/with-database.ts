import { migrate } from '#db/migrate.ts';
import { type Env, readEnv } from '#server/env.ts';
import { dataFolder, isDataFolderHeld, lockDataFolder, openFolder, PlainError, readRunning } from './data-folder.ts';
import { openDatabase } from './database.ts';
import { loadSecrets, secretVariables } from './secrets.ts';

type Urls = { readonly owner: string; readonly app: string; readonly worker: string };

export type WithDatabaseOptions = {
  /** Shown to a second starter as who holds the data folder, such as `npm run import:olist`. */
  readonly purpose?: string;
  /** What to read instead of process.env; a benchmark names its own WAYBILL_DATA_DIR here. */
  readonly source?: NodeJS.ProcessEnv;
  readonly say?: (line: string) => void;
  /** False leaves a database that is started for this as it is. Default true. */
  readonly migrates?: boolean;
  /** Makes a new server ready for a rush, as `npm start` does. Default false. */
  readonly fillsLog?: boolean;
};

const envWith = (source: NodeJS.ProcessEnv, secrets: Record<string, string>, folder: string, urls: Urls): Env =>
  readEnv({
    ...source,
    ...secrets,
    NODE_ENV: source.NODE_ENV || 'production',
    WAYBILL_DATA_DIR: folder,
    DATABASE_URL: urls.owner,
    APP_DATABASE_URL: urls.app,
    WORKER_DATABASE_URL: urls.worker,
  });

type Use<T> = (env: Env) => Promise<T>;
type Say = (line: string) => void;

const onRunning = async <T>(folder: string, source: NodeJS.ProcessEnv, say: Say, use: Use<T>): Promise<T> => {
  const running = await readRunning(folder);
  if (!running?.databaseUrls) {
    throw new PlainError(
      `The data folder ${folder} is in use by ${running?.purpose ?? 'another Waybill process'}` +
        `${running ? ` (pid ${running.pid})` : ''}. Wait for it, or set WAYBILL_DATA_DIR to another folder.`,
    );
  }
  say(`Using the database of the running Waybill (${running.url})`);
  const secrets = secretVariables(await loadSecrets(folder), source);
  return use(envWith(source, secrets, folder, running.databaseUrls));
};

const onDatabase = async <T>(
  folder: string,
  source: NodeJS.ProcessEnv,
  say: Say,
  use: Use<T>,
  { migrates = true, fillsLog = false }: Pick<WithDatabaseOptions, 'migrates' | 'fillsLog'>,
): Promise<T> => {
  const secrets = await loadSecrets(folder);
  const database = await openDatabase(folder, secrets.passwords, source, say, { fillsLog });
  const stopOnSignal = (signal: NodeJS.Signals) => {
    void database.stop().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  };
  process.once('SIGINT', stopOnSignal);
  process.once('SIGTERM', stopOnSignal);
  try {
    if (migrates) await migrate(database.urls.owner, { onApply: (name) => say(`Migrating: ${name}`) });
    return await use(envWith(source, secretVariables(secrets, source), folder, database.urls));
  } finally {
    process.off('SIGINT', stopOnSignal);
    process.off('SIGTERM', stopOnSignal);
    await database.stop();
  }
};

/**
 * Runs `use` with a migrated database: that of DATABASE_URL if set, else the one that a running `npm start` of this
 * data folder serves, else the embedded one, started for the duration. SIGINT and SIGTERM stop it cleanly.
 */
export const withDatabase = async <T>(use: (env: Env) => Promise<T>, options: WithDatabaseOptions = {}): Promise<T> => {
  const source = options.source ?? process.env;
  const say = options.say ?? ((line: string) => console.error(line));
  const folder = dataFolder(source);
  if (source.DATABASE_URL) {
    await openFolder(folder);
    return onDatabase(folder, source, say, use, options);
  }
  if (await isDataFolderHeld(folder)) return onRunning(folder, source, say, use);
  const lock = await lockDataFolder(folder);
  try {
    await lock.publish({ pid: process.pid, purpose: options.purpose ?? 'a script', children: lock.leftBehind });
    return await onDatabase(folder, source, say, use, options);
  } finally {
    await lock.release();
  }
};
