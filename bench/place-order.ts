import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { v7 as uuidv7 } from 'uuid';
import { closeSql, type Database, openSql } from '#db/clients.ts';
import { freePort } from '#db/embedded/ports.ts';
import { catalog } from '#db/seed/catalog.ts';
import { seedShop } from '#db/seed/seed-shop.ts';
import { warehouses } from '#db/seed/warehouses.ts';
import { eventTypes, streamOf, upcast } from '#domain/events/registry.ts';
import type { Sku, WarehouseCode } from '#domain/shared/ids.ts';
import { createCodec } from '#server/event-store/codec.ts';
import { createEventStore } from '#server/event-store/event-store.ts';
import { createSubjectKeys } from '#server/event-store/subject-keys.ts';
import { handleInventoryCommands } from '#server/runtime/handle-inventory-commands.ts';
import { buildWhenStale } from '../scripts/build.ts';
import type { BenchContext, Figures } from './context.ts';
import { percentile } from './measure.ts';

export const name = 'place-order';
export const about = 'orders placed over HTTP and confirmed by the worker, everything on this machine';

const project = fileURLToPath(new URL('..', import.meta.url));
const secondsEach = Number(process.env.BENCH_SECONDS ?? 15);
const clientCounts = [1, 16, 64] as const;
const drainSecondsMost = 300;

type Service = { readonly child: ChildProcess; readonly stop: () => Promise<void> };

const startService = (script: string, env: NodeJS.ProcessEnv): Service => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    cwd: project,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  return {
    child,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
};

type Answer = { readonly status: number; readonly body: string };

const post = (agent: Agent, origin: string, path: string, body: unknown): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), origin };
    const sent = request(new URL(path, origin), { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(text);
  });

const until = async (what: string, secondsMost: number, isSo: () => Promise<boolean>): Promise<void> => {
  const end = performance.now() + secondsMost * 1_000;
  while (performance.now() < end) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what}: not within ${secondsMost} s`);
};

const stockUp = async (sql: Database, context: BenchContext): Promise<void> => {
  const keys = createSubjectKeys({ sql, masterKey: Buffer.from(context.env.WAYBILL_MASTER_KEY, 'base64') });
  const store = createEventStore({ sql, codec: createCodec({ eventTypes, streamOf, upcast }, keys) });
  const runtime = { store, commandHmacKey: Buffer.from(context.env.WAYBILL_COMMAND_HMAC_KEY, 'base64') };
  await handleInventoryCommands(
    runtime,
    catalog.flatMap(({ sku }) =>
      warehouses.map(({ code }) => ({
        commandId: uuidv7(),
        actor: { id: 'bench', role: 'system' as const },
        body: null,
        command: {
          type: 'ReceiveStock' as const,
          sku: sku as Sku,
          warehouse: code as WarehouseCode,
          quantity: 5_000_000,
        },
        origin: 'legacy' as const,
      })),
    ),
  );
};

const orderFor = (nth: number, cardToken: string) => {
  const sku = (step: number) => catalog[(nth * 7 + step * 11) % catalog.length]?.sku;
  return {
    orderId: uuidv7(),
    commandId: uuidv7(),
    lines: [
      { sku: sku(0), quantity: 1 },
      { sku: sku(1), quantity: 2 },
    ],
    contact: { name: `Buyer ${nth}`, email: `buyer${nth}@mail.example`, phone: null },
    address: {
      name: `Buyer ${nth}`,
      street: 'Rua das Flores 118',
      postalCode: '4050-265',
      city: 'Porto',
      region: null,
      country: 'PT',
    },
    shippingMethod: 'standard',
    discountCode: null,
    cardToken,
    agreedTotalMinor: null,
  };
};

type Burst = { readonly latenciesMs: number[]; readonly errors: number; readonly seconds: number };

const burst = async (origin: string, clients: number, cardToken: string): Promise<Burst> => {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const latenciesMs: number[] = [];
  let errors = 0;
  let nth = 0;
  const begun = performance.now();
  const end = begun + secondsEach * 1_000;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      nth += 1;
      const sentAt = performance.now();
      const answer = await post(agent, origin, '/api/trpc/shop.placeOrder', orderFor(nth, cardToken));
      if (answer.status === 200) latenciesMs.push(performance.now() - sentAt);
      else errors += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - begun) / 1_000;
  agent.destroy();
  return { latenciesMs: latenciesMs.toSorted((a, b) => a - b), errors, seconds };
};

/** Waits until the worker has confirmed all that were placed since `since`, and says how long each took. */
const confirmations = async (sql: Database, since: Date, placed: number) => {
  const count = async () => {
    const [row] = await sql<{ count: number }[]>`
      select count(*) as count from es.events where type = 'OrderConfirmed' and recorded_at >= ${since}`;
    return row?.count ?? 0;
  };
  await until('all orders confirmed', drainSecondsMost, async () => (await count()) >= placed);
  const rows = await sql<{ ms: number; at: Date }[]>`
    select extract(epoch from confirmed.recorded_at - placed.recorded_at)::float8 * 1000 as ms, confirmed.recorded_at as at
    from es.events as confirmed
    join es.events as placed on placed.stream_id = confirmed.stream_id and placed.version = 1
    where confirmed.type = 'OrderConfirmed' and confirmed.recorded_at >= ${since}`;
  const lastAt = Math.max(...rows.map(({ at }) => at.getTime()));
  return {
    latenciesMs: rows.map(({ ms }) => ms).toSorted((a, b) => a - b),
    seconds: (lastAt - since.getTime()) / 1_000,
  };
};

const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

export const run = async (context: BenchContext): Promise<Figures> => {
  const { env, say } = context;
  await buildWhenStale(say);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const { isTestMode: _, ...plain } = env;
  const childEnv: NodeJS.ProcessEnv = {
    ...process.env,
    ...Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, String(value)])),
    NODE_ENV: 'production',
    PORT: String(port),
    PUBLIC_URL: origin,
    LOG_LEVEL: 'error',
  };
  delete childEnv.DATABASE_URL;
  const sql = openSql(env.DATABASE_URL, { max: 2, applicationName: 'bench' });
  await seedShop(sql);
  await stockUp(sql, context);
  const services = [startService('server/web.ts', childEnv), startService('server/worker.ts', childEnv)];
  const agent = new Agent({ keepAlive: true });
  try {
    await until('web is healthy', 60, () =>
      fetch(`${origin}/api/health`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    const card = await post(agent, origin, '/api/trpc/shop.tokenizeCard', {
      number: '4242424242424242',
      expiry: '12/30',
      cvc: '123',
    });
    const token = (JSON.parse(card.body) as { result?: { data?: { cardToken?: string } } }).result?.data?.cardToken;
    if (!token) throw new Error(`No card token: ${card.status} ${card.body.slice(0, 200)}`);

    const figures: Record<string, number> = {};
    for (const clients of clientCounts) {
      const since = new Date();
      const placed = await burst(origin, clients, token);
      const confirmed = await confirmations(sql, since, placed.latenciesMs.length);
      const suffix = clients === 64 ? '' : String(clients);
      const prefixed = (key: string) => (suffix ? `clients${suffix}${key[0]?.toUpperCase()}${key.slice(1)}` : key);
      figures[prefixed('acceptedPerMinute')] = Math.round((placed.latenciesMs.length / placed.seconds) * 60);
      figures[prefixed('acceptedP50Ms')] = round(percentile(placed.latenciesMs, 0.5));
      figures[prefixed('acceptedP99Ms')] = round(percentile(placed.latenciesMs, 0.99));
      figures[prefixed('confirmedPerMinute')] = Math.round((confirmed.latenciesMs.length / confirmed.seconds) * 60);
      figures[prefixed('confirmedP99Ms')] = round(percentile(confirmed.latenciesMs, 0.99));
      figures[prefixed('errors')] = placed.errors;
      say(
        `${clients} clients: ${placed.latenciesMs.length} placed in ${round(placed.seconds)} s, ${placed.errors} errors`,
      );
    }
    return figures;
  } finally {
    agent.destroy();
    await Promise.all(services.map(({ stop }) => stop()));
    await closeSql(sql);
  }
};
