import { setTimeout as delay } from 'node:timers/promises';
import { catalog } from '#db/seed/catalog.ts';
import { warehouses } from '#db/seed/warehouses.ts';
import { caughtUp } from '#server/runtime/testing/worker-rig.ts';
import { type Customer, guestOrder, openCustomer } from './customer.ts';
import { checkJournal, outcomesOf } from './journal.ts';
import { type Load, startLoad } from './load.ts';
import type { PartContext } from './part.ts';
import { type Product, until, withProduct } from './product.ts';
import { compareWithReplay } from './replay.ts';
import { receive } from './stock.ts';
import { openStore, type StoreProcess } from './store.ts';
import { endsOf } from './story-ends.ts';

export type KillPlan = {
  readonly what: string;
  readonly kills: number;
  /** Kills between two comparisons of the read tables with a full replay. */
  readonly compareEvery: number;
  readonly ordersPerSecond: number;
  readonly shipmentsPerSecond: number;
  readonly storiesPerSecond: number;
  /** Whom to kill this time. */
  readonly victim: (nth: number) => Parameters<Product['kill']>[0];
};

const recoverySecondsMost = 10;

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const seconds = (ms: number): number => Number((ms / 1_000).toFixed(2));

const isConfirmed = async ({ sql }: StoreProcess, orderId: string): Promise<boolean> => {
  const rows = await sql`
    select 1 from es.events where stream_id = ${`order-${orderId}`} and type = 'OrderConfirmed'`.catch(() => []);
  return rows.length > 0;
};

/** From now until the product says that it is well, and an order that is placed now is confirmed. In ms. */
export const recovery = async (
  product: Product,
  customer: Customer,
  store: StoreProcess,
  card: string,
  secondsMost = 60,
): Promise<number> => {
  const beganAt = performance.now();
  const wish = guestOrder(0, card, [{ sku: catalog[0]?.sku ?? '', quantity: 1 }]);
  const { answer } = await customer.command('shop.placeOrder', wish);
  if (answer.status !== 200) throw new Error(`An order was refused: ${JSON.stringify(answer.error)}`);
  await until('an order is confirmed', secondsMost, () => isConfirmed(store, wish.orderId));
  await until('the product is well', secondsMost, async () => (await product.health()).ok);
  return performance.now() - beganAt;
};

type Attack = {
  readonly context: PartContext;
  readonly plan: KillPlan;
  readonly product: Product;
  readonly customer: Customer;
  readonly store: StoreProcess;
  readonly load: Load;
  readonly differing: Record<string, number>;
  replays: number;
  rowsCompared: number;
  comparingMs: number;
};

const compare = async (attack: Attack): Promise<void> => {
  const { context, product, store, load } = attack;
  const beganAt = performance.now();
  await load.pause();
  await caughtUp(store.sql, undefined, 60_000);
  const replayed = await compareWithReplay(product, product.env, store.codec);
  attack.replays += 1;
  attack.rowsCompared = replayed.rows;
  for (const [table, rows] of Object.entries(replayed.differing))
    attack.differing[table] = (attack.differing[table] ?? 0) + rows;
  for (const sample of replayed.samples) context.say(sample);
  attack.comparingMs += performance.now() - beganAt;
  context.say(
    `${replayed.events} events folded anew, ${replayed.rows} rows compared in ${seconds(performance.now() - beganAt)} s`,
  );
  load.resume();
};

const killAll = async (attack: Attack): Promise<readonly number[]> => {
  const { context, plan, product, customer, store } = attack;
  const card = await customer.cardToken();
  const recoveries: number[] = [];
  for (let nth = 1; nth <= plan.kills; nth += 1) {
    await delay(200 + context.random.int(1_500));
    await until('there is something to kill', 20, () => product.kill(plan.victim(nth)));
    const tookMs = await recovery(product, customer, store, card);
    if (tookMs > 8_000)
      context.say(`kill ${nth}: ${seconds(tookMs)} s; the product said ${product.lastWords().slice(-800)}`);
    recoveries.push(tookMs);
    if (product.hasEnded()) throw new Error(`The app ended with kill ${nth}`);
    if (nth % plan.compareEvery === 0 && nth < plan.kills) {
      context.say(`${nth} kills; slowest recovery ${seconds(Math.max(...recoveries))} s`);
      await compare(attack);
    }
  }
  return recoveries;
};

const judge = async (attack: Attack, recoveries: readonly number[], perSecond: number): Promise<void> => {
  const { context, plan, product, customer, store, load } = attack;
  const { check } = context;
  await load.pause();
  // An amended order is authorized more than once: what stories came to is counted for itself.
  const stories = [...load.told()];
  const told = new Set<string>(stories);
  const placed = customer.journal.filter(({ path }) => path === 'shop.placeOrder').map(({ orderId }) => orderId);
  const orderIds = placed.filter((orderId) => !told.has(orderId));
  // What the dead had begun to call is left alone for 30 s, since a call might still be under way.
  await until('every order is decided', 90, async () => (await outcomesOf(store.sql, orderIds)).undecided === 0).catch(
    () => undefined,
  );
  const untilEnded = (): Promise<unknown> =>
    until('every story has come to its end', 90, async () => {
      const { hanging, wrong } = await endsOf(store, stories);
      return hanging.length + wrong.length === 0;
    }).catch(() => undefined);
  await untilEnded();
  await compare(attack);
  await load.stop();
  // An order that was complete may have been settled since, and the worker was held still in the midst of it.
  await untilEnded();
  const journal = await checkJournal(store.sql, customer.journal);
  const outcomes = await outcomesOf(store.sql, orderIds);
  const slowest = Math.max(...recoveries);
  const failure = load.failure();
  check('Every acknowledged command is present', journal.missing.length === 0 && failure === null, {
    kills: recoveries.length,
    acknowledged: journal.commands,
    events: journal.events,
    missing: journal.missing.length,
    ...(journal.missing[0] ? { first: journal.missing[0] } : {}),
    ...(failure === null ? {} : { failure: String(failure) }),
    'events/s': Math.round(perSecond),
  });
  check(
    'Every order is decided, and authorized, confirmed and ended once',
    outcomes.undecided === 0 && outcomes.doubled === 0 && outcomes.placed === orderIds.length,
    outcomes,
  );
  const { hanging, wrong, ...ends } = await endsOf(store, stories);
  check(
    'No amendment, cancellation in part, return or refund hangs half way, and no money moves twice',
    hanging.length + wrong.length === 0 && ends.amended > 0 && ends.refunds > 0,
    {
      ...ends,
      hanging: hanging.length,
      wrong: wrong.length,
      ...(hanging.length + wrong.length === 0 ? {} : { such: [...hanging, ...wrong].slice(0, 5).join('; ') }),
    },
  );
  check('Every read table equals a full replay, row by row', Object.keys(attack.differing).length === 0, {
    replays: attack.replays,
    'rows at the end': attack.rowsCompared,
    ...attack.differing,
  });
  check(
    `It is well and confirms an order within ${recoverySecondsMost} s of a kill`,
    slowest <= recoverySecondsMost * 1_000,
    { 'median s': seconds(middle(recoveries)), 'slowest s': seconds(slowest) },
  );
  check('The app needs no restart', !product.hasEnded(), { plan: plan.what });
  const refusals = [...Map.groupBy(customer.journal, ({ refusal }) => refusal ?? 'accepted')];
  context.say(`answers: ${refusals.map(([refusal, notes]) => `${refusal} ${notes.length}`).join(', ')}`);
  const troubles = Object.fromEntries(customer.troubles);
  check('Whoever asks meanwhile hears 503 or nothing, never that something is broken', !customer.troubles.has('500'), {
    ...troubles,
  });
};

/** Kills a part of the running product again and again under load, and looks at what is left. */
export const runKills = (context: PartContext, plan: KillPlan): Promise<void> =>
  withProduct(context.folder, context.say, async (product) => {
    const { env } = product;
    const customer = openCustomer(product.origin);
    const store = openStore(env, { role: 'worker', max: 3, applicationName: 'prove-kills' });
    try {
      await receive(
        env,
        store,
        catalog.flatMap(({ sku }) => warehouses.map(({ code }) => ({ sku, warehouse: code, quantity: 100_000 }))),
      );
      const { ordersPerSecond, shipmentsPerSecond, storiesPerSecond } = plan;
      const countEvents = async () =>
        (await store.sql<{ count: number }[]>`select count(*) as count from es.events`)[0];
      const load = await startLoad({
        customer,
        store,
        random: context.random,
        ordersPerSecond,
        shipmentsPerSecond,
        storiesPerSecond,
      });
      const attack: Attack = {
        context,
        plan,
        product,
        customer,
        store,
        load,
        differing: {},
        replays: 0,
        rowsCompared: 0,
        comparingMs: 0,
      };
      try {
        const before = (await countEvents())?.count ?? 0;
        const beganAt = performance.now();
        const recoveries = await killAll(attack);
        const ms = performance.now() - beganAt - attack.comparingMs;
        const after = (await countEvents())?.count ?? 0;
        await judge(attack, recoveries, ((after - before) / ms) * 1_000);
      } finally {
        await load.stop();
      }
    } finally {
      customer.close();
      await store.close();
    }
  });
