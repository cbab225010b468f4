import type { Database } from '#db/clients.ts';
import { eventTypes, streamOf } from '#domain/events/registry.ts';
import { comparePositions, type StorePosition } from '#domain/shared/store-position.ts';
import type { TestStore } from '#server/event-store/testing/test-store.ts';
import { columnName, type Projection } from '#server/projections/define-projection.ts';
import { projections } from '#server/projections/registry.ts';
import { idOf, type TimedEvent } from '#server/projections/testing/histories.ts';
import { hurryAwaited } from '../awaited.ts';
import { createCheckpointNotifier, readCheckpoints } from '../checkpoints.ts';
import { createConsumerCalls } from '../consumer-calls.ts';
import { createFeeder, type Feeder } from '../feeder.ts';
import { createProjectionRunner, type ProjectionRunner, type ProjectionRunnerOptions } from '../projection-runner.ts';
import { tablesOf } from '../projection-target.ts';
import { listen } from '../wake-up.ts';

/** A worker's read side, without the process around it. */
export type ReadSide = {
  readonly sql: Database;
  readonly feeder: Feeder;
  readonly runners: readonly ProjectionRunner[];
  readonly errors: unknown[];
  stop(): Promise<void>;
};

export type ReadSideOptions = Partial<ProjectionRunnerOptions> & {
  readonly projections?: readonly Projection[];
  readonly withNotifications?: boolean;
};

/** Starts feeder and runners on a store's database, in the worker's role. */
export const startReadSide = async (test: TestStore, options: ReadSideOptions = {}): Promise<ReadSide> => {
  const { sql, codec } = test.another({}, 'worker');
  const errors: unknown[] = [];
  const feeder = createFeeder({ sql, codec, pollMs: 100, onError: (error) => errors.push(error) });
  const notifier = createCheckpointNotifier(sql);
  const calls = createConsumerCalls(sql);
  const log = { info: () => undefined, warn: () => undefined, error: (details: object) => void errors.push(details) };
  const stopping = new AbortController();
  const runners = (options.projections ?? projections).map((projection) =>
    createProjectionRunner({ sql, codec, feeder, holder: 'worker-1', notifier, calls, log, ...options, projection }),
  );
  const listeners = options.withNotifications
    ? await Promise.all([
        listen({ sql, channel: 'waybill_events', onWake: () => feeder.wake() }),
        hurryAwaited(sql, runners),
      ])
    : [];
  const all = Promise.all([feeder.run(stopping.signal), ...runners.map((runner) => runner.run(stopping.signal))]);
  return {
    sql,
    feeder,
    runners,
    errors,
    stop: async () => {
      stopping.abort();
      await all;
      await Promise.all(listeners.map((listener) => listener.close()));
      await notifier.close();
    },
  };
};

/** Appends each event with a command of its own; returns the token of the last. */
export const appendLife = async (
  { store }: Pick<TestStore, 'store'>,
  life: readonly TimedEvent[],
): Promise<StorePosition> => {
  let token: StorePosition = { incarnation: 0, transactionId: 0, position: 0 };
  for (const { event, occurredAt } of life) {
    const commandId = crypto.randomUUID();
    const [outcome] = await store.append([
      {
        expected: [],
        readTo: token,
        commands: [
          {
            commandId,
            actor: { id: 'rui', role: 'warehouse' },
            bodyHmac: null,
            correlationId: commandId,
            causationId: null,
            origin: 'live',
            occurredAt,
            outcome: { status: 'accepted' },
            events: [event],
          },
        ],
      },
    ]);
    if (outcome?.status !== 'appended') throw new Error(`Not appended: ${JSON.stringify(outcome)}`);
    token = outcome.commands[0]?.token ?? token;
  }
  return token;
};

/**
 * Puts events into the store as COPY would: thousands at once, each chunk one transaction, personal fields in the clear.
 * The versions follow from the order given. Not while anybody else writes to the same streams.
 */
export const insertEvents = async (sql: Database, life: readonly TimedEvent[], chunkSize = 2_000): Promise<void> => {
  const streams = [...new Set(life.map(({ event }) => streamOf(event).streamId as string))];
  const before = await sql<{ stream_id: string; version: number }[]>`
    select stream_id, max(version) as version from es.events where stream_id = any (${streams}) group by stream_id`;
  const versions = new Map(before.map(({ stream_id, version }) => [stream_id, version]));
  for (let from = 0; from < life.length; from += chunkSize) {
    const rows = life.slice(from, from + chunkSize).map(({ event, occurredAt }, nth) => {
      const stream = streamOf(event);
      const version = (versions.get(stream.streamId) ?? 0) + 1;
      versions.set(stream.streamId, version);
      const { type, ...data } = event;
      const commandId = idOf(`${stream.streamId} ${version}`);
      const metadata = {
        actor: { id: 'rui', role: 'warehouse' },
        commandId,
        correlationId: commandId,
        causationId: null,
      };
      return {
        n: from + nth,
        s: stream.streamId,
        y: stream.streamType,
        k: stream.orderKey,
        v: version,
        t: type,
        w: eventTypes.get(type)?.schemaVersion ?? 1,
        i: idOf(`event ${stream.streamId} ${version}`),
        o: occurredAt,
        d: data,
        m: metadata,
      };
    });
    await sql`
      insert into es.events (incarnation, version, event_id, occurred_at, recorded_at, schema_version, stream_id,
        stream_type, order_key, type, origin, data, metadata)
      select 1, v, i, o, clock_timestamp(), w, s, y, k, t, 'live', d, m
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as given (n int, s text, y text, k text, v int, t text,
        w int, i uuid, o timestamptz, d jsonb, m jsonb)
      order by n`;
  }
};

/** Waits until these projections have folded all that is in the store now. Throws after `boundMs`. */
export const caughtUp = async (
  sql: Database,
  which: readonly Projection[] = projections,
  boundMs = 20_000,
): Promise<void> => {
  const [last] = await sql<{ incarnation: number; transaction_id: string; position: number }[]>`
    select incarnation, transaction_id, position from es.events
    order by incarnation desc, transaction_id desc, position desc limit 1`;
  if (!last) return;
  const goal = { incarnation: last.incarnation, transactionId: Number(last.transaction_id), position: last.position };
  await eventually(async () => {
    const checkpoints = await readCheckpoints(sql);
    return which.every((projection) =>
      checkpoints.some(
        ({ consumer, version, at }) =>
          consumer === projection.name && version === projection.version && comparePositions(at, goal) >= 0,
      ),
    );
  }, boundMs);
};

/** Waits for a condition by asking again; throws after `boundMs`. */
export const eventually = async (holds: () => Promise<boolean>, boundMs = 10_000): Promise<void> => {
  const until = performance.now() + boundMs;
  while (!(await holds())) {
    if (performance.now() > until) throw new Error(`Not so within ${boundMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

/** All rows of a projection's tables as text, sorted; sums that are all zero count as absent. */
export const contents = async (sql: Database, projection: Projection): Promise<Record<string, string[]>> => {
  const result: Record<string, string[]> = {};
  for (const table of tablesOf(projection)) {
    const aggregate = projection.folds
      .flatMap((fold) => (fold.form === 'log' ? [] : fold.aggregates))
      .find(({ name }) => name === table);
    const filter = aggregate
      ? `where ${aggregate.measures.map((measure) => `${columnName(measure)} <> 0`).join(' or ')}`
      : '';
    const rows = await sql.unsafe<{ row: string }[]>(
      `select to_jsonb(t)::text as row from read.${table}_v${projection.version} as t ${filter}`,
    );
    result[table] = rows.map(({ row }) => row).toSorted();
  }
  return result;
};
