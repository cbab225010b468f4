import { isDeepStrictEqual } from 'node:util';
import type { OrderId } from '#domain/shared/ids.ts';
import { completeChallenge } from '#server/adapters/simulated-gateway/challenge.ts';
import { paymentIdOf } from '#server/processes/checkout.ts';
import type { Random } from '#server/projections/testing/histories.ts';
import { cards } from '#server/runtime/testing/house.ts';
import type { ScratchEnv } from '../../scripts/scratch-database.ts';
import { deliverAll, shipAll } from './floor.ts';
import { openStreet, type ProvenHouse } from './open-house.ts';

type Card = 'approve' | 'challenge' | 'decline' | 'insufficientFunds';
type Plan = {
  readonly card: Card;
  readonly approves: boolean;
  readonly quantity: number;
  readonly price: number;
  readonly fate: 'sent' | 'canceled' | 'refunded';
};
type Told = { readonly plan: Plan; readonly inOrder: OrderId; readonly disturbed: OrderId };
type GatewayEvent = { readonly outcome: { readonly reference: { readonly orderId: string } } };

const storiesInABatch = 100;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What is left of an order when its own ids and times are left out. */
const endOf = async (house: ProvenHouse, orderId: OrderId): Promise<unknown> => {
  const { order, payments, fulfillments } = await house.waybill(orderId);
  const payment = payments[paymentIdOf(orderId)];
  const amounts = (movements: Readonly<Record<string, { amountMinor: number; status: string }>> = {}) =>
    Object.values(movements)
      .map(({ amountMinor, status }) => `${status} ${amountMinor}`)
      .toSorted();
  return {
    order: order.status,
    rejection: order.status === 'rejected' ? order.rejection : null,
    mails: order.status === 'absent' ? 0 : order.notified.length,
    payment: payment?.status,
    authorizedMinor: payment?.authorizedMinor,
    captures: amounts(payment?.captures),
    refunds: amounts(payment?.refunds),
    fulfillments: Object.values(fulfillments).map(({ status }) => status),
    events: (await house.types(orderId)).toSorted(),
  };
};

const planned = (random: Random): Plan => ({
  card: random.pick(['approve', 'approve', 'challenge', 'challenge', 'decline', 'insufficientFunds']),
  approves: random.chance(0.7),
  quantity: 1 + random.int(3),
  price: 100 + random.int(5_000),
  fate: random.pick(['sent', 'sent', 'canceled', 'refunded']),
});

/** Tells stories twice at once, in two orders each: one hears the gateway in order, the other doubled, shuffled, late. */
export const tellTwice = async (env: ScratchEnv, random: Random, stories: number) => {
  const street = openStreet(env);
  const broken: string[] = [];
  let late = 0;
  const batch = async (from: number): Promise<void> => {
    const house = street.build();
    const disturbed = new Set<string>();
    const held: GatewayEvent[] = [];
    // The gateway believes these delivered, as one that keeps them in a queue of its own.
    house.wrapTransport(() => async (body) => {
      const events = JSON.parse(body.toString()) as GatewayEvent[];
      const isLate = ({ outcome }: GatewayEvent) => disturbed.has(outcome.reference.orderId) && random.chance(0.8);
      const [kept, now] = [events.filter(isLate), [] as GatewayEvent[]];
      for (const event of events) if (!kept.includes(event)) now.push(event);
      held.push(...kept);
      late += kept.length;
      return now.length > 0 ? house.post(now) : 200;
    });
    /** As time goes by, each unanswered call is asked about. */
    const minutesPass = async (count: number): Promise<void> => {
      for (let minute = 0; minute < count; minute += 1) {
        await house.settle();
        house.advance(minuteMs + 1_000);
      }
      await house.settle();
    };
    const told: Told[] = [];
    for (let nth = from; nth < Math.min(stories, from + storiesInABatch); nth += 1) {
      const plan = planned(random);
      const token = await house.token(cards[plan.card]);
      const place = async (name: string): Promise<OrderId> => {
        const sku = `TWIN-${nth}-${name}`;
        await house.stock(sku, 5);
        return house.place({ lines: [{ id: 'a', sku, quantity: plan.quantity, price: plan.price }], token });
      };
      const one = { plan, inOrder: await place('A'), disturbed: await place('B') };
      disturbed.add(one.disturbed);
      told.push(one);
    }
    const all = told.flatMap(({ plan, ...twins }) => Object.values(twins).map((orderId) => ({ plan, orderId })));
    await minutesPass(2);
    for (const { plan, orderId } of all) {
      const payment = (await house.waybill(orderId)).payments[paymentIdOf(orderId)];
      if (payment?.status === 'requires_action')
        await completeChallenge(
          house.sql,
          payment.challengeUrl.replace('/pay/challenge/', ''),
          plan.approves,
          house.now(),
        );
    }
    await minutesPass(3);
    for (const { plan, orderId } of all)
      if (plan.fate === 'canceled')
        await house.command(orderId, { type: 'CancelOrder', orderId, reason: 'Twice', restock: true });
    await minutesPass(4);
    for (const { orderId } of all) await shipAll(house, orderId);
    await minutesPass(4);
    for (const { orderId } of all) await deliverAll(house, orderId);
    await house.settle();
    for (const { plan, orderId } of all) {
      const paymentId = paymentIdOf(orderId);
      if (plan.fate === 'refunded')
        await house.command(orderId, {
          type: 'RequestRefund',
          ...{ orderId, paymentId, refundId: crypto.randomUUID(), amountMinor: plan.price, reason: 'It broke' },
        });
    }
    await minutesPass(4);
    // What was held comes in the three days after, doubled and in any order.
    const twice = [...held, ...held].toSorted(() => random.int(3) - 1);
    for (let hours = 0; twice.length > 0; hours += 6) {
      const share = hours >= 66 ? twice.length : random.int(twice.length + 1);
      const some = twice.splice(0, share);
      if (some.length > 0 && (await house.post(some)) !== 200) broken.push('a genuine webhook was refused');
      await house.settle();
      house.advance(6 * hourMs);
    }
    await house.settle();
    for (const { plan, inOrder, disturbed: other } of told) {
      const [a, b] = [await endOf(house, inOrder), await endOf(house, other)];
      if (!isDeepStrictEqual(a, b))
        broken.push(`${plan.card} ${plan.fate}: ${JSON.stringify(a)} but ${JSON.stringify(b)}`);
    }
  };
  try {
    for (let from = 0; from < stories; from += storiesInABatch) await batch(from);
  } finally {
    await street.close();
  }
  return { stories, late, broken };
};
