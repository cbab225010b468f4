import { setTimeout as delay } from 'node:timers/promises';
import { closeSql, type Database, openSql } from '#db/clients.ts';
import type { StorePosition } from '#domain/shared/store-position.ts';
import type { Codec } from '#server/event-store/codec.ts';
import { columnName, type Projection } from '#server/projections/define-projection.ts';
import { projections } from '#server/projections/registry.ts';
import { readCheckpoints } from '#server/runtime/checkpoints.ts';
import { createShadowScan } from '#server/runtime/fold-into-shadow.ts';
import { liveTarget, shadowTarget, tablesOf } from '#server/runtime/projection-target.ts';
import { scanByKey } from '#server/runtime/scan-by-key.ts';
import { createShadows, dropShadows } from '#server/runtime/shadow-tables.ts';
import type { ScratchEnv } from '../scripts/scratch-database.ts';
import type { Product } from './product.ts';

export type Replay = {
  readonly rows: number;
  readonly events: number;
  /** Rows that only one side has, by table. */
  readonly differing: Readonly<Record<string, number>>;
  /** Some of these rows. */
  readonly samples: readonly string[];
};

/** The last event that a checkpoint has passed. */
const lastEventAt = async (sql: Database, at: StorePosition): Promise<StorePosition | null> => {
  const [row] = await sql<{ incarnation: number; transaction_id: string; position: number }[]>`
    select incarnation, transaction_id, position from es.events
    where (incarnation, transaction_id, position)
      <= (${at.incarnation}::int, ${String(at.transactionId)}::xid8, ${at.position}::bigint)
    order by incarnation desc, transaction_id desc, position desc limit 1`;
  return row
    ? { incarnation: row.incarnation, transactionId: Number(row.transaction_id), position: row.position }
    : null;
};

const compareTable = async (sql: Database, projection: Projection, table: string) => {
  const aggregate = projection.folds
    .flatMap((fold) => (fold.form === 'log' ? [] : fold.aggregates))
    .find(({ name }) => name === table);
  // A sum that went back to nothing leaves a row of zeros in the live table alone.
  const counted = aggregate
    ? `where ${aggregate.measures.map((measure) => `${columnName(measure)} <> 0`).join(' or ')}`
    : '';
  const [live, shadow] = [liveTarget(projection), shadowTarget(projection)].map(
    (target) => `select md5(to_jsonb(t)::text) from ${target.tableNamed(table)} as t ${counted}`,
  );
  const [row] = await sql.unsafe<{ rows: number; differing: number }[]>(
    `select (select count(*) from (${live}) as a) as rows,
      (select count(*) from ((${live}) except all (${shadow})) as b)
      + (select count(*) from ((${shadow}) except all (${live})) as c) as differing`,
  );
  const differing = Number(row?.differing ?? 0);
  return {
    rows: Number(row?.rows ?? 0),
    differing,
    samples: differing === 0 ? [] : await samplesOf(sql, projection, table),
  };
};

/** A few rows that only one side has, for whoever has to find out why. */
const samplesOf = async (sql: Database, projection: Projection, table: string): Promise<string[]> => {
  const [live, shadow] = [liveTarget(projection), shadowTarget(projection)].map(
    (target) => `select to_jsonb(t) as r from ${target.tableNamed(table)} as t`,
  );
  const rows = await sql.unsafe<{ side: string; r: unknown }[]>(
    `(select 'live' as side, r from ((${live}) except all (${shadow})) as a limit 4)
     union all (select 'replay', r from ((${shadow}) except all (${live})) as b limit 4)`,
  );
  return rows.map(({ side, r }) => `${table}, only ${side}: ${JSON.stringify(r).slice(0, 300)}`);
};

/** Folds all events anew, each table up to its checkpoint, and compares every row. Nobody may write meanwhile. */
export const replay = async (sql: Database, codec: Codec): Promise<Replay> => {
  const checkpoints = await readCheckpoints(sql);
  const standing = await Promise.all(
    projections.map(async (projection) => {
      const found = checkpoints.find(
        ({ consumer, version }) => consumer === projection.name && version === projection.version,
      );
      return { projection, upTo: found ? await lastEventAt(sql, found.at) : null };
    }),
  );
  const differing: Record<string, number> = {};
  const samples: string[] = [];
  let rows = 0;
  let events = 0;
  // Those that stand at one event share a scan.
  for (const [, group] of Map.groupBy(standing, ({ upTo }) => JSON.stringify(upTo))) {
    const upTo = group[0]?.upTo;
    if (!upTo) continue;
    for (const { projection } of group) await createShadows(sql, projection);
    const scans = group.map(({ projection }) => createShadowScan(sql, shadowTarget(projection), new Map(), 1_000));
    for await (const page of scanByKey(sql, codec, 'all', upTo)) {
      events += page.length;
      await Promise.all(scans.map((scan) => scan.page(page)));
    }
    for (const scan of scans) await scan.end();
    for (const { projection } of group) {
      for (const table of tablesOf(projection)) {
        const compared = await compareTable(sql, projection, table);
        rows += compared.rows;
        if (compared.differing > 0) differing[table] = compared.differing;
        samples.push(...compared.samples);
      }
      await dropShadows(sql, projection);
    }
  }
  return { rows, events, differing, samples };
};

/**
 * Folds all events anew and compares every row of every read table with it. The worker is held still meanwhile, so that
 * each table stands at its checkpoint.
 */
export const compareWithReplay = async (product: Product, env: ScratchEnv, codec: Codec): Promise<Replay> => {
  const sql = openSql(env.WORKER_DATABASE_URL, { max: 8, applicationName: 'prove-replay', transactionTimeoutMs: 0 });
  const worker = await product.pidOf('worker');
  if (worker === null) throw new Error('There is no worker to hold still');
  process.kill(worker, 'SIGSTOP');
  try {
    // What it had sent is done on the server.
    for (;;) {
      const [row] = await sql<{ busy: number }[]>`
        select count(*) as busy from pg_stat_activity
        where application_name like 'waybill-worker%' and state <> 'idle' and query not ilike 'listen%'`;
      if (row?.busy === 0) break;
      await delay(20);
    }
    return await replay(sql, codec);
  } finally {
    process.kill(worker, 'SIGCONT');
    await closeSql(sql);
  }
};
