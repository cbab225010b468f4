import { guestOrder, openCustomer } from '../customer.ts';
import { outcomesOf } from '../journal.ts';
import type { Part } from '../part.ts';
import { until, withProduct } from '../product.ts';
import { receive, sell, stockHistory } from '../stock.ts';
import { manyAtOnce, openStore } from '../store.ts';

const clients = 16;
const skuCounts = [2, 10, 500];
const ordersOf = { small: 150, full: 2_000 };

export const part: Part = {
  name: 'stock-race',
  about: `${clients} clients order overlapping goods, over HTTP: of ${skuCounts.join(', then ')} SKUs`,
  sizes: { small: `${ordersOf.small} orders each`, full: `${ordersOf.full} orders each` },
  isInTests: false,
  run: ({ size, folder, say, check, random }) =>
    withProduct(folder, say, async (product) => {
      const store = openStore(product.env, { role: 'worker', max: 3 });
      const owner = openStore(product.env, { url: product.env.DATABASE_URL, max: 1 });
      const customer = openCustomer(product.origin, clients);
      try {
        const card = await customer.cardToken();
        for (const count of skuCounts) {
          const orders = ordersOf[size];
          const skus = Array.from({ length: count }, (_, nth) => `RACE-${count}-${nth}`);
          await sell(owner, skus);
          // Enough for about two orders in three.
          const perSku = Math.max(1, Math.ceil((orders * 3 * 2) / (3 * count)));
          await receive(
            product.env,
            store,
            skus.flatMap((sku) => [
              { sku, warehouse: 'OPO', quantity: Math.ceil(perSku / 2) },
              { sku, warehouse: 'RTM', quantity: Math.max(1, Math.floor(perSku / 2)) },
            ]),
          );
          const wishes = Array.from({ length: orders }, (_, nth) => {
            const first = random.int(count);
            const second = (first + 1 + random.int(count - 1)) % count;
            return guestOrder(nth, card, [
              { sku: skus[first] ?? '', quantity: 1 + random.int(2) },
              { sku: skus[second] ?? '', quantity: 1 + random.int(2) },
            ]);
          });
          const beganAt = performance.now();
          const statuses = await manyAtOnce(orders, clients, async (nth) => {
            const wish = wishes[nth];
            return wish ? (await customer.command('shop.placeOrder', wish)).answer.status : 0;
          });
          const orderIds = wishes.map(({ orderId }) => orderId);
          await until('every order is decided', 240, async () => {
            const { placed, undecided } = await outcomesOf(store.sql, orderIds);
            return placed === orders && undecided === 0;
          });
          // What was held for orders that came to nothing is given back after they were told.
          const tally = async () => {
            const rows = await store.sql<{ orderId: string }[]>`
              select order_key as "orderId" from es.events
              where type = 'OrderConfirmed' and order_key = any (${orderIds}::text[])`;
            const confirmed = new Set(rows.map(({ orderId }) => orderId));
            const sold = new Map<string, number>();
            for (const { orderId, lines } of wishes)
              if (confirmed.has(orderId))
                for (const { sku, quantity } of lines) sold.set(sku, (sold.get(sku) ?? 0) + quantity);
            const stocks = await manyAtOnce(count, 3, async (nth) => {
              const sku = skus[nth] ?? '';
              return { sku, sold: sold.get(sku) ?? 0, ...(await stockHistory(store, sku)) };
            });
            return { confirmed: confirmed.size, stocks };
          };
          let last = await tally();
          const claimed = ({ reserved, allocated, shipped }: (typeof last.stocks)[number]) =>
            reserved + allocated + shipped;
          await until('what was held for nothing is given back', 60, async () => {
            last = await tally();
            return last.stocks.every((stock) => claimed(stock) === stock.sold);
          }).catch(() => undefined);
          const sum = (of: (stock: (typeof last.stocks)[number]) => number) =>
            last.stocks.reduce((total, stock) => total + of(stock), 0);
          const wrong = last.stocks.filter((stock) => claimed(stock) !== stock.sold);
          check(
            `${count} SKUs: the units in confirmed orders are the units reserved, allocated and shipped`,
            wrong.length === 0,
            {
              orders,
              confirmed: last.confirmed,
              'units sold': sum(({ sold }) => sold),
              'units claimed': sum(claimed),
              ...(wrong[0] ? { wrong: wrong.length, first: JSON.stringify(wrong[0]) } : {}),
              s: Number(((performance.now() - beganAt) / 1_000).toFixed(1)),
            },
          );
          check(
            `${count} SKUs: nothing is sold that isn’t there, and no answer is a 5xx`,
            last.stocks.every(({ leastAvailable }) => leastAvailable >= 0) &&
              statuses.every((status) => status === 200) &&
              customer.troubles.size === 0,
            { 'least available': Math.min(...last.stocks.map(({ leastAvailable }) => leastAvailable)) },
          );
        }
      } finally {
        customer.close();
        await Promise.all([store.close(), owner.close()]);
      }
    }),
};
