import { caughtUp } from '#server/runtime/testing/worker-rig.ts';
import { guestOrder, openCustomer } from '../customer.ts';
import { outcomesOf } from '../journal.ts';
import type { Part } from '../part.ts';
import { until, withProduct } from '../product.ts';
import { receive, sell, stockHistory } from '../stock.ts';
import { manyAtOnce, openStore } from '../store.ts';

const sku = 'FLASH-ONE';
const salesOf = { small: { buyers: 200, units: 10 }, full: { buyers: 2_000, units: 100 } };
const atOnce = 128;

type OrderView = { readonly waybill?: { readonly order: { readonly status: string } } } | null;

export const part: Part = {
  name: 'flash-sale',
  about: 'many buyers of few units, all at once and over HTTP',
  sizes: {
    small: `${salesOf.small.buyers} buyers of ${salesOf.small.units} units`,
    full: `${salesOf.full.buyers} buyers of ${salesOf.full.units} units`,
  },
  isInTests: false,
  run: ({ size, folder, say, check }) =>
    withProduct(folder, say, async (product) => {
      const { buyers, units } = salesOf[size];
      const store = openStore(product.env, { role: 'worker', max: 3 });
      const owner = openStore(product.env, { url: product.env.DATABASE_URL, max: 1 });
      const customer = openCustomer(product.origin, atOnce);
      try {
        await sell(owner, [sku]);
        await receive(product.env, store, [{ sku, warehouse: 'OPO', quantity: units }]);
        const card = await customer.cardToken();
        const beganAt = performance.now();
        const placed = await manyAtOnce(buyers, atOnce, async (nth) => {
          const wish = guestOrder(nth, card, [{ sku, quantity: 1 }]);
          const { answer } = await customer.command('shop.placeOrder', wish);
          return { orderId: wish.orderId, status: answer.status, link: (answer.data as { link?: string }).link };
        });
        const placedMs = performance.now() - beganAt;
        const orderIds = placed.map(({ orderId }) => orderId);
        await until('every buyer has an answer', 120, async () => {
          const { placed: stored, undecided } = await outcomesOf(store.sql, orderIds);
          return stored === buyers && undecided === 0;
        });
        const decidedMs = performance.now() - beganAt;
        const [events] = await store.sql<{ confirmed: number; soldOut: number; authorized: number }[]>`
          select count(*) filter (where type = 'OrderConfirmed') as confirmed,
            count(*) filter (where type = 'OrderRejected' and data -> 'reason' ->> 'code' = 'SoldOut') as "soldOut",
            count(*) filter (where type = 'AuthorizationRequested') as authorized
          from es.events where order_key = any (${orderIds}::text[])`;
        // What each buyer's own page says, in the end.
        await caughtUp(store.sql);
        const told = { confirmed: 0, rejected: 0, other: 0 };
        await manyAtOnce(buyers, 32, async (nth) => {
          const { orderId, link } = placed[nth] ?? {};
          const { data } = await customer.query('shop.order.get', { orderId, link });
          const status = (data as OrderView)?.waybill?.order.status ?? JSON.stringify(data).slice(0, 300);
          if (nth === 0) say(`the first buyer’s page says ${status}`);
          if (status === 'rejected') told.rejected += 1;
          else if (status === 'confirmed' || status === 'completed') told.confirmed += 1;
          else told.other += 1;
        });
        const stock = await stockHistory(store, sku);
        check(
          'As many orders are confirmed as there are units, and every other buyer is told that it is sold out',
          events?.confirmed === units && events.soldOut === buyers - units && told.rejected === buyers - units,
          {
            buyers,
            units,
            'confirmed by events': events?.confirmed ?? 0,
            'sold out by events': events?.soldOut ?? 0,
            ...told,
          },
        );
        check('Nobody is asked for money where there is no stock', events?.authorized === units, {
          authorizations: events?.authorized ?? 0,
        });
        check('Available never falls below zero, at no event of the stream', stock.leastAvailable >= 0, stock);
        check('No answer is a 5xx', placed.every(({ status }) => status === 200) && customer.troubles.size === 0, {
          ...Object.fromEntries(customer.troubles),
          'placed in s': Number((placedMs / 1_000).toFixed(1)),
          'decided in s': Number((decidedMs / 1_000).toFixed(1)),
        });
      } finally {
        customer.close();
        await Promise.all([store.close(), owner.close()]);
      }
    }),
};
