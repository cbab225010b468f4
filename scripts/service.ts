import { type ChildProcess, spawn } from 'node:child_process';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { projectFolder } from './data-folder.ts';

/** A process that the supervisor keeps alive. */
export type Service = {
  readonly name: string;
  /** Who works, or worked last; after it, who stands by. */
  readonly pids: () => readonly number[];
  /** Ends it and lets the supervisor start it anew (development). */
  readonly restart: () => void;
  /** SIGTERM, then SIGKILL after `graceMs`. */
  readonly stop: (graceMs: number) => Promise<void>;
};

export type ServiceOptions = {
  readonly name: 'web' | 'worker';
  /** Relative to the project. */
  readonly script: string;
  readonly env: NodeJS.ProcessEnv;
  /** Called with a changed pid. */
  readonly onSpawn: () => void;
  /** Called when it died often without ever having been ready. Later deaths never end the others. */
  readonly onGivingUp: (reason: string) => void;
  /** The pause after a first death; it doubles with each one after it. Default 250. */
  readonly firstPauseMs?: number;
  /** How long after one has begun to serve another is made to stand by, in ms. By default none is. */
  readonly standbyAfterMs?: number;
};

/**
 * A great collection takes a processor for a tenth of a second, and all who order at once wait for it. Started with as much
 * room as this, in MB, a rush of half a minute needs none; without, the first comes after six seconds, two more soon after.
 */
const oldSpaceMb = Math.min(512, Math.floor(totalmem() / 2 ** 20 / 32));

/**
 * What a batch or a request leaves behind dies young: a larger nursery, in MB, has less of it outlive a collection. A
 * larger one is emptied for longer, and all wait meanwhile: 96 in 30 to 90 ms, 32 in 7 to 25 (under `bench search` and
 * `bench projections`). What the worker's batches hold is alive for longer than a request: with 64 it takes a twelfth less
 * of the processors than with 32 (two alternating pairs at 404 orders/s).
 */
export const nodeFlags = {
  web: ['--max-semi-space-size=32', `--initial-old-space-size=${oldSpaceMb}`],
  worker: ['--max-semi-space-size=64'],
} as const;

/** For node, with WAYBILL_STARTED_BY and a channel: a process that outlives whoever started it ends by itself. */
export const endsWithParent = `--import=${join(projectFolder, 'scripts', 'exit-with-parent.ts').replaceAll(' ', '%20')}`;

const colors = { web: '\u001b[36m', worker: '\u001b[35m' } as const;
/** Short, since people wait; long enough that a process that dies at once leaves the machine to the others. */
const pauseMostMs = 2_000;
/** A process that ran so long, or so long since it was ready, is started again without a longer pause than the first. */
const steadyAfterMs = 5_000;
const steadyAfterReadyMs = 1_500;
const mostDeathsUnready = 6;

const prefixLines = (child: ChildProcess, name: 'web' | 'worker'): void => {
  const prefix = process.stdout.isTTY ? `${colors[name]}${name.padEnd(6)}│\u001b[0m ` : `${name.padEnd(6)}| `;
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    if (from) createInterface({ input: from }).on('line', (line) => to.write(`${prefix}${line}\n`));
  }
};

/** One process of the service. */
type Run = {
  readonly child: ChildProcess;
  readonly exited: Promise<void>;
  /** When it began to work; a standby has not. */
  workingSince: number;
  readyAt: number;
  /** Its end was asked for, so that the next one may begin. */
  isWanted: boolean;
};

const isSteady = ({ workingSince, readyAt }: Run): boolean =>
  Date.now() - workingSince > steadyAfterMs || Date.now() - readyAt > steadyAfterReadyMs;

/**
 * Starts the process and starts it again, with growing pauses, whenever it dies. It says `ready` over its channel once
 * it serves. With `standbyAfterMs`, another one loads its modules ahead of need (WAYBILL_STANDBY=1) and waits for the
 * word `start`: it takes over at once.
 */
export const keepRunning = (options: ServiceOptions): Service => {
  const { name, script, env, firstPauseMs = 250, standbyAfterMs } = options;
  let isStopping = false;
  let hasServed = false;
  let deathsInARow = 0;
  let standby: Run | null = null;
  let standbyTimer: NodeJS.Timeout | undefined;

  const spawnOne = (extra: Readonly<Record<string, string>>): Run => {
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        '--enable-source-maps',
        ...nodeFlags[name],
        endsWithParent,
        join(projectFolder, script),
      ],
      // Detached from the terminal's process group: Ctrl-C reaches the supervisor, which stops things in order. And a
      // session of its own, which the worker lowers the priority of (server/runtime/give-way.ts).
      {
        cwd: projectFolder,
        env: { ...env, ...extra, WAYBILL_STARTED_BY: String(process.pid) },
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    prefixLines(child, name);
    child.on('error', () => undefined);
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    return { child, exited, workingSince: Date.now(), readyAt: Number.POSITIVE_INFINITY, isWanted: false };
  };

  const standBySoon = (afterMs: number | undefined): void => {
    clearTimeout(standbyTimer);
    if (afterMs === undefined) return;
    standbyTimer = setTimeout(() => {
      if (isStopping || standby) return;
      const run = spawnOne({ WAYBILL_STANDBY: '1' });
      if (run.child.pid === undefined) return; // the machine has no room for it; whoever dies is started anew
      standby = run;
      run.child.once('exit', () => {
        if (standby !== run) return;
        standby = null;
        if (!isStopping) standBySoon(Math.max(afterMs, pauseMostMs));
      });
      options.onSpawn();
    }, afterMs);
  };

  const work = (run: Run): Run => {
    run.workingSince = Date.now();
    run.child.on('message', (message) => {
      if (message !== 'ready') return;
      hasServed = true;
      run.readyAt = Date.now();
      standBySoon(standbyAfterMs);
    });
    run.child.once('exit', (code, signal) => {
      if (!isStopping) succeed(run, signal ? `by ${signal}` : `with code ${code}`);
    });
    return run;
  };

  const goOn = (next: Run): void => {
    active = work(next);
    options.onSpawn();
  };

  const succeed = (last: Run, how: string): void => {
    deathsInARow = last.isWanted || isSteady(last) ? 0 : deathsInARow + 1;
    if (!hasServed && deathsInARow >= mostDeathsUnready) {
      options.onGivingUp(`${name} ended ${how}, for the ${deathsInARow}th time in a row; see its messages above.`);
      return;
    }
    const next = standby;
    // Who stood by may have died at the same time: then its own end is heard next.
    if (next && !last.isWanted) {
      process.stderr.write(`${name} ended ${how}; the one that stood by takes over\n`);
      standby = null;
      goOn(next);
      next.child.send('start');
      return;
    }
    const pauseMs = last.isWanted ? 0 : Math.min(firstPauseMs * 2 ** Math.max(0, deathsInARow - 1), pauseMostMs);
    if (!last.isWanted) process.stderr.write(`${name} ended ${how}; starting it again in ${pauseMs / 1000} s\n`);
    void delay(pauseMs).then(() => {
      if (!isStopping) goOn(spawnOne({}));
    });
  };

  let active = work(spawnOne({}));
  options.onSpawn();

  return {
    name,
    pids: () => [active, standby].flatMap((run) => run?.child.pid ?? []),
    restart: () => {
      active.isWanted = true;
      active.child.kill('SIGTERM');
    },
    stop: async (graceMs) => {
      isStopping = true;
      clearTimeout(standbyTimer);
      const runs = [active, standby].filter((run) => run !== null);
      for (const { child } of runs) child.kill('SIGTERM');
      const late = setTimeout(() => {
        for (const { child } of runs) child.kill('SIGKILL');
      }, graceMs);
      await Promise.all(runs.map(({ exited }) => exited));
      clearTimeout(late);
    },
  };
};
