import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { closeSql, type Database, openSql } from '#db/clients.ts';
import { beginning, comparePositions, type StorePosition } from '#domain/shared/store-position.ts';
import { createAppender } from '#server/event-store/append.ts';
import type { PreparedUnit } from '#server/event-store/append-unit.ts';
import { createIdentityGuard } from '#server/event-store/incarnation.ts';
import { head, readAll } from '#server/event-store/read-all.ts';
import { command, inventoryStream, stockReceived, unit } from '#server/event-store/testing/units.ts';
import type { ScratchEnv } from '../../scripts/scratch-database.ts';
import type { Part, PartContext } from '../part.ts';
import { openStore, type StoreProcess } from '../store.ts';

const eventsOf = { small: 50_000, full: 1_000_000 };
const writers = 50;
const streams = 400;
/** So that a transaction is large enough to be cheap and small enough to meet others. */
const eventsPerUnit = 100;
const delayMsMost = 20;
const rollbackShare = 0.04;
const killEveryMs = 250;
const startsFromNow = { small: 3, full: 8 };

/** What a reader saw of the order of each stream. */
type Tally = { seen: number; skipped: number; doubled: number; inverted: number };

const createObserver = (startsAnywhere: boolean) => {
  const tally: Tally = { seen: 0, skipped: 0, doubled: 0, inverted: 0 };
  const lastOf = new Map<string, number>();
  const missing = new Set<string>();
  let place: StorePosition = beginning;
  return {
    tally,
    see: (events: readonly { streamId: string; version: number; at: StorePosition }[]): void => {
      for (const { streamId, version, at } of events) {
        tally.seen += 1;
        if (comparePositions(place, at) >= 0) tally.inverted += 1;
        place = at;
        const last = lastOf.get(streamId) ?? (startsAnywhere ? version - 1 : 0);
        if (version > last) {
          for (let nth = last + 1; nth < version; nth += 1) missing.add(`${streamId} ${nth}`);
          lastOf.set(streamId, version);
        } else if (missing.delete(`${streamId} ${version}`)) tally.inverted += 1;
        else tally.doubled += 1;
      }
      tally.skipped = missing.size;
    },
    lastOf,
  };
};

type Observer = ReturnType<typeof createObserver>;

/** Reads on until the signal, and then to the horizon. Returns how far it came. */
const follow = async (
  { sql, codec }: StoreProcess,
  from: StorePosition,
  observer: Observer,
  done: AbortSignal,
): Promise<StorePosition> => {
  let position = from;
  for (;;) {
    const wasDone = done.aborted;
    const { events, readTo, more } = await readAll(sql, codec, position, 2_000);
    observer.see(events);
    position = readTo;
    if (more) continue;
    if (wasDone) return position;
    await pause(5);
  }
};

/** "Start from now", with what one snapshot shows below that place: nothing may appear there later. */
const startFromNow = async (sql: Database): Promise<{ from: StorePosition; below: number }> =>
  sql.begin('isolation level repeatable read', async (tx) => {
    const from = await head(tx as unknown as Database);
    const [row] = await tx<{ below: number }[]>`
      select count(*) as below from es.events
      where (transaction_id, position) <= (${String(from.transactionId)}::xid8, ${from.position}::bigint)`;
    return { from, below: Number(row?.below ?? 0) };
  });

type Write = { written: number; rolledBack: number; killed: number; commandIds: Set<string> };

const createWriter = (context: PartContext, env: ScratchEnv, shared: StoreProcess) => {
  const { random } = context;
  const sql = openSql(env.APP_DATABASE_URL, { max: 1, applicationName: 'prove-writer' });
  const identity = createIdentityGuard(shared.sql);
  const { codec } = shared;

  const unitOf = (commandId: string) => {
    const skus = Array.from({ length: 1 + random.int(3) }, () => `WRITE-${random.int(streams)}`);
    const events = Array.from({ length: eventsPerUnit }, (_, nth) =>
      stockReceived(skus[nth % skus.length] ?? '', 1 + nth),
    );
    return unit(
      skus.map((sku) => ({ streamId: inventoryStream(sku), version: 'any' as const })),
      [command(events, { commandId })],
    );
  };

  // Before the transaction begins, as the product does: it shall last for its round trip and its delay alone.
  const prepare = async (commandId: string): Promise<PreparedUnit> => {
    const [prepared] = await createAppender({ sql, codec, identity }).prepare([unitOf(commandId)]);
    if (!prepared) throw new Error('prepare gave nothing back');
    return prepared;
  };

  /** One transaction that stays open for a random while after its append. True when it was committed. */
  const once = async (sent: PreparedUnit, rollsBack: boolean): Promise<boolean> => {
    try {
      return await sql.begin(async (tx) => {
        const appender = createAppender({ sql: tx as unknown as Database, codec, identity });
        const [result] = await appender.appendOnce([sent], { wait: true });
        if (result?.status !== 'appended' && result?.status !== 'duplicate')
          throw new Error(`Not appended: ${result?.status}`);
        await pause(random.int(delayMsMost));
        if (rollsBack) throw new RollBack();
        return true;
      });
    } catch (error) {
      if (error instanceof RollBack) return false;
      throw error;
    }
  };

  const run = async (take: () => boolean, tally: Write): Promise<void> => {
    while (take()) {
      if (random.chance(rollbackShare)) {
        try {
          await once(await prepare(randomUUID()), true);
          tally.rolledBack += 1;
        } catch {
          tally.killed += 1;
        }
      }
      const commandId = randomUUID();
      const sent = await prepare(commandId);
      // Killed: whether it was committed is unknown, so the same command again.
      for (let isWritten = false; !isWritten; ) {
        try {
          isWritten = await once(sent, false);
        } catch (error) {
          // It was committed before its backend was killed: what the store then answers from the outcome.
          if (isWrittenAlready(error)) break;
          if (!isKilled(error)) throw error;
          tally.killed += 1;
          await pause(5);
        }
      }
      tally.written += 1;
      tally.commandIds.add(commandId);
    }
  };
  return { run, close: () => closeSql(sql, 1) };
};

class RollBack extends Error {}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

const isKilled = (error: unknown): boolean => {
  const code = codeOf(error);
  return code === '57P01' || code.startsWith('CONNECTION_') || code === 'ECONNRESET' || code === 'EPIPE';
};

const isWrittenAlready = (error: unknown): boolean =>
  codeOf(error) === '23505' && (error as { constraint_name?: unknown }).constraint_name === 'commands_pkey';

/** Ends the backend of some writer now and then, in the middle of what it does. */
const killSome = async ({ sql }: StoreProcess, { random }: PartContext, done: AbortSignal): Promise<number> => {
  let kills = 0;
  while (!done.aborted) {
    await pause(killEveryMs / 2 + random.int(killEveryMs));
    const pids = await sql<{ pid: number }[]>`
      select pid from pg_stat_activity where application_name = 'prove-writer' and state <> 'idle'`;
    const victim = pids[random.int(Math.max(1, pids.length))];
    if (!victim) continue;
    await sql`select pg_terminate_backend(${victim.pid})`;
    kills += 1;
  }
  return kills;
};

const prove = async (context: PartContext, env: ScratchEnv): Promise<void> => {
  const { size, check, say } = context;
  const shared = openStore(env, { max: 4 });
  const readers = openStore(env, { max: 10, role: 'worker' });
  // Counting takes longer than any transaction of the product may.
  const counting = openSql(env.APP_DATABASE_URL, {
    max: 1,
    applicationName: 'prove-counting',
    transactionTimeoutMs: 0,
  });
  const units = Math.ceil(eventsOf[size] / eventsPerUnit);
  const tally: Write = { written: 0, rolledBack: 0, killed: 0, commandIds: new Set() };
  let taken = 0;
  const take = (): boolean => {
    taken += 1;
    return taken <= units;
  };
  const began = performance.now();
  const done = new AbortController();
  const fromStart = createObserver(false);
  const following = follow(readers, beginning, fromStart, done.signal);
  following.catch(() => done.abort());
  const kills = killSome(shared, context, done.signal);
  const writing = Array.from({ length: writers }, () => createWriter(context, env, shared));
  const work = Promise.all(writing.map((writer) => writer.run(take, tally)));
  const progress = setInterval(() => {
    say(`${tally.written * eventsPerUnit} events written, ${fromStart.tally.seen} read`);
  }, 20_000);
  const starts: (Awaited<ReturnType<typeof startFromNow>> & {
    readonly observer: Observer;
    readonly enough: AbortController;
    readonly reading: Promise<StorePosition>;
  })[] = [];
  try {
    for (let nth = 0; nth < startsFromNow[size]; nth += 1) {
      // Each for a while, one after another: many at once would slow this very process down.
      const reached = (share: number) => tally.written >= units * share;
      while (!reached((nth + 0.2) / startsFromNow[size])) await Promise.race([work, pause(10)]);
      const start = await startFromNow(counting);
      const observer = createObserver(true);
      const enough = new AbortController();
      const reading = follow(readers, start.from, observer, enough.signal);
      starts.push({ ...start, observer, enough, reading });
      while (!reached((nth + 0.8) / startsFromNow[size])) await Promise.race([work, pause(10)]);
      enough.abort();
      await reading;
    }
    await work;
    const seconds = (performance.now() - began) / 1_000;
    done.abort();
    await following;
    const [stored] = await counting<{ events: number; commands: number; streams: number }[]>`
      select (select count(*) from es.events) as events, (select count(*) from es.commands) as commands,
        (select count(distinct stream_id) from es.events) as streams`;
    const { seen, skipped, doubled, inverted } = fromStart.tally;
    const wanted = units * eventsPerUnit;
    check(
      `A reader that follows ${writers} writers (delays, rollbacks, killed backends) sees every event once, in order`,
      seen === wanted && stored?.events === wanted && skipped === 0 && doubled === 0 && inverted === 0,
      {
        events: stored?.events ?? 0,
        seen,
        skipped,
        doubled,
        inverted,
        streams: stored?.streams ?? 0,
        'rolled back': tally.rolledBack,
        'backends killed': await kills,
        'events/s': Math.round(wanted / seconds),
      },
    );
    check(
      'What was rolled back left nothing, and what was killed was written once under its command id',
      stored?.commands === tally.commandIds.size && tally.commandIds.size === units,
      { commands: stored?.commands ?? 0, acknowledged: tally.commandIds.size, 'tries cut': tally.killed },
    );
    const sum: Tally = { seen: 0, skipped: 0, doubled: 0, inverted: 0 };
    let appearedBelow = 0;
    let lost = 0;
    for (const { from, below, observer, reading } of starts) {
      const to = await reading;
      const start = String(from.transactionId);
      const [row] = await counting<{ below: number; above: number }[]>`
        select count(*) filter (where (transaction_id, position) <= (${start}::xid8, ${from.position}::bigint)) as below,
          count(*) filter (where (transaction_id, position) > (${start}::xid8, ${from.position}::bigint)
            and (transaction_id, position) <= (${String(to.transactionId)}::xid8, ${to.position}::bigint)) as above
        from es.events`;
      appearedBelow += Number(row?.below ?? 0) - below;
      lost += Number(row?.above ?? 0) - observer.tally.seen;
      sum.seen += observer.tally.seen;
      sum.skipped += observer.tally.skipped;
      sum.doubled += observer.tally.doubled;
      sum.inverted += observer.tally.inverted;
    }
    check(
      'A reader that starts from now sees every event after its place once, in order, and none appears before it',
      appearedBelow === 0 && lost === 0 && sum.skipped === 0 && sum.doubled === 0 && sum.inverted === 0,
      { readers: starts.length, ...sum, 'appeared before the place': appearedBelow, lost },
    );
  } finally {
    clearInterval(progress);
    done.abort();
    for (const { enough } of starts) enough.abort();
    await Promise.allSettled([work, kills, following, ...starts.map(({ reading }) => reading)]);
    await Promise.all([...[...writing, shared, readers].map(({ close }) => close()), closeSql(counting, 1)]);
  }
};

export const part: Part = {
  name: 'writers',
  about: `${writers} concurrent writers with delays, rollbacks and killed backends, and readers that follow`,
  sizes: { small: '50,000 events', full: '1,000,000 events' },
  isInTests: true,
  run: (context) => context.withDatabase((env) => prove(context, env)),
};
