import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const projectFolder = dirname(dirname(fileURLToPath(import.meta.url)));

/** A problem that the person at the terminal can solve: shown without a stack. */
export class PlainError extends Error {
  override readonly name = 'PlainError';
}

/** The absolute data folder: WAYBILL_DATA_DIR, else `.waybill` in the project. */
export const dataFolder = (source: NodeJS.ProcessEnv = process.env): string =>
  resolve(projectFolder, source.WAYBILL_DATA_DIR || '.waybill');

/** Who holds a data folder, for others to read; the lock itself is the operating system's. */
export type Running = {
  readonly pid: number;
  /** Such as `npm start`, `npm run import:olist`. */
  readonly purpose: string;
  readonly url?: string;
  readonly databaseUrls?: { readonly owner: string; readonly app: string; readonly worker: string };
  /** Processes that a killed supervisor may leave behind. */
  readonly children: readonly number[];
};

export type DataFolderLock = {
  readonly publish: (running: Running) => Promise<void>;
  readonly release: () => Promise<void>;
  /** Children of a holder that was killed, by what it published last. */
  readonly leftBehind: readonly number[];
};

const runningFile = (folder: string): string => join(folder, 'running.json');

/** What the present holder has published; undefined when nobody has, or the file is damaged. */
export const readRunning = async (folder: string): Promise<Running | undefined> => {
  try {
    return JSON.parse(await readFile(runningFile(folder), 'utf8')) as Running;
  } catch {
    return undefined;
  }
};

const ownerOf = async (folder: string): Promise<{ uid: number; gid: number } | undefined> =>
  process.getuid?.() === 0 ? stat(folder) : undefined;

/** Replaces a file in one step; as root it gets the folder's owner, so that this user can start next time. */
export const replaceFile = async (file: string, text: string): Promise<void> => {
  const partial = `${file}.partial-${process.pid}`;
  await writeFile(partial, text, { mode: 0o600, flush: true });
  const owner = await ownerOf(dirname(file));
  if (owner) await chown(partial, owner.uid, owner.gid);
  await rename(partial, file);
};

// SQLite's lock is the operating system's own: it is gone when its holder dies, however that dies, and two starters
// can't both get it. Node has no flock.
const tryLock = (file: string): DatabaseSync | undefined => {
  // Whoever only looks whether the folder is held has the lock for a moment: wait that long.
  const database = new DatabaseSync(file, { timeout: 300 });
  try {
    database.exec('pragma locking_mode = exclusive; pragma journal_mode = memory; begin exclusive');
    return database;
  } catch (error) {
    database.close();
    const { errcode } = error as { errcode?: number };
    const busy = 5;
    if (errcode === busy) return undefined;
    throw error;
  }
};

/** Makes the folder if needed. Throws `PlainError` when this user can't write it. */
export const openFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const probe = join(folder, `.write-${process.pid}`);
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'EACCES' || code === 'EPERM' ? 'it belongs to another user (was it first started as root?)' : message;
    throw new PlainError(
      `The data folder ${folder} can’t be written: ${reason}.\n` +
        `Start as that user, take it over (sudo chown -R $(id -un) '${folder}'), or set WAYBILL_DATA_DIR to another folder. ` +
        'Nothing was changed.',
    );
  }
};

const heldBy = (folder: string, running: Running | undefined): PlainError => {
  if (!running) return new PlainError(`The data folder ${folder} is in use by another Waybill process.`);
  const where = running.url ? `: ${running.url}` : '';
  return new PlainError(
    `Waybill already runs on ${folder} (${running.purpose}, pid ${running.pid})${where}\n` +
      'Stop it first, or set WAYBILL_DATA_DIR to another folder.',
  );
};

/** Takes the folder for this process until `release` or death. Throws `PlainError` naming who has it. */
export const lockDataFolder = async (folder: string): Promise<DataFolderLock> => {
  await openFolder(folder);
  const file = join(folder, 'lock');
  let lock: DatabaseSync | undefined;
  try {
    lock = tryLock(file);
    // Two that begin at the same moment can be in each other's way, so that neither gets it: then nobody says that he has.
    for (let tries = 1; !lock && tries < 5 && !(await readRunning(folder)); tries += 1) {
      await delay(50 + Math.random() * 200);
      lock = tryLock(file);
    }
  } catch (error) {
    throw new PlainError(
      `The data folder ${folder} can’t be locked: ${(error as Error).message}. Nothing was changed.`,
    );
  }
  if (!lock) throw heldBy(folder, await readRunning(folder));
  const owner = await ownerOf(folder);
  if (owner) await chown(file, owner.uid, owner.gid);
  const held = lock;
  const before = await readRunning(folder);
  return {
    leftBehind: before?.children ?? [],
    publish: (running) => replaceFile(runningFile(folder), `${JSON.stringify(running, null, 2)}\n`),
    release: async () => {
      await rm(runningFile(folder), { force: true });
      held.close();
    },
  };
};

/** Whether some process holds the folder now. */
export const isDataFolderHeld = async (folder: string): Promise<boolean> => {
  const file = join(folder, 'lock');
  const isThere = await stat(file).then(
    () => true,
    () => false,
  );
  if (!isThere) return false;
  const lock = tryLock(file);
  lock?.close();
  return lock === undefined;
};
