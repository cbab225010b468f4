import { setTimeout as delay } from 'node:timers/promises';
import type { OrderId } from '#domain/shared/ids.ts';
import { comparePositions, type StorePosition } from '#domain/shared/store-position.ts';
import { projections } from '#server/projections/registry.ts';
import { readCheckpoints } from '#server/runtime/checkpoints.ts';
import { handleWaybillCommand } from '#server/runtime/handle-command.ts';
import { caughtUp } from '#server/runtime/testing/worker-rig.ts';
import type { ScratchEnv } from '../../scripts/scratch-database.ts';
import { commandRuntime, newOrderId, placeOrder } from '../orders.ts';
import type { Part, PartContext } from '../part.ts';
import { replay } from '../replay.ts';
import { openStore, type StoreProcess } from '../store.ts';
import { startWorkerProcess, type WorkerProcess } from '../worker-process.ts';

const pausesOf = { small: 2, full: 12 };
const ordersPerSecond = 60;
/** A lease lasts 5 s; a transaction that was paused in the middle is ended by the server after 10 s more. */
const takeOverSecondsMost = 20;

const consumers = projections.length + 1; // and the processes

/** Which worker leads what: holders are `host:pid:start`. */
const leadersOf = async ({ sql }: StoreProcess): Promise<Map<string, number>> => {
  const checkpoints = await readCheckpoints(sql);
  return new Map(
    checkpoints.flatMap(({ consumer, holder }) => (holder ? [[consumer, Number(holder.split(':')[1])] as const] : [])),
  );
};

const until = async (secondsMost: number, isSo: () => Promise<boolean>): Promise<boolean> => {
  const end = performance.now() + secondsMost * 1_000;
  while (!(await isSo())) {
    if (performance.now() > end) return false;
    await delay(50);
  }
  return true;
};

/** Checkpoints as they were last seen; one that goes back was moved by somebody who had no right to. */
const watchCheckpoints = async (process: StoreProcess, done: AbortSignal): Promise<string[]> => {
  const last = new Map<string, StorePosition>();
  const back: string[] = [];
  while (!done.aborted) {
    for (const { consumer, at } of await readCheckpoints(process.sql)) {
      const before = last.get(consumer);
      if (before && comparePositions(at, before) < 0) back.push(consumer);
      last.set(consumer, at);
    }
    await delay(20);
  }
  return back;
};

const lostLeases = (worker: WorkerProcess): number => worker.lines.filter((line) => line.includes('is lost at')).length;

const prove = async (context: PartContext, env: ScratchEnv): Promise<void> => {
  const { size, check, say } = context;
  const store = openStore(env);
  const worker = openStore(env, { role: 'worker', applicationName: 'prove-leases' });
  const runtime = commandRuntime(env, store);
  const workers = [startWorkerProcess(env), startWorkerProcess(env)];
  const done = new AbortController();
  const orders: OrderId[] = [];
  const placing = (async () => {
    while (!done.signal.aborted) {
      const orderId = newOrderId();
      orders.push(orderId);
      await handleWaybillCommand(runtime, {
        commandId: crypto.randomUUID(),
        actor: { id: 'customer-1', role: 'customer' },
        body: { orderId },
        orderKey: orderId,
        command: placeOrder(orderId),
      });
      await delay(1_000 / ordersPerSecond);
    }
  })();
  const watching = watchCheckpoints(worker, done.signal);
  const takeOverMs: number[] = [];
  let paused = 0;
  try {
    for (let nth = 0; nth < pausesOf[size]; nth += 1) {
      const isLed = await until(takeOverSecondsMost, async () => (await leadersOf(worker)).size === consumers);
      if (!isLed) throw new Error(`Not all is led: ${JSON.stringify([...(await leadersOf(worker))])}`);
      const leaders = [...(await leadersOf(worker)).values()];
      const [one, other] = workers;
      if (!one || !other) throw new Error('No workers');
      const count = (pid: number) => leaders.filter((leader) => leader === pid).length;
      const leader = count(one.pid) >= count(other.pid) ? one : other;
      await delay(context.random.int(400));
      leader.pause();
      paused += 1;
      const began = performance.now();
      const tookOver = await until(takeOverSecondsMost, async () => {
        const leads = [...(await leadersOf(worker)).values()];
        return leads.length === consumers && !leads.includes(leader.pid);
      });
      if (tookOver) takeOverMs.push(Math.round(performance.now() - began));
      say(`pause ${paused}: taken over after ${Math.round(performance.now() - began)} ms`);
      // It wakes up with all that it had in hand, while the other is at work.
      leader.resume();
      await delay(1_000);
    }
    done.abort();
    await placing;
    const back = await watching;
    await caughtUp(worker.sql, projections, 60_000);
    const isSettled = await until(60, async () => {
      const [row] = await worker.sql<{ open: number }[]>`
        select count(*) as open from read.order_status_v2 where order_status = 'placed'`;
      return row?.open === 0;
    });
    await caughtUp(worker.sql, projections, 60_000);
    const lost = workers.reduce((sum, one) => sum + lostLeases(one), 0);
    await Promise.all(workers.map(({ stop }) => stop()));
    check(`A paused worker's leases go to the other within ${takeOverSecondsMost} s`, takeOverMs.length === paused, {
      pauses: paused,
      'slowest ms': Math.max(...takeOverMs),
    });
    const compared = await replay(worker.sql, worker.codec);
    check(
      'A worker that wakes up cannot write with its old lease: no checkpoint goes back, every row equals a full replay',
      lost > 0 && back.length === 0 && Object.keys(compared.differing).length === 0,
      {
        'writes refused': lost,
        'checkpoints that went back': back.length,
        rows: compared.rows,
        events: compared.events,
        differing: JSON.stringify(compared.differing),
      },
    );
    const [twice] = await worker.sql<{ outcomes: number; orders: number }[]>`
      select count(*) as outcomes, count(distinct stream_id) as orders from es.events
      where type in ('OrderConfirmed', 'OrderRejected')`;
    check(
      'Every order that was placed meanwhile is settled once',
      isSettled && twice?.outcomes === orders.length && twice.orders === orders.length,
      { placed: orders.length, outcomes: twice?.outcomes ?? 0, orders: twice?.orders ?? 0 },
    );
  } finally {
    done.abort();
    await Promise.allSettled([placing, watching]);
    await Promise.all(workers.map(({ stop }) => stop()));
    await Promise.all([store.close(), worker.close()]);
  }
};

export const part: Part = {
  name: 'leases',
  about: 'two workers; the leading one is paused until its leases went to the other, and wakes up again',
  sizes: { small: `${pausesOf.small} pauses`, full: `${pausesOf.full} pauses` },
  isInTests: false,
  run: (context) => context.withDatabase((env) => prove(context, env)),
};
