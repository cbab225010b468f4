import { closeSql, type Database, openSql } from '#db/clients.ts';
import * as registry from '#domain/events/registry.ts';
import { createCodec } from '#server/event-store/codec.ts';
import { createSubjectKeys } from '#server/event-store/subject-keys.ts';
import { projections } from '#server/projections/registry.ts';
import { openingStock, orderLife, type TimedEvent } from '#server/projections/testing/histories.ts';
import { createCheckpointNotifier } from '#server/runtime/checkpoints.ts';
import { createConsumerCalls } from '#server/runtime/consumer-calls.ts';
import { createFeeder } from '#server/runtime/feeder.ts';
import { createProjectionRunner } from '#server/runtime/projection-runner.ts';
import { caughtUp, insertEvents } from '#server/runtime/testing/worker-rig.ts';
import type { ScratchEnv } from '../../scripts/scratch-database.ts';

const countEvents = async (sql: Database): Promise<number> => {
  const [row] = await sql<{ count: number }[]>`select count(*) as count from es.events`;
  return row?.count ?? 0;
};

/** Fills an empty store with whole lives of orders, at least `eventsLeast` events. */
export const fillStore = async (owner: Database, eventsLeast: number, seed: number): Promise<number> => {
  await insertEvents(owner, openingStock());
  for (let from = 0; (await countEvents(owner)) < eventsLeast; from += 250) {
    const lives: TimedEvent[][] = Array.from({ length: 250 }, (_, nth) => [...orderLife({ seed: seed + from + nth })]);
    await insertEvents(owner, lives.flat());
  }
  return countEvents(owner);
};

/** Folds all that is in the store into the read tables, as a worker would, then stops. */
export const foldAll = async (env: ScratchEnv): Promise<void> => {
  const sql = openSql(env.WORKER_DATABASE_URL, { max: 8, applicationName: 'prove-worker' });
  const codec = createCodec(
    registry,
    createSubjectKeys({ sql, masterKey: Buffer.from(env.WAYBILL_MASTER_KEY, 'base64') }),
  );
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const feeder = createFeeder({ sql, codec });
  const notifier = createCheckpointNotifier(sql);
  const calls = createConsumerCalls(sql);
  const stopping = new AbortController();
  const work = [
    feeder.run(stopping.signal),
    ...projections.map((projection) =>
      createProjectionRunner({ sql, codec, feeder, projection, holder: 'prove', notifier, calls, log }).run(
        stopping.signal,
      ),
    ),
  ];
  try {
    await caughtUp(sql, projections, 300_000);
  } finally {
    stopping.abort();
    await Promise.all(work);
    await notifier.close();
    await closeSql(sql);
  }
};

/**
 * A fingerprint of the event rows that the backup's own code has no part in: every column of every row, whatever the
 * order. Without the streams that were written to while it ran.
 */
export const fingerprint = async (sql: Database, without: string): Promise<string> => {
  const [row] = await sql<{ print: string }[]>`
    select count(*) || ' ' || sum(('x' || left(md5(event::text), 15))::bit(60)::bigint)
      || ' ' || sum(('x' || right(md5(event::text), 15))::bit(60)::bigint) as print
    from es.events as event where not starts_with(stream_id, ${without})`;
  return row?.print ?? '';
};
