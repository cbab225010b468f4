// What is called an order page here is the query that an order's page makes: `support.order.get`, the whole state that
// an agent's decider works on, and `shop.order.get`, the customer's view of it. Each is asked by a signed-in person with
// a session cookie and a consistency token, over HTTP, for one of many orders by its key; half of the clients each.
import { Agent } from 'node:http';
import { hashPassword } from 'better-auth/crypto';
import { closeSql, type Database, openSql } from '#db/clients.ts';
import { demoAccounts } from '#db/seed/demo-accounts.ts';
import { seedShop } from '#db/seed/seed-shop.ts';
import { formatPosition } from '#domain/shared/store-position.ts';
import { projections } from '#server/projections/registry.ts';
import { openingStock, orderLife } from '#server/projections/testing/histories.ts';
import { caughtUp, insertEvents } from '#server/runtime/testing/worker-rig.ts';
import type { BenchContext, Figures } from './context.ts';
import { get, signIn } from './get.ts';
import { type House, isAtRest, startHouse, until } from './house.ts';
import { percentile } from './measure.ts';

export const name = 'reads';
export const about = 'order pages by key over HTTP, signed in and with a token: half an agent’s, half a customer’s';

const orderCount = Number(process.env.BENCH_ORDERS ?? 10_000);
const seconds = Number(process.env.BENCH_SECONDS ?? 15);
const warmUpSeconds = 5;
const clients = 8;
// One of those that histories.ts tells of.
const customer = { id: 'customer-5', email: 'reader@mail.example', password: 'a reader of pages' };

const fill = async (sql: Database): Promise<void> => {
  await seedShop(sql);
  await sql`
    insert into auth.users (id, name, email, email_verified) values (${customer.id}, 'Reader', ${customer.email}, true)`;
  await sql`
    insert into auth.accounts (id, account_id, provider_id, user_id, password)
    values ('reader', ${customer.id}, 'credential', ${customer.id}, ${await hashPassword(customer.password)})`;
  await insertEvents(sql, openingStock());
  for (let from = 0; from < orderCount; from += 500) {
    const lives = Array.from({ length: 500 }, (_, nth) => orderLife({ seed: from + nth }));
    await insertEvents(sql, lives.flat());
  }
};

type Reader = { readonly path: string; readonly cookie: string; readonly orderIds: readonly string[] };

const openReaders = async (sql: Database, house: House): Promise<Reader[]> => {
  const agent = demoAccounts.find(({ role }) => role === 'support');
  if (!agent) throw new Error('There is no agent');
  const [theirs, all] = await Promise.all([
    sql<{ id: string }[]>`select order_key as id from read.order_status_v2 where customer_id = ${customer.id}`,
    sql<{ id: string }[]>`select order_key as id from read.order_status_v2`,
  ]);
  return [
    { path: 'support.order.get', cookie: await signIn(house, agent), orderIds: all.map(({ id }) => id) },
    { path: 'shop.order.get', cookie: await signIn(house, customer), orderIds: theirs.map(({ id }) => id) },
  ];
};

type Reading = { readonly latenciesMs: readonly number[]; readonly bytes: number; readonly errors: number };

const read = async (house: House, reader: Reader, token: string, forSeconds: number): Promise<Reading> => {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const latenciesMs: number[] = [];
  let bytes = 0;
  let errors = 0;
  const end = performance.now() + forSeconds * 1_000;
  const client = async (nth: number): Promise<void> => {
    for (let step = nth; performance.now() < end; step += 7_919) {
      const input = encodeURIComponent(JSON.stringify({ orderId: reader.orderIds[step % reader.orderIds.length] }));
      const url = new URL(`/api/trpc/${reader.path}?input=${input}`, house.origin);
      const asked = performance.now();
      const { status, body } = await get(agent, url, { cookie: reader.cookie, 'x-waybill-token': token });
      if (status === 200 && body.includes('"waybill":{')) latenciesMs.push(performance.now() - asked);
      else errors += 1;
      bytes += body.length;
    }
  };
  await Promise.all(Array.from({ length: clients / 2 }, (_, nth) => client(nth)));
  agent.destroy();
  return { latenciesMs, bytes, errors };
};

export const run = async (context: BenchContext): Promise<Figures> => {
  const { env, say } = context;
  const sql = openSql(env.DATABASE_URL, { max: 2, applicationName: 'bench', transactionTimeoutMs: 0 });
  await fill(sql);
  say(`${orderCount} orders are in the store`);
  const house = await startHouse(context);
  try {
    await caughtUp(sql, projections, 300_000);
    // The orders are live: processes hear of them, and write mails. Pages are read beside a worker that has no work.
    await until('the worker has nothing more to do', 300, () => isAtRest(sql));
    const [last] = await sql<{ incarnation: number; transactionId: string; position: number }[]>`
      select incarnation, transaction_id as "transactionId", position from es.events
      order by incarnation desc, transaction_id desc, position desc limit 1`;
    if (!last) throw new Error('There are no events');
    const token = formatPosition({ ...last, transactionId: Number(last.transactionId) });
    const readers = await openReaders(sql, house);
    const readAll = (forSeconds: number) =>
      Promise.all(readers.map((reader) => read(house, reader, token, forSeconds)));
    await readAll(warmUpSeconds);
    say(`warm; reading for ${seconds} s with ${clients} clients …`);
    const [agents, customers] = await readAll(seconds);
    if (!agents || !customers) throw new Error('Nobody read');
    const all = [...agents.latenciesMs, ...customers.latenciesMs];
    const round = (ms: number) => Math.round(ms * 10) / 10;
    return {
      orderPagePerSecond: Math.round(all.length / seconds),
      orderPageP50Ms: round(percentile(all, 0.5)),
      orderPageP99Ms: round(percentile(all, 0.99)),
      agentPerSecond: Math.round(agents.latenciesMs.length / seconds),
      agentP99Ms: round(percentile(agents.latenciesMs, 0.99)),
      customerPerSecond: Math.round(customers.latenciesMs.length / seconds),
      customerP99Ms: round(percentile(customers.latenciesMs, 0.99)),
      bytesPerPage: Math.round((agents.bytes + customers.bytes) / all.length),
      clients,
      errors: agents.errors + customers.errors,
    };
  } finally {
    await house.stop();
    await closeSql(sql);
  }
};
