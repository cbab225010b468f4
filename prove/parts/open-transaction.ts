import { setTimeout as pause } from 'node:timers/promises';
import { closeSql, openSql } from '#db/clients.ts';
import { formatPosition } from '#domain/shared/store-position.ts';
import { freshnessHeader, tokenHeader } from '#server/api/freshness.ts';
import { receiving } from '#server/event-store/testing/units.ts';
import type { HealthReport } from '#server/http/health.ts';
import { projections } from '#server/projections/registry.ts';
import { caughtUp } from '#server/runtime/testing/worker-rig.ts';
import type { ScratchEnv } from '../../scripts/scratch-database.ts';
import type { Part, PartContext } from '../part.ts';
import { openStore, type StoreProcess } from '../store.ts';
import { startWebSide, startWorkerSide, type WebSide } from '../web-side.ts';

const holdMsOf = { small: 1_500, full: 9_000 };
const readsOf = { small: 1, full: 10 };
const reportedWithinMs = 5_000;
/** Of a read that waits for its token (server/runtime/wait-for.ts), and what a busy machine adds. */
const staleWithinMs = 1_000 + 1_000;
const drainsWithinMs = 10_000;

type Held = { readonly pid: number; readonly database: string; readonly end: () => Promise<void> };

/** A write transaction that somebody forgot. */
const leaveOpen = async (url: string): Promise<Held> => {
  const sql = openSql(url, {
    max: 1,
    applicationName: 'forgotten',
    transactionTimeoutMs: 0,
    idleInTransactionTimeoutMs: 60_000,
  });
  const begun = Promise.withResolvers<{ pid: number; database: string }>();
  const ending = Promise.withResolvers<void>();
  const transaction = sql.begin(async (tx) => {
    const [row] = await tx<{ pid: number; database: string }[]>`
      select pg_backend_pid() as pid, current_database() as database, pg_current_xact_id()`;
    begun.resolve(row ?? { pid: 0, database: '' });
    await ending.promise;
  });
  transaction.catch(begun.reject);
  const { pid, database } = await begun.promise;
  return {
    pid,
    database,
    end: async () => {
      ending.resolve();
      await transaction;
      await closeSql(sql);
    },
  };
};

/** How long until a report names the holder, in ms; null when it doesn't in time. */
const named = async (began: number, ask: () => Promise<boolean>): Promise<number | null> => {
  while (performance.now() - began < reportedWithinMs) {
    if (await ask()) return Math.round(performance.now() - began);
    await pause(100);
  }
  return null;
};

type SystemStatus = {
  readonly horizon: {
    readonly ageMs: number;
    readonly blockers: readonly {
      readonly pid: number;
      readonly database: string;
      readonly queryAgeMs: number | null;
      readonly holds: boolean;
    }[];
  };
};

const ask = async (web: WebSide, path: string, input: unknown, headers: Record<string, string>) => {
  const began = performance.now();
  const response = await fetch(`${web.url}/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, {
    headers,
  });
  const body = (await response.json()) as { result?: { data: unknown } };
  return {
    status: response.status,
    freshness: response.headers.get(freshnessHeader),
    ms: performance.now() - began,
    data: body.result?.data,
  };
};

const attack = async (
  { size, check }: PartContext,
  where: string,
  url: string,
  web: WebSide,
  cookie: string,
  { store, sql }: StoreProcess,
): Promise<void> => {
  const sku = `HELD-${where.replaceAll(' ', '-')}`.toUpperCase();
  let version = 0;
  const append = async (): Promise<string> => {
    const [outcome] = await store.append([receiving(sku, version)]);
    if (outcome?.status !== 'appended') throw new Error(`Not appended: ${outcome?.status}`);
    version += 1;
    return formatPosition(outcome.commands[0]?.token ?? { incarnation: 0, transactionId: 0, position: 0 });
  };
  await append();
  await caughtUp(sql);

  const held = await leaveOpen(url);
  const began = performance.now();
  const isOver = new AbortController();
  let token = await append();
  const writing = (async () => {
    while (!isOver.signal.aborted) {
      token = await append();
      await pause(10);
    }
  })();
  let health: HealthReport | null = null;
  const inHealth = named(began, async () => {
    health = (await (await fetch(`${web.url}/api/health`)).json()) as HealthReport;
    const { horizonBlocker } = health;
    return horizonBlocker?.pid === held.pid && horizonBlocker.database === held.database;
  });
  const inAdmin = named(began, async () => {
    const { data } = await ask(web, 'admin.system.status', null, { cookie });
    const blocker = (data as SystemStatus).horizon.blockers.find(({ holds }) => holds);
    return blocker?.pid === held.pid && blocker.database === held.database && blocker.queryAgeMs !== null;
  });
  const reads: Awaited<ReturnType<typeof ask>>[] = [];
  for (let nth = 0; nth < readsOf[size]; nth += 1)
    reads.push(await ask(web, 'admin.inventory.list', {}, { cookie, [tokenHeader]: token }));
  await pause(Math.max(0, holdMsOf[size] - (performance.now() - began)));
  const [healthMs, adminMs] = await Promise.all([inHealth, inAdmin]);
  isOver.abort();
  await writing;
  const [seen] = await sql<{ version: number }[]>`
    select version from read.inventory_view_v1 where sku = ${sku}`;

  await held.end();
  const ended = performance.now();
  await caughtUp(sql, projections, drainsWithinMs * 2);
  const drainedMs = Math.round(performance.now() - ended);
  const after = await ask(web, 'admin.inventory.list', {}, { cookie, [tokenHeader]: token });
  const [row] = await sql<{ version: number; history: number; events: number }[]>`
    select (select version from read.inventory_view_v1 where sku = ${sku}) as version,
      (select count(*) from read.order_history_v1) as history, (select count(*) from es.events) as events`;

  const blocker = (health as HealthReport | null)?.horizonBlocker;
  check(
    `A write transaction left open in ${where} is named in health and on the admin's page within 5 s`,
    healthMs !== null && adminMs !== null && typeof blocker?.queryAgeMs === 'number',
    {
      'health after ms': healthMs ?? 'never',
      'admin after ms': adminMs ?? 'never',
      pid: held.pid,
      database: held.database,
    },
  );
  check(
    `While it is open in ${where}, a read with a token says stale within its bound, and none hangs`,
    reads.every(({ status, freshness, ms }) => status === 200 && freshness === 'stale' && ms <= staleWithinMs),
    { reads: reads.length, 'slowest ms': Math.round(Math.max(...reads.map(({ ms }) => ms))) },
  );
  check(
    `Once it ended in ${where}, all drains within 10 s, and nothing was skipped`,
    drainedMs <= drainsWithinMs &&
      after.freshness === 'current' &&
      seen?.version === 1 &&
      row?.version === version &&
      row.history === row.events,
    {
      'held back': version - 1,
      'drained after ms': drainedMs,
      'history rows': row?.history ?? 0,
      events: row?.events ?? 0,
    },
  );
};

const prove = async (context: PartContext, env: ScratchEnv): Promise<void> => {
  const web = await startWebSide(env);
  const worker = startWorkerSide(env);
  const process = openStore(env);
  try {
    const cookie = await web.signIn('admin');
    await attack(context, 'the same database', env.APP_DATABASE_URL, web, cookie, process);
    const elsewhere = new URL(env.DATABASE_URL);
    elsewhere.pathname = '/postgres';
    await attack(context, 'another database', elsewhere.href, web, cookie, process);
  } finally {
    await worker.stop();
    await Promise.all([web.close(), process.close()]);
  }
};

export const part: Part = {
  name: 'open-transaction',
  about: 'a write transaction left open, in the same and in another database of the cluster',
  sizes: { small: `${holdMsOf.small / 1_000} s each`, full: `${holdMsOf.full / 1_000} s each` },
  isInTests: true,
  run: (context) => context.withDatabase((env) => prove(context, env)),
};
