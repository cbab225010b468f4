// What an agent asks of the desk's list, over HTTP, signed in and with a token, while customers place orders and the
// worker follows: numbers, names, beginnings, misspellings, filters, sorts, next pages, and the counts of saved views.
// The orders are Olist's where its files are (BENCH_OLIST or /work/shared/data/olist), else made up; the output says which.
//
// `searchP50Ms`, `searchP99Ms` and the figures by kind are "on the server": from the request's arrival in the web process
// to its answer, session, wait for the token and database included, as the answer's Server-Timing says. `overHttp…` are
// what the one who asks waits: that, and both ways through the machine, with this load generator on the same cores.
import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { closeSql, type Database, openSql } from '#db/clients.ts';
import { demoAccounts } from '#db/seed/demo-accounts.ts';
import { formatPosition } from '#domain/shared/store-position.ts';
import type { BenchContext, Figures } from './context.ts';
import { fillDesk, importedCount } from './full-desk.ts';
import { get, signIn } from './get.ts';
import { type House, isAtRest, startHouse, until } from './house.ts';
import { percentile } from './measure.ts';
import { approvedCard, orderFor, post, stockUp } from './orders.ts';
import { createMix, sampleOrders, searchKinds } from './search-mix.ts';

export const name = 'search';
export const about = 'searches of the support desk over 99,441 orders, while orders are placed';

const orderCount = Number(process.env.BENCH_ORDERS ?? importedCount);
const seconds = Number(process.env.BENCH_SECONDS ?? 30);
const agents = Number(process.env.BENCH_AGENTS ?? 4);
const ordersPerSecond = Number(process.env.BENCH_WRITES ?? 10);
const warmUpSeconds = 8;
/** A person looks at what was found. Each agent asks about so many a second. */
const asksPerSecond = 8;

const savedViews = [
  'payment:authorized',
  'total:>500',
  '-payment:captured',
  'placed:<7d',
  'status:canceled',
  'hold:any',
];

type Desk = { readonly cookie: string; readonly viewIds: readonly string[]; readonly token: string };

const openDesk = async (sql: Database, house: House): Promise<Desk> => {
  const person = demoAccounts.find(({ role }) => role === 'support');
  if (!person) throw new Error('There is no agent');
  const cookie = await signIn(house, person);
  const viewIds: string[] = [];
  for (const query of savedViews) {
    const id = uuidv7();
    const view = { id, name: query, query, base: 'all', sort: '-placed', isShared: false };
    const saved = await fetch(`${house.origin}/api/trpc/support.views.save`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: house.origin, cookie },
      body: JSON.stringify(view),
    });
    if (!saved.ok) throw new Error(`Saving a view: ${saved.status} ${await saved.text()}`);
    viewIds.push(id);
  }
  const [last] = await sql<{ incarnation: number; transactionId: string; position: number }[]>`
    select incarnation, transaction_id as "transactionId", position from es.events
    order by incarnation desc, transaction_id desc, position desc limit 1`;
  if (!last) throw new Error('There are no events');
  return { cookie, viewIds, token: formatPosition({ ...last, transactionId: Number(last.transactionId) }) };
};

type Asked = {
  readonly kind: string;
  readonly atMs: number;
  readonly ms: number;
  readonly overHttpMs: number;
  readonly what: string;
};
type Found = { readonly next: object | null; readonly items: readonly object[] };

/** Agents who ask, look, and sometimes want the next page or the counts. */
const search = async (house: House, desk: Desk, sql: Database, forSeconds: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: agents });
  const asked: Asked[] = [];
  let errors = 0;
  const known = await sampleOrders(sql);
  const start = performance.now();
  const end = start + forSeconds * 1_000;
  const ask = async (kind: string, path: string, input: object): Promise<Found | null> => {
    const url = new URL(`/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, house.origin);
    const began = performance.now();
    const { status, body, serverMs } = await get(agent, url, { cookie: desk.cookie, 'x-waybill-token': desk.token });
    if (status === 200)
      asked.push({
        kind,
        atMs: began - start,
        ms: serverMs,
        overHttpMs: performance.now() - began,
        what: JSON.stringify(input),
      });
    else errors += 1;
    return status === 200 ? (JSON.parse(body) as { result: { data: Found } }).result.data : null;
  };
  const person = async (nth: number): Promise<void> => {
    const next = createMix(known, nth + 1);
    for (let step = nth; performance.now() < end; step += 1) {
      const began = performance.now();
      // What the machine makes anybody wait, whatever is asked: one read by key.
      if (step % 20 === 3) await ask('floor', 'session.me', {});
      else if (step % 20 === 7) await ask('counts', 'support.views.counts', { ids: desk.viewIds });
      else {
        const { kind, input } = next();
        const found = await ask(kind, 'support.orders.search', input);
        if (found?.next && step % 4 === 0)
          await ask('nextPage', 'support.orders.search', { ...input, cursor: found.next });
      }
      await pause(Math.max(0, 1_000 / asksPerSecond - (performance.now() - began)));
    }
  };
  await Promise.all(Array.from({ length: agents }, (_, nth) => person(nth)));
  agent.destroy();
  return { asked, errors };
};

/** Customers who order at a steady rate until told to stop. */
const order = (house: House) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  let [isOver, placed] = [false, 0];
  const done = (async () => {
    const card = await approvedCard(agent, house.origin);
    const began = performance.now();
    for (let nth = 0; !isOver; nth += 1) {
      await pause(Math.max(0, began + (nth * 1_000) / ordersPerSecond - performance.now()));
      void post(agent, house.origin, '/api/trpc/shop.placeOrder', orderFor(nth, card)).then(
        ({ status }) => {
          placed += status === 200 ? 1 : 0;
        },
        () => undefined,
      );
    }
  })();
  return async () => {
    isOver = true;
    await done;
    agent.destroy();
    return placed;
  };
};

export const run = async (context: BenchContext): Promise<Figures> => {
  const { env, say } = context;
  const sql = openSql(env.DATABASE_URL, { max: 4, applicationName: 'bench', transactionTimeoutMs: 0 });
  try {
    await stockUp(sql, context);
    const orders = await fillDesk(sql, orderCount, context);
    const house = await startHouse(context);
    try {
      // The worker's processes look through all that was imported first, for minutes: nobody searches beside that.
      await until('the worker has nothing more to do', 900, () => isAtRest(sql));
      const desk = await openDesk(sql, house);
      const stopOrders = order(house);
      await search(house, desk, sql, warmUpSeconds);
      say(`warm; ${agents} agents search for ${seconds} s, ${ordersPerSecond} orders/s are placed …`);
      const began = performance.now();
      const { asked, errors } = await search(house, desk, sql, seconds);
      const tookSeconds = (performance.now() - began) / 1_000;
      const placed = await stopOrders();
      const round = (ms: number) => Math.round(ms * 10) / 10;
      const of = (kind: string) => asked.filter((one) => one.kind === kind).map(({ ms }) => ms);
      const searches = asked.filter(({ kind }) => kind !== 'floor');
      const all = searches.map(({ ms }) => ms);
      const overHttp = searches.map(({ overHttpMs }) => overHttpMs);
      for (const { atMs, ms, overHttpMs, kind, what } of asked.toSorted((a, b) => b.ms - a.ms).slice(0, 8))
        say(
          `slowest: ${round(ms)} ms, over HTTP ${round(overHttpMs)} ms, asked at ${round(atMs / 1_000)} s: ${kind} ${what}`,
        );
      return {
        orders,
        searchP50Ms: round(percentile(all, 0.5)),
        searchP99Ms: round(percentile(all, 0.99)),
        overHttpP50Ms: round(percentile(overHttp, 0.5)),
        overHttpP99Ms: round(percentile(overHttp, 0.99)),
        searchesPerSecond: round(all.length / tookSeconds),
        ...Object.fromEntries(
          [...searchKinds, 'nextPage', 'counts', 'floor'].map((kind) => [
            `${kind}P99Ms`,
            round(percentile(of(kind), 0.99)),
          ]),
        ),
        searches: all.length,
        ordersPlacedPerSecond: round(placed / (tookSeconds + warmUpSeconds)),
        errors,
      };
    } finally {
      await house.stop();
    }
  } finally {
    await closeSql(sql);
  }
};
