import { once } from 'node:events';
import { type Env, EnvError, readEnv } from './env.ts';
import { createLog } from './observability/log.ts';
import { createWorker } from './runtime/create-worker.ts';

const environment = (): Env => {
  try {
    return readEnv();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
};

/** The longest that stopping may take, in ms. */
const stopMs = 15_000;

/** The supervisor has started it ahead of need: its modules are loaded, and the word comes when the first has died. */
const untilCalled = async (): Promise<void> => {
  process.channel?.ref();
  await once(process, 'message');
  process.channel?.unref();
};

const start = async (): Promise<void> => {
  const env = environment();
  const log = createLog(env, 'worker');
  if (process.env.WAYBILL_STANDBY === '1') await untilCalled();
  const worker = createWorker(env, log);
  const stopping = new AbortController();
  const stop = (why: string): void => {
    if (stopping.signal.aborted) return;
    log.info({ why }, 'worker stops');
    setTimeout(() => process.exit(1), stopMs).unref();
    stopping.abort();
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  // A supervisor that was killed can't tell: the end of its channel does.
  process.on('disconnect', () => stop('the supervisor is gone'));
  log.info('worker is at work');
  try {
    // To the supervisor, where there is one.
    await worker.run(stopping.signal, () => process.send?.('ready'));
    await worker.close();
    process.exit(0);
  } catch (error) {
    log.fatal({ err: error }, 'worker must not go on');
    process.exit(1);
  }
};

await start();
