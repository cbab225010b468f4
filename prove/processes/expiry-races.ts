import type { OrderId } from '#domain/shared/ids.ts';
import type { WebhookTransport } from '#server/adapters/simulated-gateway/webhook-deliverer.ts';
import { paymentIdOf } from '#server/processes/checkout.ts';
import type { Random } from '#server/projections/testing/histories.ts';
import { cards } from '#server/runtime/testing/house.ts';
import type { ScratchEnv } from '../../scripts/scratch-database.ts';
import { openStreet, type ProvenHouse } from './open-house.ts';

type Race = { readonly sku: string; readonly first: OrderId; rival: OrderId | null };

export type ExpiryRaces = {
  readonly races: number;
  /** How many of the first buyers got the goods, lost them to the clock, or lost them to a rival after they had paid. */
  readonly won: number;
  readonly ranOut: number;
  readonly soldToRival: number;
  readonly broken: readonly string[];
};

const racesAtOnce = 50;
const reservationLastsMs = 15 * 60_000;

/** Holds back what the gateway sends while it is shut; `take` gives the letters, to be posted one by one. */
const createLetterbox = (post: (events: readonly unknown[]) => Promise<unknown>) => {
  let isOpen = true;
  const letters: (() => Promise<unknown>)[] = [];
  return {
    wrap:
      (receive: WebhookTransport): WebhookTransport =>
      async (body, headers) => {
        if (isOpen) return receive(body, headers);
        const events = JSON.parse(body.toString()) as unknown[];
        for (const event of events) letters.push(() => post([event]));
        return 200;
      },
    open: () => {
      isOpen = true;
    },
    shut: () => {
      isOpen = false;
    },
    take: () => letters.splice(0),
  };
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What became of one piece and of those who wanted it. */
const judge = async (
  house: ProvenHouse,
  { sku, first, rival }: Race,
): Promise<{ outcome: string; broken: string[] }> => {
  const broken: string[] = [];
  const ids = rival ? [first, rival] : [first];
  const waybills = await Promise.all(ids.map((orderId) => house.waybill(orderId)));
  const confirmed = waybills.filter(({ order }) => order.status === 'confirmed');
  if (confirmed.length > 1) broken.push(`${sku}: one piece was sold ${confirmed.length} times`);
  for (const [nth, { order, payments, fulfillments }] of waybills.entries()) {
    const orderId = ids[nth] ?? first;
    const payment = payments[paymentIdOf(orderId)];
    if (order.status === 'placed') broken.push(`${sku}: an order stays ${order.status}`);
    if (order.status === 'confirmed' && Object.keys(fulfillments).length === 0)
      broken.push(`${sku}: paid, and nothing will be sent`);
    if (order.status !== 'confirmed' && payment?.status === 'authorized')
      broken.push(`${sku}: ${order.status}, and the money is still held`);
    const [bank] = await house.sql<{ status: string }[]>`
      select status from gateway.payments where payment_id = ${paymentIdOf(orderId)}`;
    if (order.status !== 'confirmed' && bank?.status === 'authorized')
      broken.push(`${sku}: ${order.status}, and the bank holds the money`);
  }
  const stock = await house.stockOf(sku);
  if (stock.onHand !== 1 || stock.reserved !== 0 || stock.allocated !== confirmed.length)
    broken.push(`${sku}: ${JSON.stringify(stock)} with ${confirmed.length} confirmed`);
  const status = waybills[0]?.order.status;
  const outcome = status === 'confirmed' ? 'won' : status === 'canceled' ? 'soldToRival' : 'ranOut';
  return { outcome, broken };
};

/** One piece, one buyer whose payment is on its way when the reservation runs out, and perhaps another who wants it. */
export const raceExpiry = async (env: ScratchEnv, random: Random, races: number): Promise<ExpiryRaces> => {
  const street = openStreet(env);
  const broken: string[] = [];
  const counts: Record<string, number> = { won: 0, ranOut: 0, soldToRival: 0 };

  const round = async (from: number): Promise<void> => {
    const house = street.build();
    const box = createLetterbox((events) => house.post(events));
    house.wrapTransport(box.wrap);
    const token = await house.token(cards.approve);
    const all: Race[] = [];
    for (let nth = from; nth < Math.min(races, from + racesAtOnce); nth += 1) {
      const sku = `RACE-${nth}`;
      await house.stock(sku, 1);
      const first = await house.place({ lines: [{ id: 'a', sku, quantity: 1, price: 500 }], token });
      all.push({ sku, first, rival: null });
    }
    box.shut();
    await house.settle();
    const letters = box.take();
    if (letters.length !== all.length) broken.push(`${letters.length} answers of the bank for ${all.length} orders`);
    house.advance(reservationLastsMs + 1_000);
    const rivals = all
      .filter(() => random.chance(0.5))
      .map((race) => async () => {
        race.rival = await house.place({ lines: [{ id: 'a', sku: race.sku, quantity: 1, price: 500 }], token });
      });
    box.open();
    // The clock, the bank, the rivals and the feed, all at once.
    const jittered = (work: () => Promise<unknown>, mostMs: number) => pause(random.int(mostMs)).then(work);
    const feeding = (async () => {
      for (let turn = 0; turn < 40; turn += 1) {
        await house.feedOnce(1 + random.int(40));
        await pause(random.int(4));
      }
    })();
    await Promise.all([
      ...letters.map((letter) => jittered(letter, 120)),
      ...rivals.map((rival) => jittered(rival, 120)),
      jittered(() => house.timers.fireDue(), 100),
      feeding,
    ]);
    await house.settle();
    for (let minute = 0; minute < 3; minute += 1) {
      house.advance(61_000);
      await house.settle();
    }
    for (const race of all) {
      const judged = await judge(house, race);
      broken.push(...judged.broken);
      counts[judged.outcome] = (counts[judged.outcome] ?? 0) + 1;
    }
  };

  try {
    for (let from = 0; from < races; from += racesAtOnce) await round(from);
  } finally {
    await street.close();
  }
  const { won = 0, ranOut = 0, soldToRival = 0 } = counts;
  return { races, won, ranOut, soldToRival, broken };
};
