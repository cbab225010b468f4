// Started by an import where no worker runs: the projections alone, so that what is imported can be searched when it
// ends. No processes, effects or timers. Ends with its parent.
import { closeSql, openSql } from '#db/clients.ts';
import * as registry from '#domain/events/registry.ts';
import { readEnv } from '#server/env.ts';
import { createCodec } from '#server/event-store/codec.ts';
import { createSubjectKeys } from '#server/event-store/subject-keys.ts';
import { projections } from '#server/projections/registry.ts';
import { createCheckpointNotifier } from '#server/runtime/checkpoints.ts';
import { createConsumerCalls } from '#server/runtime/consumer-calls.ts';
import { createFeeder } from '#server/runtime/feeder.ts';
import { createProjectionRunner } from '#server/runtime/projection-runner.ts';
import { eventsChannel, listen } from '#server/runtime/wake-up.ts';

const env = readEnv();
const url = new URL(env.WORKER_DATABASE_URL);
// As the worker does: rows and checkpoint are lost together in a crash, and folded again.
url.searchParams.set('synchronous_commit', 'off');
const sql = openSql(url.href, { max: 6, applicationName: 'waybill-import-projections' });
const tell = (details: object, message: string): void => console.error(message, details);
const log = { info: () => undefined, warn: tell, error: tell };

const codec = createCodec(
  registry,
  createSubjectKeys({ sql, masterKey: Buffer.from(env.WAYBILL_MASTER_KEY, 'base64') }),
);
const feeder = createFeeder({ sql, codec, onError: (error) => tell({ error }, 'Events could not be read') });
const notifier = createCheckpointNotifier(sql);
const calls = createConsumerCalls(sql);
const holder = `import:${process.pid}`;
const runners = projections.map((projection) =>
  createProjectionRunner({ sql, codec, feeder, projection, holder, notifier, calls, log }),
);

const stopping = new AbortController();
process.once('disconnect', () => stopping.abort());
// Ctrl-C reaches the whole process group; the parent decides when this ends.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => stopping.abort());

const listener = await listen({ sql, channel: eventsChannel, onWake: () => feeder.wake() });
await Promise.all([feeder.run(stopping.signal), ...runners.map((runner) => runner.run(stopping.signal))]);
await listener.close();
await notifier.close();
await closeSql(sql, 2);
