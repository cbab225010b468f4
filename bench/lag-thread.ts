// The web process of bench/projections.ts: in the product it shares the processors with the worker, not its event loop.
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { closeSql, openSql } from '#db/clients.ts';
import * as registry from '#domain/events/registry.ts';
import { formatPosition } from '#domain/shared/store-position.ts';
import { createCodec } from '#server/event-store/codec.ts';
import { createEventStore } from '#server/event-store/event-store.ts';
import { createSubjectKeys } from '#server/event-store/subject-keys.ts';
import { projections } from '#server/projections/registry.ts';
import { orderLife, type TimedEvent } from '#server/projections/testing/histories.ts';
import { appendLife } from '#server/runtime/testing/worker-rig.ts';
import { createWaitFor } from '#server/runtime/wait-for.ts';
import { createNotifier, eventsChannel, listen } from '#server/runtime/wake-up.ts';

export type LagProbe = {
  readonly url: string;
  /** Base64. */
  readonly masterKey: string;
  readonly ordersPerSecond: number;
  readonly seconds: number;
};

const { url, masterKey, ordersPerSecond, seconds } = workerData as LagProbe;
/** The share of events that somebody waits for. */
const awaitedShare = 0.2;

const sql = openSql(url, { max: 8, applicationName: 'bench-web' });
const codec = createCodec(registry, createSubjectKeys({ sql, masterKey: Buffer.from(masterKey, 'base64') }));
const wake = createNotifier({ sql, channel: eventsChannel });
const store = createEventStore({ sql, codec, onAppended: wake.notify });
const waitFor = await createWaitFor({ sql, listen: (channel, onWake) => listen({ sql, channel, onWake }) });
const names = projections.map((projection) => projection.name);
const lags: number[] = [];

const follow = async (life: readonly TimedEvent[]): Promise<void> => {
  // An order's events come bit by bit, spread over a second.
  for (const event of life) {
    const token = formatPosition(await appendLife({ store }, [event]));
    const appended = performance.now();
    if (Math.random() < awaitedShare) {
      if ((await waitFor(names, token, 10_000)) !== 'current') throw new Error('A projection did not follow');
      lags.push(performance.now() - appended);
    }
    await pause(1_000 / life.length);
  }
};

const began = performance.now();
const orders: Promise<void>[] = [];
for (let nth = 0; performance.now() - began < seconds * 1_000; nth += 1) {
  const waitMs = began + (nth * 1_000) / ordersPerSecond - performance.now();
  if (waitMs > 0) await pause(waitMs);
  // Orders alone: all would wait for one another's stock in the order of one lock.
  orders.push(follow(orderLife({ seed: nth, prefix: 'lag' }).filter(({ event }) => !('sku' in event))));
}
await Promise.all(orders);
await Promise.all([waitFor.close(), wake.close()]);
await closeSql(sql);
parentPort?.postMessage(lags);
