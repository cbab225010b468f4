import { setTimeout as delay } from 'node:timers/promises';
import { v7 } from 'uuid';
import { catalog } from '#db/seed/catalog.ts';
import { demoAccounts } from '#db/seed/demo-accounts.ts';
import type { OrderId } from '#domain/shared/ids.ts';
import type { Random } from '#server/projections/testing/histories.ts';
import { type Customer, guestOrder } from './customer.ts';
import type { StoreProcess } from './store.ts';
import { signInAgent, type Teller, tellStory } from './stories.ts';

export type Load = {
  /** Orders that the product said it took. */
  readonly placed: () => number;
  /** The orders of stories: changed, and sent back in part. */
  readonly told: () => readonly OrderId[];
  /** Takes no new steps, and waits until all that is under way is answered. */
  readonly pause: () => Promise<void>;
  readonly resume: () => void;
  readonly stop: () => Promise<void>;
  /** Resolves with the first command that got no answer at all; null at the end. */
  readonly failure: () => unknown;
};

export type LoadOptions = {
  readonly customer: Customer;
  readonly store: Pick<StoreProcess, 'sql' | 'store'>;
  readonly random: Random;
  /** An order means a dozen events until it is confirmed. */
  readonly ordersPerSecond: number;
  /** Fulfillments that are walked, packed and shipped; a dozen events each. */
  readonly shipmentsPerSecond: number;
  /** Orders that are changed, shipped, and sent back in part (`tellStory`); some sixty events each. */
  readonly storiesPerSecond: number;
};

type Waiting = {
  readonly fulfillmentId: string;
  readonly orderId: string;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
};

/** One order in so many is canceled by its buyer. */
const cancelsEvery = 15;

/**
 * Customers place orders, and cancel some; pickers pick, pack and ship others; agents change, refund and take back: at a
 * steady pace, whatever happens.
 */
export const startLoad = async (options: LoadOptions): Promise<Load> => {
  const { customer, random, ordersPerSecond, shipmentsPerSecond, storiesPerSecond } = options;
  const { sql, store } = options.store;
  const card = await customer.cardToken();
  const picker = demoAccounts.find(({ role }) => role === 'warehouse');
  if (!picker) throw new Error('The demo has no picker');
  const cookie = await customer.signIn(picker.email, picker.password);
  const teller: Teller = { customer, store, random, card, agent: await signInAgent(customer), floor: cookie };
  const told: OrderId[] = [];
  /** Theirs to ship, while they are told. */
  const inStory = new Set<string>();
  const taken = new Set<string>();
  const underWay = new Set<Promise<unknown>>();
  let since = new Date();
  let nth = 0;
  let placed = 0;
  let failure: unknown = null;
  let isPaused = false;
  let isStopped = false;

  const track = (work: Promise<unknown>): void => {
    const tracked: Promise<unknown> = work
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  };

  const order = async (): Promise<void> => {
    nth += 1;
    const sku = () => random.pick(catalog as unknown as readonly [(typeof catalog)[number]]).sku;
    const skus = [...new Set([sku(), sku()])];
    const wish = guestOrder(
      nth,
      card,
      skus.map((one) => ({ sku: one, quantity: 1 + random.int(2) })),
    );
    const isCanceled = nth % cancelsEvery === 0;
    const { answer } = await customer.command('shop.placeOrder', wish);
    if (answer.status !== 200)
      throw new Error(`An order was refused: ${answer.status} ${JSON.stringify(answer.error)}`);
    placed += 1;
    if (!isCanceled) return;
    const { link } = answer.data as { link: string };
    // People look at their order first.
    await delay(2_000);
    await customer.command('shop.order.cancel', { orderId: wish.orderId, link, commandId: v7() });
  };

  const story = async (): Promise<void> => {
    nth += 1;
    let own: OrderId | undefined;
    try {
      await tellStory(teller, nth, (orderId) => {
        own = orderId;
        told.push(orderId);
        inStory.add(orderId);
      });
    } finally {
      if (own) inStory.delete(own);
    }
  };

  const findWaiting = async (most: number): Promise<readonly Waiting[]> => {
    const rows = await sql<(Waiting & { readonly createdAt: Date })[]>`
      select fulfillment_id as "fulfillmentId", order_key as "orderId", lines, created_at as "createdAt"
      from read.fulfillment_queue_v1
      where status = 'open' and created_at > ${since} order by created_at limit ${most + 50}`;
    return rows
      .filter(({ fulfillmentId, orderId }) => !taken.has(fulfillmentId) && !inStory.has(orderId))
      .slice(0, most);
  };

  const ship = async ({ fulfillmentId, orderId, lines }: Waiting): Promise<void> => {
    const step = async (path: string, extra: object = {}): Promise<boolean> => {
      const input = { orderId, fulfillmentId, commandId: v7(), ...extra };
      return (await customer.command(path, input, cookie)).answer.status === 200;
    };
    // Refused where the buyer was quicker and canceled.
    if (!(await step('warehouse.fulfillment.startPicking'))) return;
    for (const { lineId, quantity } of lines)
      if (!(await step('warehouse.fulfillment.pickItem', { lineId, quantity }))) return;
    if (
      !(await step('warehouse.fulfillment.pack', { packages: [{ parcelId: `P-${fulfillmentId}`, weightGrams: 900 }] }))
    )
      return;
    await step('warehouse.fulfillment.ship', {
      carrier: 'CTT',
      trackingNumber: `PT${String(taken.size).padStart(8, '0')}`,
    });
  };

  const pace = async (perSecond: number, step: (count: number) => void | Promise<void>): Promise<void> => {
    let at = performance.now();
    while (!isStopped) {
      await delay(perSecond > 20 ? 25 : 200);
      const now = performance.now();
      const due = Math.floor(((now - at) / 1_000) * perSecond);
      if (due === 0) continue;
      at += (due / perSecond) * 1_000;
      // Behind after a pause: what was not asked for then isn't made up for.
      if (isPaused || now - at > 2_000) at = now;
      else await step(due);
    }
  };

  const paces = [
    pace(ordersPerSecond, (count) => {
      for (let one = 0; one < count && underWay.size < 500; one += 1) track(order());
    }),
    pace(storiesPerSecond, (count) => {
      for (let one = 0; one < count && inStory.size < 60; one += 1) track(story());
    }),
    pace(shipmentsPerSecond, async (count) => {
      const found = await findWaiting(count).catch(() => []);
      for (const waiting of found) {
        taken.add(waiting.fulfillmentId);
        track(ship(waiting));
      }
    }),
  ];
  const quiet = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.all(underWay);
  };

  return {
    placed: () => placed,
    told: () => told,
    pause: async () => {
      isPaused = true;
      await quiet();
    },
    resume: () => {
      since = new Date(Date.now() - 60_000);
      isPaused = false;
    },
    stop: async () => {
      isStopped = true;
      await Promise.all(paces);
      await quiet();
    },
    failure: () => failure,
  };
};
