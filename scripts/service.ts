import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { projectFolder } from './data-folder.ts';

/** A process that the supervisor keeps alive. */
export type Service = {
  readonly name: string;
  readonly pid: () => number | undefined;
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
};

/**
 * What a batch or a request leaves behind dies young: a larger nursery, in MB, halves the collector's share. A batch of
 * the worker's can wait (96 rebuilt an eighth faster than 48; the benchmarks that fold in their own process run with the
 * same); a person can't: emptying 96 stops all requests for 30 ms, 32 for 7 (measured under `bench search`).
 */
export const nodeFlags = {
  web: ['--max-semi-space-size=32'],
  worker: ['--max-semi-space-size=96'],
} as const;

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

/**
 * Starts the process and starts it again, with growing pauses, whenever it dies. It says `ready` over its channel once
 * it serves.
 */
export const keepRunning = (options: ServiceOptions): Service => {
  const { name, script, env, firstPauseMs = 250 } = options;
  let child: ChildProcess | undefined;
  let exited: Promise<void> = Promise.resolve();
  let isStopping = false;
  let hasServed = false;
  let deathsInARow = 0;

  const start = (): void => {
    const startedAt = Date.now();
    let isWanted = false;
    let readyAt = Number.POSITIVE_INFINITY;
    const spawned = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        '--enable-source-maps',
        ...nodeFlags[name],
        `--import=${join(projectFolder, 'scripts', 'exit-with-parent.ts').replaceAll(' ', '%20')}`,
        join(projectFolder, script),
      ],
      // Detached from the terminal's process group: Ctrl-C reaches the supervisor, which stops things in order.
      {
        cwd: projectFolder,
        env: { ...env, WAYBILL_STARTED_BY: String(process.pid) },
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    child = spawned;
    prefixLines(spawned, name);
    spawned.on('error', () => undefined);
    spawned.on('message', (message) => {
      if (message !== 'ready') return;
      hasServed = true;
      readyAt = Date.now();
    });
    restartNow = () => {
      isWanted = true;
      spawned.kill('SIGTERM');
    };
    exited = new Promise((resolve) => {
      spawned.once('exit', (code, signal) => {
        resolve();
        if (isStopping) return;
        const isSteady = Date.now() - startedAt > steadyAfterMs || Date.now() - readyAt > steadyAfterReadyMs;
        deathsInARow = isWanted || isSteady ? 0 : deathsInARow + 1;
        const how = signal ? `by ${signal}` : `with code ${code}`;
        if (!hasServed && deathsInARow >= mostDeathsUnready) {
          options.onGivingUp(`${name} ended ${how}, for the ${deathsInARow}th time in a row; see its messages above.`);
          return;
        }
        const pauseMs = isWanted ? 0 : Math.min(firstPauseMs * 2 ** Math.max(0, deathsInARow - 1), pauseMostMs);
        if (!isWanted) process.stderr.write(`${name} ended ${how}; starting it again in ${pauseMs / 1000} s\n`);
        void delay(pauseMs).then(() => {
          if (!isStopping) start();
        });
      });
    });
    options.onSpawn();
  };
  let restartNow: () => void = () => undefined;
  start();

  return {
    name,
    pid: () => child?.pid,
    restart: () => restartNow(),
    stop: async (graceMs) => {
      isStopping = true;
      child?.kill('SIGTERM');
      const late = setTimeout(() => child?.kill('SIGKILL'), graceMs);
      await exited;
      clearTimeout(late);
    },
  };
};
