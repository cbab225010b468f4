import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { catalog } from '#db/seed/catalog.ts';
import { demoAccounts } from '#db/seed/demo-accounts.ts';
import { get, signIn } from './get.ts';
import type { House } from './house.ts';
import { approvedCard, orderFor, post } from './orders.ts';

/** One agent at the desk, over HTTP. */
export type DeskAgent = {
  /** A query's data. Without a token the answer may be older than what was just done. */
  readonly ask: <Data>(path: string, input: object, token: string | null) => Promise<Data>;
  /** A mutation: its data, or the HTTP status that refused it. */
  readonly tell: <Data>(path: string, input: object) => Promise<{ status: number; data: Data | null }>;
  readonly close: () => void;
};

const dataIn = <Data>(body: string): Data => (JSON.parse(body) as { result: { data: Data } }).result.data;

export const openDeskAgent = async ({ origin }: House): Promise<DeskAgent> => {
  const person = demoAccounts.find(({ role }) => role === 'support');
  if (!person) throw new Error('There is no agent');
  const cookie = await signIn({ origin }, person);
  const agent = new Agent({ keepAlive: true });
  return {
    ask: async <Data>(path: string, input: object, token: string | null) => {
      const url = new URL(`/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, origin);
      const headers = token === null ? { cookie } : { cookie, 'x-waybill-token': token };
      const { status, body } = await get(agent, url, headers);
      if (status !== 200) throw new Error(`${path}: ${status} ${body.slice(0, 300)}`);
      return dataIn<Data>(body);
    },
    tell: async <Data>(path: string, input: object) => {
      const answer = await fetch(`${origin}/api/trpc/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin, cookie },
        body: JSON.stringify(input),
      });
      const body = await answer.text();
      return { status: answer.status, data: answer.ok ? dataIn<Data>(body) : null };
    },
    close: () => agent.destroy(),
  };
};

export type PlacedOrder = { readonly orderId: string; readonly orderNumber: string };
type Recorded = { readonly events: readonly { readonly event: { readonly type: string; orderNumber?: string } }[] };

/** Orders of four lines, `units` of each. */
export const placeOrders = async ({ origin }: House, count: number, units: number): Promise<PlacedOrder[]> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const card = await approvedCard(agent, origin);
  const placed: PlacedOrder[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const lines = [0, 1, 2, 3].map((step) => ({
      sku: catalog[(nth + step * 7) % catalog.length]?.sku,
      quantity: units,
    }));
    const { status, body } = await post(agent, origin, '/api/trpc/shop.placeOrder', { ...orderFor(nth, card), lines });
    if (status !== 200) throw new Error(`Placing: ${status} ${body.slice(0, 300)}`);
    const [first] = dataIn<Recorded & { events: { event: { orderId: string; orderNumber: string } }[] }>(body).events;
    if (!first) throw new Error('Nothing was recorded');
    placed.push({ orderId: first.event.orderId, orderNumber: first.event.orderNumber });
  }
  agent.destroy();
  return placed;
};

/** Customers who order at a steady rate until told to stop; says how many did. */
export const orderMeanwhile = ({ origin }: House, perSecond: number): (() => Promise<number>) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  let [isOver, placed] = [false, 0];
  const done = (async () => {
    const card = await approvedCard(agent, origin);
    const began = performance.now();
    for (let nth = 0; !isOver; nth += 1) {
      await pause(Math.max(0, began + (nth * 1_000) / perSecond - performance.now()));
      const { status } = await post(agent, origin, '/api/trpc/shop.placeOrder', orderFor(nth, card));
      placed += status === 200 ? 1 : 0;
    }
  })();
  return async () => {
    isOver = true;
    await done;
    agent.destroy();
    return placed;
  };
};
