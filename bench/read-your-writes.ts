// An agent changes an order (calls off one unit, tags it, takes the tag off) and searches for it at once, over HTTP, while
// customers order. With the consistency token the row must show the change; without it some rows are older: that is what
// shows that the check can fail.
import { v7 as uuidv7 } from 'uuid';
import { closeSql, openSql } from '#db/clients.ts';
import type { BenchContext, Figures } from './context.ts';
import { type DeskAgent, openDeskAgent, orderMeanwhile, type PlacedOrder, placeOrders } from './desk-calls.ts';
import { isAtRest, startHouse, until } from './house.ts';
import { percentile } from './measure.ts';
import { stockUp } from './orders.ts';

export const name = 'read-your-writes';
export const about = 'changes an order, then searches for it at once, with and without the consistency token';

const rounds = Number(process.env.BENCH_ROUNDS ?? 1_000);
const orderCount = 100;
const unitsPerLine = 20;
const ordersPerSecond = 10;

type Row = { readonly orderId: string; readonly totalMinor: number; readonly tags: readonly string[] };
type Recorded = {
  readonly token: string;
  readonly events: readonly { readonly event: { type: string; totalsAfter?: { grandTotalMinor: number } } }[];
};

/** One change, and what the row must say then. */
const change = async (agent: DeskAgent, { orderId }: PlacedOrder, nth: number) => {
  const step = Math.floor(nth / orderCount);
  const line = `${orderId}:${1 + (step % 4)}`;
  const base = { orderId, commandId: uuidv7() };
  const told =
    step % 3 === 0
      ? await agent.tell<Recorded>('support.order.cancelLines', {
          ...base,
          cancellationId: uuidv7(),
          lines: [{ lineId: line, quantity: 1 }],
          reason: 'One is enough',
          restock: true,
        })
      : await agent.tell<Recorded>(step % 3 === 1 ? 'support.order.tag' : 'support.order.untag', {
          ...base,
          tag: 'bench',
        });
  if (!told.data) throw new Error(`Round ${nth} was refused: ${told.status}`);
  const after = told.data.events.find(({ event }) => event.type === 'OrderLinesCanceled')?.event.totalsAfter;
  const isTrue = (row: Row | undefined): boolean => {
    if (!row) return false;
    if (after) return row.totalMinor === after.grandTotalMinor;
    return row.tags.includes('bench') === (step % 3 === 1);
  };
  return { token: told.data.token, isTrue };
};

const play = async (agent: DeskAgent, orders: readonly PlacedOrder[], from: number, withToken: boolean) => {
  const latenciesMs: number[] = [];
  let stale = 0;
  for (let nth = from; nth < from + rounds; nth += 1) {
    const order = orders[nth % orders.length];
    if (!order) throw new Error('There are no orders');
    const { token, isTrue } = await change(agent, order, nth);
    const began = performance.now();
    const found = await agent.ask<{ items: readonly Row[] }>(
      'support.orders.search',
      { q: order.orderNumber, view: 'all' },
      withToken ? token : null,
    );
    latenciesMs.push(performance.now() - began);
    if (!isTrue(found.items.find(({ orderId }) => orderId === order.orderId))) stale += 1;
  }
  return { stale, latenciesMs };
};

export const run = async (context: BenchContext): Promise<Figures> => {
  const { env, say } = context;
  const sql = openSql(env.DATABASE_URL, { max: 2, applicationName: 'bench', transactionTimeoutMs: 0 });
  await stockUp(sql, context);
  const house = await startHouse(context);
  try {
    const orders = await placeOrders(house, orderCount, unitsPerLine);
    await until('all orders are with their warehouses', 120, async () => {
      const [row] = await sql<{ open: number }[]>`
        select count(*)::int as open from read.order_search_v2 where fulfillment_status = 'open'`;
      return row?.open === orderCount && (await isAtRest(sql));
    });
    const agent = await openDeskAgent(house);
    const stop = orderMeanwhile(house, ordersPerSecond);
    say(`${rounds} rounds with the token, ${rounds} without, ${ordersPerSecond} orders/s meanwhile …`);
    const withToken = await play(agent, orders, 0, true);
    // An even number of passes over all orders, so that tags and their removal alternate as before.
    const without = await play(agent, orders, Math.ceil(rounds / (orderCount * 3)) * orderCount * 3, false);
    const placed = await stop();
    agent.close();
    const round = (ms: number) => Math.round(ms * 10) / 10;
    return {
      rounds,
      stale: withToken.stale,
      staleWithoutTokens: without.stale,
      searchP50Ms: round(percentile(withToken.latenciesMs, 0.5)),
      searchP99Ms: round(percentile(withToken.latenciesMs, 0.99)),
      withoutTokenP50Ms: round(percentile(without.latenciesMs, 0.5)),
      ordersMeanwhile: placed,
    };
  } finally {
    await house.stop();
    await closeSql(sql);
  }
};
