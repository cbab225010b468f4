import { setTimeout as pause } from 'node:timers/promises';
import { closeSql, openSql } from '#db/clients.ts';
import { seedShop } from '#db/seed/seed-shop.ts';
import { projections } from '#server/projections/registry.ts';
import { openingStock, orderLife } from '#server/projections/testing/histories.ts';
import { caughtUp, insertEvents } from '#server/runtime/testing/worker-rig.ts';
import type { BenchContext, Figures } from './context.ts';
import { startHouse } from './house.ts';
import { parentOf, processorMs } from './processor-time.ts';

export const name = 'idle';
export const about = 'share of one core that web, worker and database use together while nobody asks for anything';

const seconds = Number(process.env.BENCH_SECONDS ?? 30);
const warmUpSeconds = Number(process.env.BENCH_WARM_UP ?? 15);
const orderCount = 500;

export const run = async (context: BenchContext): Promise<Figures> => {
  const { env, say } = context;
  const sql = openSql(env.DATABASE_URL, { max: 1, applicationName: 'bench', transactionTimeoutMs: 0 });
  await seedShop(sql);
  await insertEvents(sql, openingStock());
  await insertEvents(sql, Array.from({ length: orderCount }, (_, seed) => orderLife({ seed })).flat());
  const house = await startHouse(context);
  try {
    await caughtUp(sql, projections, 60_000);
    const [backend] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const postmaster = await parentOf(backend?.pid ?? 0);
    // From here on the benchmark asks nothing of the database.
    await closeSql(sql);
    say(`${orderCount} orders are folded; settling for ${warmUpSeconds} s, then watching for ${seconds} s …`);
    await pause(warmUpSeconds * 1_000);
    const pids = { web: house.pids.web, worker: house.pids.worker, database: postmaster };
    const look = async () => ({
      at: performance.now(),
      web: await processorMs(pids.web),
      worker: await processorMs(pids.worker),
      database: await processorMs(pids.database),
    });
    const before = await look();
    await pause(seconds * 1_000);
    const after = await look();
    const passed = after.at - before.at;
    const percent = (ms: number) => Math.round((ms / passed) * 10_000) / 100;
    const used = (part: keyof typeof pids) => after[part] - before[part];
    return {
      idleCorePercent: percent(used('web') + used('worker') + used('database')),
      webPercent: percent(used('web')),
      workerPercent: percent(used('worker')),
      databasePercent: percent(used('database')),
      seconds,
    };
  } finally {
    await house.stop();
    await closeSql(sql);
  }
};
