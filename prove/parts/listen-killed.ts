import { setTimeout as delay } from 'node:timers/promises';
import { comparePositions, type StorePosition } from '#domain/shared/store-position.ts';
import { receiving } from '#server/event-store/testing/units.ts';
import { projections } from '#server/projections/registry.ts';
import { readCheckpoints } from '#server/runtime/checkpoints.ts';
import { caughtUp } from '#server/runtime/testing/worker-rig.ts';
import { createNotifier, eventsChannel } from '#server/runtime/wake-up.ts';
import type { ScratchEnv } from '../../scripts/scratch-database.ts';
import { startCuttingProxy } from '../cutting-proxy.ts';
import type { Part, PartContext } from '../part.ts';
import { openStore, type StoreProcess } from '../store.ts';
import { startWorkerSide } from '../web-side.ts';

const roundsOf = { small: 4, full: 60 };
const foundWithinMs = 1_000;
const backWithinMs = 5_000;

type Appended = { readonly at: StorePosition; readonly ms: number };

const appendSilently = async ({ store }: StoreProcess): Promise<Appended> => {
  const [outcome] = await store.append([receiving('LISTEN-1', 'any')]);
  const at = outcome?.status === 'appended' ? outcome.commands[0]?.token : undefined;
  if (!at) throw new Error(`Not appended: ${outcome?.status}`);
  return { at, ms: performance.now() };
};

/** From the commit until every projection has folded it, in ms. */
const foundAfter = async ({ sql }: StoreProcess, { at, ms }: Appended): Promise<number> => {
  const boundMs = 30_000;
  while (performance.now() - ms < boundMs) {
    const checkpoints = await readCheckpoints(sql);
    const hasAll = projections.every(({ name, version }) =>
      checkpoints.some((one) => one.consumer === name && one.version === version && comparePositions(one.at, at) >= 0),
    );
    if (hasAll) return Math.round(performance.now() - ms);
    await delay(5);
  }
  throw new Error(`Not found within ${boundMs} ms`);
};

/** The worker's connections that listen. */
const listeners = async ({ sql }: StoreProcess): Promise<number[]> => {
  const rows = await sql<{ pid: number }[]>`
    select pid from pg_stat_activity where application_name like 'waybill-worker%' and query ilike 'listen %'`;
  return rows.map(({ pid }) => pid);
};

/** How long until somebody listens who is none of these, in ms; null where nobody does in time. */
const listensAgain = async (process: StoreProcess, before: readonly number[]): Promise<number | null> => {
  const began = performance.now();
  while (performance.now() - began < backWithinMs) {
    if ((await listeners(process)).some((pid) => !before.includes(pid))) return Math.round(performance.now() - began);
    await delay(10);
  }
  return null;
};

const prove = async ({ size, random, check }: PartContext, env: ScratchEnv): Promise<void> => {
  const proxy = await startCuttingProxy(env.WORKER_DATABASE_URL);
  const worker = startWorkerSide({ ...env, WORKER_DATABASE_URL: proxy.url });
  const process = openStore(env, { role: 'worker', applicationName: 'prove-listen' });
  const notifier = createNotifier({ sql: process.sql, channel: eventsChannel });
  try {
    await foundAfter(process, await appendSilently(process));
    const [killedMs, pollMs, backMs, wokenMs]: [number[], number[], (number | null)[], number[]] = [[], [], [], []];
    for (let nth = 0; nth < roundsOf[size]; nth += 1) {
      // Long enough that readers have come to rest.
      await delay(random.int(1_500));
      const pids = await listeners(process);
      for (const pid of pids) await process.sql`select pg_terminate_backend(${pid})`;
      killedMs.push(await foundAfter(process, await appendSilently(process)));
      backMs.push(pids.length > 0 ? await listensAgain(process, pids) : null);

      await delay(random.int(1_500));
      pollMs.push(await foundAfter(process, await appendSilently(process)));

      const heard = await appendSilently(process);
      notifier.notify();
      wokenMs.push(await foundAfter(process, heard));
    }
    check(
      'Events appended when the LISTEN connection has just been killed are found within 1 s',
      Math.max(...killedMs) <= foundWithinMs,
      { kills: killedMs.length, 'slowest ms': Math.max(...killedMs) },
    );
    check('Events whose notification was lost are found by the poll within 1 s', Math.max(...pollMs) <= foundWithinMs, {
      appends: pollMs.length,
      'slowest ms': Math.max(...pollMs),
    });
    check(
      'The listener comes back after every kill, and is woken again',
      backMs.every((ms) => ms !== null) && Math.max(...wokenMs) <= foundWithinMs,
      {
        kills: backMs.length,
        'slowest ms': Math.max(...backMs.map((ms) => ms ?? backWithinMs)),
        'slowest wake-up ms': Math.max(...wokenMs),
      },
    );
    const pids = await listeners(process);
    proxy.refuse(true);
    proxy.cutAll();
    await delay(size === 'full' ? 8_000 : 1_500);
    proxy.refuse(false);
    const again = await listensAgain(process, pids);
    await caughtUp(process.sql);
    check('The listener comes back after the database could not be reached for a while', again !== null, {
      'after ms': again ?? 'never',
    });
  } finally {
    await notifier.close();
    await worker.stop();
    await Promise.all([process.close(), proxy.close()]);
  }
};

export const part: Part = {
  name: 'listen-killed',
  about: "the worker's LISTEN connection is killed, notifications are lost, the database is out of reach",
  sizes: { small: `${roundsOf.small} kills`, full: `${roundsOf.full} kills` },
  isInTests: false,
  run: (context) => context.withDatabase((env) => prove(context, env)),
};
