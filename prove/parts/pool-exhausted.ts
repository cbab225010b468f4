import { closeSql, openSql } from '#db/clients.ts';
import { catalog } from '#db/seed/catalog.ts';
import { demoAccounts } from '#db/seed/demo-accounts.ts';
import { guestOrder, openCustomer } from '../customer.ts';
import { recovery } from '../kills.ts';
import type { Part } from '../part.ts';
import { until, withProduct } from '../product.ts';
import { manyAtOnce, openStore } from '../store.ts';

/** What the web process keeps for the store and its reads (server/runtime/create-web-runtime.ts). */
const poolSize = 7;

const agent = demoAccounts.find(({ role }) => role === 'support');
if (!agent) throw new Error('The demo has no agent');

const requests = { small: 60, full: 300 };

export const part: Part = {
  name: 'pool-exhausted',
  about: 'all connections of the web process are held by statements that wait for a lock',
  sizes: { small: `${requests.small} requests`, full: `${requests.full} requests` },
  isInTests: false,
  run: ({ size, folder, say, check }) =>
    withProduct(folder, say, async (product) => {
      const owner = openSql(product.env.DATABASE_URL, {
        max: 1,
        applicationName: 'prove-lock',
        transactionTimeoutMs: 0,
        idleInTransactionTimeoutMs: 60_000,
      });
      const watching = openSql(product.env.DATABASE_URL, { max: 1, applicationName: 'prove-watch' });
      const store = openStore(product.env, { max: 1 });
      const customer = openCustomer(product.origin, 400);
      const sku = catalog[0]?.sku ?? '';
      try {
        const card = await customer.cardToken();
        const cookie = await customer.signIn(agent.email, agent.password);
        const first = guestOrder(0, card, [{ sku, quantity: 1 }]);
        await customer.command('shop.placeOrder', first);
        const held = Promise.withResolvers<void>();
        const locked = Promise.withResolvers<void>();
        // Whoever reads an order's page waits, on a connection, until the lock is gone.
        const lock = owner.begin(async (tx) => {
          await tx`lock table read.order_status_v2 in access exclusive mode`;
          locked.resolve();
          await held.promise;
        });
        await locked.promise;
        // So many that each connection has one that waits on it; these get no answer while the lock is held.
        const stuck = manyAtOnce(12, 12, async () =>
          customer.query('support.order.get', { orderId: first.orderId }, cookie).catch(() => null),
        );
        await until('each connection of the pool waits for the lock', 10, async () => {
          const [row] = await watching<{ waiting: number }[]>`
            select count(*)::int as waiting from pg_stat_activity
            where application_name = 'waybill-web' and wait_event_type = 'Lock'`;
          return (row?.waiting ?? 0) >= poolSize;
        });
        const health: number[] = [];
        const asking = new AbortController();
        const probes = (async () => {
          while (!asking.signal.aborted) {
            const { ok, ms } = await product.health();
            health.push(ok ? ms : Number.POSITIVE_INFINITY);
            await new Promise((resolve) => setTimeout(resolve, 100));
          }
        })();
        const answers = await manyAtOnce(requests[size], requests[size], async (nth) => {
          const beganAt = performance.now();
          const answer = await customer
            .post('shop.placeOrder', guestOrder(100 + nth, card, [{ sku, quantity: 1 }]))
            .catch(() => null);
          return { status: answer?.status ?? 0, ms: performance.now() - beganAt, words: answer?.error?.words ?? '' };
        });
        asking.abort();
        await probes;
        held.resolve();
        await lock;
        await stuck;
        const tookMs = await recovery(product, customer, store, card);
        const late = answers.filter(({ status, ms }) => status !== 503 || ms > 2_500);
        check('Who finds no connection hears 503 within 2 s, in words', late.length === 0, {
          requests: answers.length,
          'slowest ms': Math.round(Math.max(...answers.map(({ ms }) => ms))),
          words: answers[0]?.words ?? '',
          ...(late[0] ? { late: late.length, first: JSON.stringify(late[0]) } : {}),
        });
        check('Health still answers', health.length > 0 && health.every((ms) => ms < 1_000), {
          probes: health.length,
          'slowest ms': Math.round(Math.max(...health)),
        });
        check('It recovers by itself', tookMs < 10_000 && !product.hasEnded(), {
          s: Number((tookMs / 1_000).toFixed(1)),
        });
      } finally {
        customer.close();
        await Promise.all([closeSql(owner, 1), closeSql(watching, 1), store.close()]);
      }
    }),
};
