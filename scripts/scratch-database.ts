import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '#db/embedded/cluster.ts';
import type { Env } from '#server/env.ts';
import { projectFolder } from './data-folder.ts';
import { withDatabase } from './with-database.ts';

/** URLs of a migrated database that nobody else uses, and the keys that belong to it. */
export type ScratchEnv = Env & { readonly DATABASE_URL: string; readonly WORKER_DATABASE_URL: string };

export type ScratchFolder = { readonly path: string; readonly remove: () => Promise<void> };

/**
 * A data folder for one benchmark or proof, not made yet. Inside the project, so that it lies on the disk that the
 * product would use.
 */
export const scratchFolder = (purpose: string): ScratchFolder => {
  const path = join(projectFolder, `.waybill-${purpose}-${process.pid}`);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
};

/** Removes what benchmarks and proofs left behind that were killed: folders named after a process that is no more. */
export const sweepScratchFolders = async (): Promise<void> => {
  for (const name of await readdir(projectFolder)) {
    const pid = /^\.waybill-(?:bench|prove)-.+-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)))
      await rm(join(projectFolder, name), { recursive: true, force: true });
  }
};

/** The environment without the addresses of a database that is in use, so that an embedded one is started. */
export const scratchSource = (folder: string): NodeJS.ProcessEnv => {
  const { DATABASE_URL: _, APP_DATABASE_URL: __, WORKER_DATABASE_URL: ___, ...rest } = process.env;
  return { ...rest, WAYBILL_DATA_DIR: folder };
};

/** Runs `use` with an embedded database of its own in `folder`, which stays: remove it with `scratchFolder`'s `remove`. */
export const withScratchDatabase = async <T>(
  options: {
    readonly folder: string;
    readonly purpose: string;
    readonly say: (line: string) => void;
    readonly fillsLog?: boolean;
  },
  use: (env: ScratchEnv) => Promise<T>,
): Promise<T> => {
  const { folder, ...rest } = options;
  return withDatabase(
    async (env) => {
      const { DATABASE_URL } = env;
      if (DATABASE_URL === undefined) throw new Error('The embedded database has no address');
      return use({ ...env, DATABASE_URL });
    },
    { ...rest, source: scratchSource(folder) },
  );
};
