import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '#db/clients.ts';
import { freePort } from '#db/embedded/ports.ts';
import { buildWhenStale, distFolder } from '../scripts/build.ts';
import { projectFolder } from '../scripts/data-folder.ts';
import { endsWithParent, nodeFlags } from '../scripts/service.ts';
import type { BenchContext } from './context.ts';

/** Web and worker as `npm start` runs them, on the benchmark's database. */
export type House = {
  readonly origin: string;
  readonly pids: { readonly web: number; readonly worker: number };
  readonly stop: () => Promise<void>;
};

/** Asks until it is so; throws after `secondsMost`. */
export const until = async (what: string, secondsMost: number, isSo: () => Promise<boolean>): Promise<void> => {
  const end = performance.now() + secondsMost * 1_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${secondsMost} s`);
    await pause(100);
  }
};

/** The worker has nothing more to do: all readers stand at the head, and no call to the outside is due. */
export const isAtRest = async (sql: Database): Promise<boolean> => {
  const [row] = await sql<{ due: number; behind: number }[]>`
    select (select count(*) from proc.effects where status = 'due')::int as due,
      (select count(*) from read.checkpoints
        where (incarnation, transaction_id, position) < (
          -- By the table's own columns: the one that is cast has the same name, and no index is in its order.
          select event.incarnation, event.transaction_id::text::bigint, event.position from es.events as event
          order by event.incarnation desc, event.transaction_id desc, event.position desc limit 1))::int as behind`;
  return row?.due === 0 && row.behind === 0;
};

const start = (name: 'web' | 'worker', env: NodeJS.ProcessEnv, args: readonly string[]): ChildProcess =>
  spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', ...nodeFlags[name], endsWithParent, ...args, `server/${name}.ts`],
    // A session of its own, as the supervisor gives it: the scheduler shares the processors out among sessions.
    { cwd: projectFolder, env, detached: true, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
};

/**
 * Starts both and waits until web is healthy. `BENCH_WEB_ARGS` and `BENCH_WORKER_ARGS` go to their
 * node, such as `--cpu-prof --cpu-prof-dir=/tmp/profile`. The pages are built only where there are none: no page is measured.
 */
export const startHouse = async ({ env, say }: BenchContext): Promise<House> => {
  await access(join(projectFolder, distFolder(), 'BUILD_ID')).catch(() => buildWhenStale(say));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const { isTestMode: _, DATABASE_URL: __, ...plain } = env;
  const { DATABASE_URL: ___, ...inherited } = process.env;
  const childEnv: NodeJS.ProcessEnv = {
    ...inherited,
    ...Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, String(value)])),
    NODE_ENV: 'production',
    PORT: String(port),
    PUBLIC_URL: origin,
    LOG_LEVEL: 'error',
    WAYBILL_GIVES_WAY: '1',
    WAYBILL_STARTED_BY: String(process.pid),
  };
  const webArgs = process.env.BENCH_WEB_ARGS?.split(' ') ?? [];
  const web = start('web', childEnv, webArgs);
  const worker = start('worker', childEnv, process.env.BENCH_WORKER_ARGS?.split(' ') ?? []);
  const stop = async () => {
    await Promise.all([end(web), end(worker)]);
  };
  try {
    await until('web is healthy', 60, () =>
      fetch(`${origin}/api/health`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { origin, pids: { web: web.pid ?? 0, worker: worker.pid ?? 0 }, stop };
};
