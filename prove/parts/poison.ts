import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '#db/clients.ts';
import { comparePositions, type StorePosition } from '#domain/shared/store-position.ts';
import { receiving } from '#server/event-store/testing/units.ts';
import type { Projection, ReadEvent } from '#server/projections/define-projection.ts';
import { inventoryView } from '#server/projections/inventory-view.ts';
import { projections } from '#server/projections/registry.ts';
import { createCheckpointNotifier, readCheckpoints } from '#server/runtime/checkpoints.ts';
import { createConsumerCalls } from '#server/runtime/consumer-calls.ts';
import { createFeeder } from '#server/runtime/feeder.ts';
import { listParked, retryParked } from '#server/runtime/parked.ts';
import { createProjectionRunner } from '#server/runtime/projection-runner.ts';
import { createRebuilder } from '#server/runtime/rebuild.ts';
import { listRebuilds, requestRebuild } from '#server/runtime/rebuild-requests.ts';
import { caughtUp, eventually } from '#server/runtime/testing/worker-rig.ts';
import { createNotifier, eventsChannel, listen } from '#server/runtime/wake-up.ts';
import type { ScratchEnv } from '../../scripts/scratch-database.ts';
import type { Part, PartContext } from '../part.ts';
import { openStore, type StoreProcess } from '../store.ts';

const sizesOf = { small: { skus: 60, events: 600 }, full: { skus: 1_000, events: 20_000 } };
const poisonShare = 0.1;
const lagMsMost = 1_000;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

type AnyRow = Readonly<Record<string, unknown>> | undefined;

/** The inventory view, with a fold that can't take some of its events. */
const poisoned = (isPoison: (event: ReadEvent) => boolean): Projection => ({
  ...inventoryView,
  folds: inventoryView.folds.map((fold) =>
    fold.form === 'log'
      ? fold
      : {
          ...fold,
          evolve: (row: AnyRow, event: ReadEvent) => {
            if (isPoison(event)) throw new Error(`poison: ${event.streamId} ${event.version}`);
            return fold.evolve(row, event);
          },
        },
  ),
});

/** All projections with one among them that meets poison, and rebuilds. */
const startReading = async ({ sql, codec }: StoreProcess, sick: Projection) => {
  const feeder = createFeeder({ sql, codec });
  const notifier = createCheckpointNotifier(sql);
  const calls = createConsumerCalls(sql);
  const stopping = new AbortController();
  const all = projections.map((projection) => (projection.name === sick.name ? sick : projection));
  const shared = { sql, codec, feeder, holder: 'prove', notifier, calls, log: quiet };
  const parts = [
    feeder.run(stopping.signal),
    ...all.map((projection) => createProjectionRunner({ ...shared, projection }).run(stopping.signal)),
    createRebuilder({
      ...shared,
      pollMs: 50,
      projectionOf: (name) => {
        const found = all.find((projection) => projection.name === name);
        if (!found) throw new Error(`No projection ${name}`);
        return found;
      },
    }).run(stopping.signal),
  ];
  const listener = await listen({ sql, channel: eventsChannel, onWake: () => feeder.wake() });
  return async () => {
    stopping.abort();
    await Promise.all(parts);
    await listener.close();
    await notifier.close();
  };
};

/** From a commit until every projection has passed it, over and over, in ms. */
const watchLag = async (sql: Database, newest: () => StorePosition, done: AbortSignal): Promise<number[]> => {
  const lags: number[] = [];
  while (!done.aborted) {
    const [at, began] = [newest(), performance.now()];
    for (;;) {
      const checkpoints = await readCheckpoints(sql);
      if (
        projections.every(({ name }) =>
          checkpoints.some(({ consumer, at: place }) => consumer === name && comparePositions(place, at) >= 0),
        )
      )
        break;
      if (performance.now() - began > 20_000) return [...lags, 20_000];
      await delay(2);
    }
    lags.push(performance.now() - began);
    await delay(10);
  }
  return lags;
};

type Version = { readonly sku: string; readonly version: number };

const versionsOf = async (sql: Database): Promise<Map<string, number>> => {
  const rows = await sql<Version[]>`select sku, version from read.inventory_view_v1`;
  return new Map(rows.map(({ sku, version }) => [sku, version]));
};

const prove = async ({ size, random, check, say }: PartContext, env: ScratchEnv): Promise<void> => {
  const { skus: skuCount, events } = sizesOf[size];
  const skus = Array.from({ length: skuCount }, (_, nth) => `SKU-${nth}`);
  const poisonAt = new Map<string, number>();
  for (const sku of skus) if (random.chance(poisonShare)) poisonAt.set(sku, 2 + random.int(3));
  let isSick = true;
  const sick = poisoned(({ streamId, version }) => isSick && poisonAt.get(streamId.slice(10)) === version);
  const process = openStore(env, { role: 'worker', max: 10 });
  const writer = openStore(env);
  const { sql } = process;
  const stop = await startReading(process, sick);
  const notifier = createNotifier({ sql: writer.sql, channel: eventsChannel });
  const done = new AbortController();
  let newest: StorePosition = { incarnation: 0, transactionId: 0, position: 0 };
  let lagging: Promise<number[]> | null = null;
  const versions = new Map<string, number>();
  const append = async (count: number): Promise<void> => {
    // A few at once, as a shop at work: about a thousand a second at most.
    const width = 10;
    for (let nth = 0; nth < count; nth += width) {
      const some = new Set(Array.from({ length: width }, () => skus[random.int(skus.length)] ?? 'SKU-0'));
      const outcomes = await writer.store.append([...some].map((sku) => receiving(sku, versions.get(sku) ?? 0)));
      for (const sku of some) versions.set(sku, (versions.get(sku) ?? 0) + 1);
      for (const outcome of outcomes) {
        const at = outcome.status === 'appended' ? outcome.commands[0]?.token : undefined;
        if (!at) throw new Error(`Not appended: ${outcome.status}`);
        if (comparePositions(at, newest) > 0) newest = at;
      }
      notifier.notify();
      await delay(5);
    }
  };
  try {
    await append(skuCount);
    await caughtUp(sql);
    lagging = watchLag(sql, () => newest, done.signal);
    await append(events);
    await caughtUp(sql, projections, 60_000);
    const hit = [...poisonAt].filter(([sku, at]) => (versions.get(sku) ?? 0) >= at);
    const parked = await listParked(sql);
    const seen = await versionsOf(sql);
    const wrong = skus.filter((sku) => {
      const wanted = hit.some(([name]) => name === sku) ? (poisonAt.get(sku) ?? 0) - 1 : (versions.get(sku) ?? 0);
      return (seen.get(sku) ?? 0) !== wanted;
    });
    say(`${hit.length} keys poisoned, ${parked.length} parked`);
    const isOwn = parked.every(
      ({ sourceKey, projection, error }) =>
        projection === inventoryView.name && error === `poison: ${sourceKey} ${poisonAt.get(sourceKey.slice(10))}`,
    );
    check(
      'Poison parks its own key at the event before it, and every other key goes on',
      hit.length > 0 && parked.length === hit.length && isOwn && wrong.length === 0,
      { keys: skuCount, poisoned: hit.length, parked: parked.length, 'keys at a wrong version': wrong.length },
    );

    const [first] = parked;
    if (first) await retryParked(writer.sql, first);
    await eventually(async () => (await listParked(sql)).some(({ attempts }) => attempts === 2));
    const still = (await listParked(sql)).length;
    isSick = false;
    const [healed, rebuiltLater] = [
      parked.slice(0, Math.ceil(parked.length / 2)),
      parked.slice(Math.ceil(parked.length / 2)),
    ];
    for (const key of healed) await retryParked(writer.sql, key);
    await append(Math.ceil(events / 10));
    await eventually(async () => (await listParked(sql)).length === rebuiltLater.length, 60_000);
    await caughtUp(sql, projections, 60_000);
    const afterRetry = await versionsOf(sql);
    const unhealed = healed.filter(({ sourceKey }) => {
      const sku = sourceKey.slice(10);
      return afterRetry.get(sku) !== versions.get(sku);
    });
    check(
      'A retry of what is still poison changes nothing but its count; once mended, a retry folds the whole key in order',
      still === parked.length && unhealed.length === 0,
      { retried: healed.length, 'not healed': unhealed.length },
    );

    await requestRebuild(writer.sql, [inventoryView.name], 'prove');
    await eventually(async () => /done|failed|canceled/.test((await listRebuilds(sql, 1))[0]?.state ?? ''), 120_000);
    done.abort();
    const lags = await lagging;
    await caughtUp(sql, projections, 60_000);
    const [rebuild] = await listRebuilds(sql, 1);
    const afterReplay = await versionsOf(sql);
    const unlike = skus.filter((sku) => (afterReplay.get(sku) ?? 0) !== (versions.get(sku) ?? 0));
    check(
      'A replay folds what was parked too, and leaves nothing parked',
      rebuild?.state === 'done' && unlike.length === 0 && (await listParked(sql)).length === 0,
      { state: rebuild?.state ?? 'none', replayed: rebuiltLater.length, 'keys at a wrong version': unlike.length },
    );
    check("Meanwhile the others' lag stays under 1 s", Math.max(...lags) < lagMsMost, {
      'slowest ms': Math.round(Math.max(...lags)),
      measured: lags.length,
    });
  } finally {
    done.abort();
    await lagging?.catch(() => []);
    await notifier.close();
    await stop();
    await Promise.all([process.close(), writer.close()]);
  }
};

export const part: Part = {
  name: 'poison',
  about: 'events that a projection cannot fold, under load; retried, mended and replayed',
  sizes: {
    small: `${sizesOf.small.events} events over ${sizesOf.small.skus} keys`,
    full: `${sizesOf.full.events.toLocaleString('en-US')} events over ${sizesOf.full.skus} keys`,
  },
  // server/runtime/projection-runner.it.ts has its guarantees one by one.
  isInTests: false,
  run: (context) => context.withDatabase((env) => prove(context, env)),
};
