// Two questions. How fast are orders accepted in a rush: clients that wait for each answer before they send the next.
// And how many an hour long: orders at a steady rate, from the click until their confirmation is recorded, while all
// projections follow. `BENCH_SECONDS` shortens the rush, `BENCH_SUSTAINED_SECONDS` and `BENCH_RATE` (orders/s) the rest.
import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { closeSql, type Database, openSql } from '#db/clients.ts';
import { readCheckpoints } from '#server/runtime/checkpoints.ts';
import type { BenchContext, Figures } from './context.ts';
import { type House, isAtRest, startHouse, until } from './house.ts';
import { percentile } from './measure.ts';
import { approvedCard, orderFor, stockUp } from './orders.ts';
import { openPoster, type Poster } from './poster.ts';

export const name = 'place-order';
export const about = 'orders placed over HTTP in a rush, and from click to confirmed at a steady rate';

const rushSeconds = Number(process.env.BENCH_SECONDS ?? 30);
const sustainedSeconds = Number(process.env.BENCH_SUSTAINED_SECONDS ?? 300);
const ratePerSecond = Number(process.env.BENCH_RATE ?? 404);
const inFlightMost = 256;
const drainSecondsMost = 600;

type Shop = { readonly house: House; readonly cardToken: string; readonly sql: Database };
type Placed = { readonly latenciesMs: readonly number[]; readonly errors: number; readonly seconds: number };

let nth = 0;

const placeOne = async ({ cardToken }: Shop, poster: Poster, latenciesMs: number[]): Promise<boolean> => {
  nth += 1;
  const sentAt = performance.now();
  const answer = await poster.post('/api/trpc/shop.placeOrder', orderFor(nth, cardToken));
  if (answer.status !== 200) return false;
  latenciesMs.push(performance.now() - sentAt);
  return true;
};

/** Each client sends its next order when it has the answer to the last. */
const rush = async (shop: Shop, clients: number, secondsLong: number): Promise<Placed> => {
  const poster = openPoster(shop.house.origin, clients);
  const latenciesMs: number[] = [];
  let errors = 0;
  const begun = performance.now();
  const end = begun + secondsLong * 1_000;
  const client = async (): Promise<void> => {
    while (performance.now() < end) if (!(await placeOne(shop, poster, latenciesMs))) errors += 1;
  };
  await Promise.all(Array.from({ length: clients }, client));
  poster.close();
  return { latenciesMs, errors, seconds: (performance.now() - begun) / 1_000 };
};

/** What was recorded so far. Each look counts only what came since the last: counting a million takes a second of a core. */
const counts = { upTo: '0', placed: 0, confirmed: 0, events: 0 };

const look = async (sql: Database): Promise<typeof counts> => {
  const [row] = await sql<{ xmin: string; placed: number; confirmed: number; events: number }[]>`
    select edge.xmin::text, count(*) filter (where type = 'OrderPlaced') as placed,
      count(*) filter (where type = 'OrderConfirmed') as confirmed, count(type) as events
    from (select pg_snapshot_xmin(pg_current_snapshot()) as xmin) as edge
    left join es.events on (incarnation, transaction_id) >= (1, ${counts.upTo}::xid8) and transaction_id < edge.xmin
    group by edge.xmin`;
  if (row) {
    counts.upTo = row.xmin;
    counts.placed += row.placed;
    counts.confirmed += row.confirmed;
    counts.events += row.events;
  }
  return counts;
};

const unconfirmed = async (sql: Database): Promise<number> => {
  const { placed, confirmed } = await look(sql);
  return placed - confirmed;
};

// Confirmed is not done: stock is allocated, fulfillments are made and mails written after it.
const drain = async ({ sql }: Shop): Promise<void> => {
  await until('all orders confirmed', drainSecondsMost, async () => (await unconfirmed(sql)) <= 0);
  await until('the worker has nothing more to do', drainSecondsMost, () => isAtRest(sql));
};

/** How far the projection that is furthest behind is, in events. */
const furthestBehind = async (sql: Database): Promise<number> => {
  const { events: recorded } = await look(sql);
  const checkpoints = await readCheckpoints(sql);
  return Math.max(0, ...checkpoints.map(({ events }) => recorded - events));
};

/** Orders at a steady rate, at most `inFlightMost` without an answer. */
const sustain = async (shop: Shop, say: (line: string) => void) => {
  const poster = openPoster(shop.house.origin, inFlightMost);
  const latenciesMs: number[] = [];
  const [clock] = await shop.sql<{ now: Date }[]>`select clock_timestamp() as now`;
  const since = clock?.now ?? new Date();
  const backlogs: number[] = [];
  let [errors, inFlight, sent] = [0, 0, 0];
  const begun = performance.now();
  const end = begun + sustainedSeconds * 1_000;
  const watch = async (): Promise<void> => {
    while (performance.now() < end) {
      await pause(Math.min(10_000, sustainedSeconds * 200));
      const backlog = await unconfirmed(shop.sql);
      backlogs.push(backlog);
      say(
        `${sent} sent, ${backlog} not confirmed, furthest projection ${await furthestBehind(shop.sql)} events behind`,
      );
    }
  };
  const watching = watch();
  while (performance.now() < end) {
    const due = Math.floor(((performance.now() - begun) / 1_000) * ratePerSecond);
    while (sent < due && inFlight < inFlightMost) {
      sent += 1;
      inFlight += 1;
      void placeOne(shop, poster, latenciesMs)
        .then((isPlaced) => {
          if (!isPlaced) errors += 1;
        })
        .catch(() => {
          errors += 1;
        })
        .finally(() => {
          inFlight -= 1;
        });
    }
    await pause(4);
  }
  const seconds = (performance.now() - begun) / 1_000;
  const confirmedInTime = await shop.sql<{ count: number }[]>`
    select count(*) as count from es.events where type = 'OrderConfirmed' and recorded_at >= ${since}`;
  await watching;
  await drain(shop);
  poster.close();
  const rows = await shop.sql<{ ms: number }[]>`
    select extract(epoch from confirmed.recorded_at - placed.recorded_at)::float8 * 1000 as ms
    from es.events as confirmed
    join es.events as placed on placed.stream_id = confirmed.stream_id and placed.version = 1
    where confirmed.type = 'OrderConfirmed' and placed.recorded_at >= ${since}`;
  return {
    seconds,
    sent,
    errors,
    backlogs,
    confirmed: confirmedInTime[0]?.count ?? 0,
    latencies: rows.map(({ ms }) => ms),
  };
};

const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
const perMinute = (count: number, seconds: number): number => Math.round((count / seconds) * 60);

const measure = async (shop: Shop, say: (line: string) => void): Promise<Figures> => {
  const figures: Record<string, number> = {};
  for (const clients of [1, 16]) {
    const placed = await rush(shop, clients, rushSeconds / 3);
    figures[`clients${clients}AcceptedPerMinute`] = perMinute(placed.latenciesMs.length, placed.seconds);
    figures[`clients${clients}AcceptedP50Ms`] = round(percentile(placed.latenciesMs, 0.5));
    figures[`clients${clients}AcceptedP99Ms`] = round(percentile(placed.latenciesMs, 0.99));
    say(`${clients} clients: ${placed.latenciesMs.length} placed in ${round(placed.seconds)} s`);
    await drain(shop);
  }
  const placed = await rush(shop, 64, rushSeconds);
  say(`64 clients: ${placed.latenciesMs.length} placed in ${round(placed.seconds)} s`);
  figures.acceptedPerMinute = perMinute(placed.latenciesMs.length, placed.seconds);
  figures.acceptedP50Ms = round(percentile(placed.latenciesMs, 0.5));
  figures.acceptedP99Ms = round(percentile(placed.latenciesMs, 0.99));
  const drainBegun = performance.now();
  await drain(shop);
  say(`drained ${round((performance.now() - drainBegun) / 1_000)} s later`);
  const steady = await sustain(shop, say);
  figures.sustainedPerMinute = perMinute(steady.sent, steady.seconds);
  figures.confirmedPerMinute = perMinute(steady.confirmed, steady.seconds);
  figures.confirmedP50Ms = round(percentile(steady.latencies, 0.5));
  figures.confirmedP99Ms = round(percentile(steady.latencies, 0.99));
  figures.backlogMost = Math.max(0, ...steady.backlogs);
  figures.backlogAtEnd = steady.backlogs.at(-1) ?? 0;
  figures.errors = placed.errors + steady.errors;
  return figures;
};

export const run = async (context: BenchContext): Promise<Figures> => {
  const sql = openSql(context.env.DATABASE_URL, { max: 2, applicationName: 'bench' });
  await stockUp(sql, context);
  const house = await startHouse(context);
  const agent = new Agent({ keepAlive: true });
  try {
    const shop = { house, sql, cardToken: await approvedCard(agent, house.origin) };
    // The first requests of a process compile it.
    await rush(shop, 8, 3);
    await drain(shop);
    return await measure(shop, context.say);
  } finally {
    agent.destroy();
    await house.stop();
    await closeSql(sql);
  }
};
