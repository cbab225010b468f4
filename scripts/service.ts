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
  readonly script: string;
  readonly env: NodeJS.ProcessEnv;
  /** Called with a changed pid, and when it gives up: it died often without ever running for long. */
  readonly onSpawn: () => void;
  readonly onGivingUp: (reason: string) => void;
};

const colors = { web: '\u001b[36m', worker: '\u001b[35m' } as const;
const healthyAfterMs = 30_000;
const mostQuickDeaths = 6;

const prefixLines = (child: ChildProcess, name: 'web' | 'worker'): void => {
  const prefix = process.stdout.isTTY ? `${colors[name]}${name.padEnd(6)}│\u001b[0m ` : `${name.padEnd(6)}| `;
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    if (from) createInterface({ input: from }).on('line', (line) => to.write(`${prefix}${line}\n`));
  }
};

/** Starts the process and starts it again, with growing pauses, whenever it dies. */
export const keepRunning = (options: ServiceOptions): Service => {
  const { name, script, env } = options;
  let child: ChildProcess | undefined;
  let exited: Promise<void> = Promise.resolve();
  let isStopping = false;
  let quickDeaths = 0;

  const start = (): void => {
    const startedAt = Date.now();
    let isWanted = false;
    const spawned = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        '--enable-source-maps',
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
    restartNow = () => {
      isWanted = true;
      spawned.kill('SIGTERM');
    };
    exited = new Promise((resolve) => {
      spawned.once('exit', (code, signal) => {
        resolve();
        if (isStopping) return;
        quickDeaths = isWanted || Date.now() - startedAt > healthyAfterMs ? 0 : quickDeaths + 1;
        const how = signal ? `by ${signal}` : `with code ${code}`;
        if (quickDeaths >= mostQuickDeaths) {
          options.onGivingUp(
            `${name} ended ${how}, for the ${mostQuickDeaths}th time in a row; see its messages above.`,
          );
          return;
        }
        const pauseMs = isWanted ? 0 : Math.min(250 * 2 ** quickDeaths, 10_000);
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
