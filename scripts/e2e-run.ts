import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '#db/embedded/ports.ts';
import { PlainError, projectFolder } from './data-folder.ts';
import { failure, type Tally, tallyOfPlaywright } from './tally.ts';
import { runTool } from './tool.ts';

export const testDist = '.next-test';

type RunningApp = { readonly url: string; readonly dataDir: string; readonly stop: () => Promise<void> };

const isHealthy = async (url: string): Promise<boolean> =>
  fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2000) }).then(
    (answer) => answer.ok,
    () => false,
  );

const removeData = async (dataDir: string): Promise<void> => {
  // As root the cluster may live outside of the data folder; see db/embedded/embedded-server.ts.
  const memory = await readFile(join(dataDir, 'postgres.json'), 'utf8').catch(() => '{}');
  const { dataFolder } = JSON.parse(memory) as { dataFolder?: string };
  if (dataFolder && dirname(dataFolder) !== dataDir) await rm(dirname(dataFolder), { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
};

const waitUntilReady = async (child: ChildProcess, url: string, logFile: string): Promise<void> => {
  const deadline = Date.now() + 240_000;
  while (!(await isHealthy(url))) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      const log = await readFile(logFile, 'utf8').catch(() => '');
      throw new PlainError(`The app did not start for the browser tests:\n${log.split('\n').slice(-40).join('\n')}`);
    }
    await delay(100);
  }
};

/** Starts the built app with a data folder, a database and a port of its own, as `npm start` does. */
const startApp = async (): Promise<RunningApp> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'waybill-e2e-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  const logFile = join(projectFolder, 'test-results', 'app.log');
  await mkdir(dirname(logFile), { recursive: true });
  const { DATABASE_URL: _, APP_DATABASE_URL: __, WORKER_DATABASE_URL: ___, ...inherited } = process.env;
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(projectFolder, 'scripts', 'supervisor.ts')],
    {
      cwd: projectFolder,
      env: {
        ...inherited,
        HOST: '127.0.0.1',
        PORT: new URL(url).port,
        PUBLIC_URL: url,
        WAYBILL_DATA_DIR: dataDir,
        WAYBILL_NEXT_DIST: testDist,
        WAYBILL_TEST_MODE: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const log = createWriteStream(logFile);
  child.stdout?.pipe(log);
  child.stderr?.pipe(log);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
    await removeData(dataDir);
  };
  try {
    await waitUntilReady(child, url, logFile);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, dataDir, stop };
};

/** Runs Playwright against the built app. `args` are Playwright's own, such as a file or `--headed`. */
export const runBrowserTests = async (chromium: string, args: readonly string[] = []): Promise<Tally> => {
  const app = await startApp();
  const report = join(app.dataDir, 'playwright.json');
  try {
    const env = {
      ...process.env,
      WAYBILL_CHROMIUM: chromium,
      WAYBILL_E2E_URL: app.url,
      // For what only the command line does, such as erasing a person.
      WAYBILL_DATA_DIR: app.dataDir,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    };
    // Who names a file means that one, and not all that run before it.
    const only = args.some((arg) => arg.includes('.e2e.ts')) ? ['--no-deps'] : [];
    const { code } = await runTool('@playwright/test/cli.js', ['test', '--reporter=list,json', ...only, ...args], {
      env,
    });
    const text = await readFile(report, 'utf8').catch(() => undefined);
    return text === undefined ? failure('browser tests', 'Playwright left no report.') : tallyOfPlaywright(text, code);
  } finally {
    await app.stop();
  }
};
