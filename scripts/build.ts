import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlainError, projectFolder } from './data-folder.ts';
import { writePictures } from './pictures.ts';

// Everything that Next's compiler may read. Tests, docs and the worker's own code are not among it, but telling them
// apart would save little: a hash too wide builds once too often, one too narrow serves old code.
const sources = [
  'app',
  'components',
  'domain',
  'server',
  'db',
  'public',
  'package-lock.json',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'components.json',
];
const notCompiled = /\.(spec|it|e2e)\.tsx?$|\.sql$|\.md$|(^|\/)(testing|seed|migrations|embedded)$/;

const filesUnder = async (path: string): Promise<readonly string[]> => {
  const info = await stat(join(projectFolder, path)).catch(() => undefined);
  if (!info) return [];
  if (!info.isDirectory()) return [path];
  const names = (await readdir(join(projectFolder, path))).sort();
  const nested = await Promise.all(
    names
      .map((name) => `${path}/${name}`)
      .filter((child) => !notCompiled.test(child))
      .map(filesUnder),
  );
  return nested.flat();
};

/** A hash of all that goes into the build. */
export const sourcesHash = async (): Promise<string> => {
  const hash = createHash('sha256');
  for (const file of (await Promise.all(sources.map(filesUnder))).flat()) {
    hash
      .update(file)
      .update('\0')
      .update(await readFile(join(projectFolder, file)))
      .update('\0');
  }
  return hash.digest('hex');
};

/** The folder of the build, relative to the project. */
export const distFolder = (source: NodeJS.ProcessEnv = process.env): string => source.WAYBILL_NEXT_DIST || '.next';

const stampOf = (dist: string): string => join(projectFolder, dist, 'waybill-sources');

const runNextBuild = (dist: string, environment: NodeJS.ProcessEnv): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        `--import=${join(projectFolder, 'scripts', 'exit-with-parent.ts').replaceAll(' ', '%20')}`,
        join(projectFolder, 'node_modules', 'next', 'dist', 'bin', 'next'),
        'build',
      ],
      {
        cwd: projectFolder,
        env: {
          ...environment,
          NODE_ENV: 'production',
          NEXT_TELEMETRY_DISABLED: '1',
          WAYBILL_NEXT_DIST: dist,
          WAYBILL_STARTED_BY: String(process.pid),
        },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      },
    );
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });

/** Builds the pages when their sources are not those of the last build. Throws `PlainError` if that fails. */
export const buildWhenStale = async (
  say: (line: string) => void,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<'fresh' | 'built'> => {
  const dist = distFolder(environment);
  await writePictures();
  const wanted = await sourcesHash();
  const built = await readFile(stampOf(dist), 'utf8').catch(() => undefined);
  if (built === wanted) return 'fresh';
  say(
    built === undefined
      ? 'Building the pages (next build) …'
      : 'The sources changed: building the pages (next build) …',
  );
  await rm(stampOf(dist), { force: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EACCES' && error.code !== 'EPERM') throw error;
    throw new PlainError(`${join(projectFolder, dist)} belongs to another user. Remove it, or set WAYBILL_NEXT_DIST.`);
  });
  const code = await runNextBuild(dist, environment);
  if (code !== 0) throw new PlainError(`The build failed (next build, exit code ${code}); see its messages above.`);
  // A build whose workers died may still say 0.
  await stat(join(projectFolder, dist, 'BUILD_ID')).catch(() => {
    throw new PlainError('The build ended early (next build wrote no BUILD_ID); see its messages above.');
  });
  await writeFile(stampOf(dist), wanted);
  return 'built';
};
