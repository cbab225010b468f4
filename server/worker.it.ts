import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { openTestStore, type TestStore, testMasterKey } from './event-store/testing/test-store.ts';
import { projections } from './projections/registry.ts';
import { openingStock } from './projections/testing/histories.ts';
import { readCheckpoints } from './runtime/checkpoints.ts';
import { appendLife, caughtUp, eventually } from './runtime/testing/worker-rig.ts';

const script = fileURLToPath(new URL('./worker.ts', import.meta.url));
let store: TestStore;
let workers: ChildProcess[] = [];

afterEach(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  workers = [];
  await store.close();
});

const key = () => randomBytes(32).toString('base64');

const startWorker = async (): Promise<ChildProcess> => {
  store = await openTestStore();
  const worker = fork(script, {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      LOG_LEVEL: 'warn',
      // Nobody listens there: webhooks wait.
      PORT: '9',
      APP_DATABASE_URL: store.database.appUrl,
      WORKER_DATABASE_URL: store.database.workerUrl,
      WAYBILL_MASTER_KEY: testMasterKey.toString('base64'),
      WAYBILL_COMMAND_HMAC_KEY: key(),
      WAYBILL_LINK_KEY: key(),
      BETTER_AUTH_SECRET: key(),
      GATEWAY_WEBHOOK_SECRET: key(),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // A disabled inspector and no loader of the test runner's.
    execArgv: [],
  });
  workers.push(worker);
  return worker;
};

const exitOf = (worker: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    worker.once('exit', (code) => resolve(code));
  });
const leads = async (): Promise<number> =>
  (await readCheckpoints(store.sql)).filter(({ holder }) => holder !== null).length;

test('the worker follows the store, and SIGTERM ends it cleanly: every lease given back, exit code 0', async () => {
  const worker = await startWorker();
  // Six projections and the processes.
  await eventually(async () => (await leads()) === projections.length + 1);
  await appendLife(store, openingStock());
  await caughtUp(store.sql);
  const exited = exitOf(worker);
  worker.kill('SIGTERM');
  expect(await exited).toBe(0);
  expect(await leads()).toBe(0);
});

test('a worker whose supervisor is gone ends by itself', async () => {
  const worker = await startWorker();
  await eventually(async () => (await leads()) > 0);
  const exited = exitOf(worker);
  worker.disconnect();
  expect(await exited).toBe(0);
});
