import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '#db/embedded/ports.ts';
import { readEnv } from '#server/env.ts';
import { buildWhenStale } from '../scripts/build.ts';
import { projectFolder, readRunning } from '../scripts/data-folder.ts';
import { type ScratchEnv, scratchSource } from '../scripts/scratch-database.ts';
import { loadSecrets, secretVariables } from '../scripts/secrets.ts';

/** The whole product, as `npm start` runs it: supervisor, PostgreSQL, web and worker. */
export type Product = {
  readonly origin: string;
  readonly folder: string;
  /** PostgreSQL's own folder. */
  readonly databaseFolder: string;
  readonly env: ScratchEnv;
  /** The process that serves now; null while there is none. */
  readonly pidOf: (name: 'web' | 'worker') => Promise<number | null>;
  readonly postmasterPid: () => Promise<number | null>;
  /** SIGKILL, to whoever plays the part now. False where nobody does. PostgreSQL: with all of its processes, or alone. */
  readonly kill: (name: 'web' | 'worker' | 'postmaster' | 'postgres') => Promise<boolean>;
  readonly health: () => Promise<{ readonly ok: boolean; readonly status: string; readonly ms: number }>;
  /** The supervisor itself has ended: the app would need a restart. */
  readonly hasEnded: () => boolean;
  /** What it said last, for a report. */
  readonly lastWords: () => string;
  readonly stop: () => Promise<void>;
};

export const until = async (what: string, secondsMost: number, isSo: () => Promise<boolean>): Promise<void> => {
  const end = performance.now() + secondsMost * 1_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${secondsMost} s`);
    await delay(20);
  }
};

const commandLine = (pid: number): Promise<string> => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');

const parentOf = async (pid: number): Promise<number> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
};

const childrenOf = async (parent: number): Promise<number[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = await Promise.all(pids.map(parentOf));
  return pids.filter((_, nth) => parents[nth] === parent);
};

const signal = (pid: number, name: NodeJS.Signals): boolean => {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
};

const envOf = async (folder: string, port: number, origin: string): Promise<ScratchEnv> => {
  const running = await readRunning(folder);
  if (!running?.databaseUrls) throw new Error('The product has not published its database');
  const { owner, app, worker } = running.databaseUrls;
  const source = scratchSource(folder);
  const variables = secretVariables(await loadSecrets(folder), source);
  const env = readEnv({
    ...source,
    ...variables,
    PORT: String(port),
    PUBLIC_URL: origin,
    DATABASE_URL: owner,
    APP_DATABASE_URL: app,
    WORKER_DATABASE_URL: worker,
  });
  return { ...env, DATABASE_URL: owner };
};

/** Builds the pages where they are stale, starts the product in `folder`, and waits until it is well. */
export const startProduct = async (folder: string, say: (line: string) => void): Promise<Product> => {
  await buildWhenStale(say);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const words: string[] = [];
  const supervisor: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(projectFolder, 'scripts', 'supervisor.ts')],
    {
      cwd: projectFolder,
      env: {
        ...scratchSource(folder),
        NODE_ENV: 'production',
        PORT: String(port),
        LOG_LEVEL: process.env.LOG_LEVEL || 'error',
      },
      // By the channel it learns that we are gone, however that came about.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    },
  );
  for (const from of [supervisor.stdout, supervisor.stderr])
    if (from)
      createInterface({ input: from }).on('line', (line) => {
        words.push(line);
        if (words.length > 400) words.splice(0, 200);
      });
  let ended = false;
  const exited = once(supervisor, 'exit').then(() => {
    ended = true;
  });

  const pidOf: Product['pidOf'] = async (name) => {
    for (const pid of (await readRunning(folder))?.children ?? [])
      if ((await commandLine(pid)).includes(`server/${name}.ts`)) return pid;
    return null;
  };
  const databaseFolder = async (): Promise<string> => {
    const memory = JSON.parse(await readFile(join(folder, 'postgres.json'), 'utf8')) as { dataFolder: string };
    return memory.dataFolder;
  };
  const postmasterPid = async (): Promise<number | null> => {
    const text = await readFile(join(await databaseFolder(), 'postmaster.pid'), 'utf8').catch(() => '');
    const pid = Number(text.split('\n')[0]);
    return pid > 0 && (await commandLine(pid)).includes('postgres') ? pid : null;
  };
  const kill: Product['kill'] = async (name) => {
    if (name === 'web' || name === 'worker') {
      const pid = await pidOf(name);
      return pid !== null && signal(pid, 'SIGKILL');
    }
    const pid = await postmasterPid();
    if (pid === null) return false;
    const backends = name === 'postgres' ? await childrenOf(pid) : [];
    const isKilled = signal(pid, 'SIGKILL');
    for (const backend of backends) signal(backend, 'SIGKILL');
    return isKilled;
  };
  const health: Product['health'] = async () => {
    const beganAt = performance.now();
    try {
      const answer = await fetch(`${origin}/api/health`, { signal: AbortSignal.timeout(3_000) });
      const { status } = (await answer.json()) as { status: string };
      return { ok: answer.ok && status === 'ok', status, ms: performance.now() - beganAt };
    } catch (error) {
      return { ok: false, status: error instanceof Error ? error.name : 'error', ms: performance.now() - beganAt };
    }
  };
  const stop = async (): Promise<void> => {
    if (ended) return;
    supervisor.kill('SIGTERM');
    const late = setTimeout(() => supervisor.kill('SIGKILL'), 40_000);
    await exited;
    clearTimeout(late);
  };

  try {
    await until('the product is well', 180, async () => {
      if (ended) throw new Error(`The product did not start:\n${words.slice(-20).join('\n')}`);
      return (await health()).ok && (await pidOf('worker')) !== null;
    });
    return {
      origin,
      folder,
      databaseFolder: await databaseFolder(),
      env: await envOf(folder, port, origin),
      pidOf,
      postmasterPid,
      kill,
      health,
      hasEnded: () => ended,
      lastWords: () => words.slice(-40).join('\n'),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Runs `use` with the product, and stops it. What it said last is told with an error. */
export const withProduct = async (
  folder: string,
  say: (line: string) => void,
  use: (product: Product) => Promise<void>,
): Promise<void> => {
  const product = await startProduct(folder, say);
  try {
    await use(product);
  } catch (error) {
    say(`The product said last:\n${product.lastWords()}`);
    throw error;
  } finally {
    await product.stop();
  }
};
