import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { closeSql, openSql } from '#db/clients.ts';
import { migrate, migrationsFolder } from '#db/migrate.ts';
import { streamOf } from '#domain/events/registry.ts';
import { untilProjected } from '#server/import/follow-projections.ts';
import { fixtureFolder } from '#server/import/olist/testing/fixture.ts';
import { projections } from '#server/projections/registry.ts';
import { orderLife } from '#server/projections/testing/histories.ts';
import { handleWaybillCommand } from '#server/runtime/handle-command.ts';
import { listRebuilds, requestRebuild } from '#server/runtime/rebuild-requests.ts';
import { multiplyOrders } from '#server/runtime/testing/many-events.ts';
import { insertEvents } from '#server/runtime/testing/worker-rig.ts';
import { percentile } from '../../bench/measure.ts';
import { projectFolder } from '../../scripts/data-folder.ts';
import { type ScratchEnv, scratchSource } from '../../scripts/scratch-database.ts';
import { watchHorizon } from '../horizon-watch.ts';
import { commandRuntime, newOrderId, placeOrder } from '../orders.ts';
import type { Part, PartContext } from '../part.ts';
import { openStore } from '../store.ts';
import { startWorkerProcess } from '../worker-process.ts';

const eventsOf = { small: 20_000, full: 100_000 };
const ordersPerSecond = 40;
const ageMsMost = 500;
/** The import goes on beside the rebuild for so long; then the rebuild may catch up. */
const importMsMost = 25_000;
const minutesMost = 4;

/** The real data where they are at hand; fifty synthetic orders otherwise. */
const importFolder = async (): Promise<string> => {
  const olist = join(projectFolder, '..', 'shared', 'data', 'olist');
  return access(olist).then(
    () => olist,
    () => fixtureFolder,
  );
};

/** The import as its own process, as a person starts it. */
const startImport = async (env: ScratchEnv) => {
  const { isTestMode: _, ...variables } = env;
  const texts = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(projectFolder, 'scripts', 'import-olist.ts'), await importFolder()],
    {
      cwd: projectFolder,
      env: { ...scratchSource(env.WAYBILL_DATA_DIR), ...texts },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const exited = once(child, 'exit');
  return {
    isOver: () => child.exitCode !== null,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await exited;
    },
  };
};

/** A migration as the next release may bring it: a column, and an index on a filled table. */
const migrateMeanwhile = async (env: ScratchEnv, folder: string): Promise<number> => {
  const migrations = join(folder, 'migrations');
  await mkdir(folder, { recursive: true });
  await cp(migrationsFolder, migrations, { recursive: true });
  await writeFile(
    join(migrations, '9998-prove-column.sql'),
    'alter table shop.products add column proven boolean not null default false;\n',
  );
  await writeFile(
    join(migrations, '9999-prove-index.sql'),
    '-- no-transaction\ncreate index concurrently if not exists events_by_type on es.events (type, occurred_at);\n',
  );
  const { applied } = await migrate(env.DATABASE_URL, { folder: migrations });
  return applied.length;
};

const prove = async (context: PartContext, env: ScratchEnv): Promise<void> => {
  const { size, check, say } = context;
  const owner = openSql(env.DATABASE_URL, { max: 2, applicationName: 'prove-fill', transactionTimeoutMs: 0 });
  const store = openStore(env);
  const runtime = commandRuntime(env, store);
  const orders = Array.from({ length: 300 }, (_, seed) =>
    orderLife({ seed }).filter(({ event }) => streamOf(event).orderKey !== null),
  );
  await insertEvents(owner, orders.flat());
  await multiplyOrders(owner, eventsOf[size]);
  await owner`vacuum analyze es.events`;
  say(`${eventsOf[size]} events are in the store`);

  const worker = startWorkerProcess(env);
  // An import gives way to projections that are far behind: this one shall press on.
  const { areCaughtUp } = await untilProjected(owner, 60_000);
  if (!areCaughtUp) throw new Error('The worker stands still');
  const watch = watchHorizon(env.DATABASE_URL, env.WAYBILL_DATA_DIR);
  const importing = await startImport(env);
  const done = new AbortController();
  let placed = 0;
  const placing = (async () => {
    while (!done.signal.aborted) {
      const orderId = newOrderId();
      await handleWaybillCommand(runtime, {
        commandId: crypto.randomUUID(),
        actor: { id: 'customer-1', role: 'customer' },
        body: { orderId },
        orderKey: orderId,
        command: placeOrder(orderId),
      });
      placed += 1;
      await delay(1_000 / ordersPerSecond);
    }
  })();
  placing.catch(() => undefined);
  try {
    const end = performance.now() + minutesMost * 60_000;
    const rebuildOf = async () => (await listRebuilds(owner, 1))[0];
    const imported = async (): Promise<number> => {
      const [row] = await owner<{ imported: number }[]>`
        select count(*) as imported from (select from es.events where origin = 'import' limit 1000) as found`;
      return row?.imported ?? 0;
    };
    // A script that starts on a schema newer than its code refuses to; so the import is under way first.
    while ((await imported()) === 0) {
      if (importing.isOver() || performance.now() > end) throw new Error('The import imports nothing');
      await delay(100);
    }
    await requestRebuild(
      store.sql,
      projections.map(({ name }) => name),
      'prove',
    );
    const migrated = await migrateMeanwhile(env, context.folder);
    say(`${migrated} migrations are applied`);
    const importUntil = performance.now() + importMsMost;
    const isDone = async () => /done|failed|canceled/.test((await rebuildOf())?.state ?? '');
    // A rebuild that a busy machine doesn't finish in time has been watched for long enough all the same.
    while (performance.now() < end && !(await isDone())) {
      if (performance.now() > importUntil) await importing.stop();
      await delay(200);
    }
    done.abort();
    await placing;
    await importing.stop();
    const seen = await watch.stop();
    const rebuild = await rebuildOf();
    const [row] = await owner<{ imported: number }[]>`
      select count(*) as imported from es.events where origin = 'import'`;
    const worst = seen.holds.toSorted((a, b) => b.ms - a.ms).slice(0, 5);
    for (const { ms, who } of worst) say(`${ms} ms: ${who}`);
    const slowestMs = Math.round(Math.max(...seen.agesMs));
    const ownMs = Math.round(Math.max(...seen.ownAgesMs));
    // A commit that waits for a disk on which a bare flush takes as long is not our transactions' doing.
    check(
      `Under placing, a rebuild of all six, import and migration at once, the horizon's age stays under ${ageMsMost} ms, slow flushes not counted`,
      ownMs < ageMsMost &&
        rebuild?.state === 'done' &&
        migrated === 2 &&
        (row?.imported ?? 0) > 0 &&
        seen.agesMs.length > 50,
      {
        'slowest ms': ownMs,
        'with slow flushes': slowestMs,
        'slowest bare flush ms': seen.slowestFlushMs,
        'p99 ms': Math.round(percentile(seen.ownAgesMs, 0.99)),
        looks: seen.agesMs.length,
        'slowest look ms': seen.slowestSampleMs,
        placed,
        imported: row?.imported ?? 0,
        'rebuilt events': rebuild?.eventsTotal ?? 0,
        rebuild: rebuild?.state ?? 'none',
        error: rebuild?.error ?? 'none',
        ...(worst[0] ? { 'held longest by': worst[0].who } : {}),
      },
    );
  } finally {
    done.abort();
    await Promise.allSettled([placing, importing.stop()]);
    await worker.stop();
    await Promise.all([store.close(), closeSql(owner)]);
  }
};

export const part: Part = {
  name: 'horizon',
  about: 'the age of the horizon under placing, a rebuild of all six, import and migration at once',
  sizes: {
    small: `${eventsOf.small.toLocaleString('en-US')} events`,
    full: `${eventsOf.full.toLocaleString('en-US')} events`,
  },
  isInTests: false,
  run: (context) => context.withDatabase((env) => prove(context, env)),
};
