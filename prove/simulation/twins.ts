import { isDeepStrictEqual } from 'node:util';
import { refundableMinor } from '#domain/payment/state.ts';
import type { OrderId } from '#domain/shared/ids.ts';
import { liveFulfillments, type Waybill } from '#domain/waybill/state.ts';
import { idOf, type Random, seeded } from '#server/projections/testing/histories.ts';
import { expectQuiet } from './ending.ts';
import type { CardToken } from './faulty-gateway.ts';
import { asJsonb } from './jsonb.ts';
import { placing, warehouses } from './placing.ts';
import { settle } from './settle.ts';
import { expect } from './simulation-error.ts';
import { createWorld, type World } from './world.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const agent = { id: 'agent-1', role: 'support' } as const;
const floor = { id: 'picker-1', role: 'warehouse' } as const;
const cards = ['approve', 'decline', 'challenge approved', 'challenge refused'] as const satisfies readonly CardToken[];

/** What is left of an order when times, and what follows from times, are left out. */
const endOf = ({ order, payments, fulfillments }: Waybill): unknown => ({
  order: order.status === 'absent' ? null : { ...order, notified: order.notified.toSorted() },
  payments: Object.values(payments).map((payment) => ({ ...payment, expiresAt: null })),
  fulfillments,
});

const sendAll = async (world: World, random: Random): Promise<void> => {
  for (let round = 0; round < 40; round += 1) {
    let work = 0;
    for (const [orderId, waybill] of world.orders())
      for (const fulfillment of liveFulfillments(waybill)) {
        const { fulfillmentId, status, lines } = fulfillment;
        const on = { orderId, fulfillmentId };
        if (status === 'delivered') continue;
        work += 1;
        if (status === 'open') await world.command(orderId, { type: 'StartPicking', ...on, picker: 'rui' }, floor);
        else if (status === 'picking') {
          for (const { lineId, quantity } of lines) {
            const found = random.int(quantity + 1);
            if (found > 0) await world.command(orderId, { type: 'PickItem', ...on, lineId, quantity: found }, floor);
            const missing = quantity - found;
            if (missing > 0) await world.command(orderId, { type: 'ReportShortPick', ...on, lineId, missing }, floor);
          }
          const packages = [{ parcelId: 'P-1', weightGrams: 1 }];
          await world.command(orderId, { type: 'PackFulfillment', ...on, packages }, floor);
        } else if (status === 'packed')
          await world.command(orderId, { type: 'ShipFulfillment', ...on, carrier: 'CTT', trackingNumber: 'T' }, floor);
        else await world.command(orderId, { type: 'DeliverFulfillment', ...on }, floor);
      }
    await settle(world, 5 * minuteMs);
    if (work === 0) return;
  }
};

/** One story, told by a script: only the webhooks may differ from one telling to the next. */
const tell = async (
  seed: number,
  webhooks: 'in order' | 'doubled, shuffled and late',
): Promise<Map<string, unknown>> => {
  const world = await createWorld({ random: seeded(seed), skuCount: 2, isRough: false, isSlow: false });
  if (webhooks !== 'in order') world.disturbWebhooks();
  const random = seeded(seed + 1);
  for (const sku of world.skus)
    for (const warehouse of warehouses)
      await world.moveStock({ type: 'ReceiveStock', sku, warehouse, quantity: 1 + random.int(9) });
  const count = 2 + random.int(5);
  for (let nth = 0; nth < count; nth += 1) {
    const orderId = idOf(`twin ${seed} ${nth}`) as OrderId;
    const card = random.pick(cards);
    const wanted = placing(random, { orderId, skus: world.skus, card, now: new Date('2026-03-01T10:00:00.000Z'), nth });
    await world.command(orderId, wanted, { id: 'subject-1', role: 'customer' });
    // One after the other, so that who gets the last piece does not hang on the gateway.
    await settle(world, 2 * minuteMs);
    for (const account of world.gateway.openChallenges()) world.gateway.answer(account);
    await settle(world, 3 * minuteMs);
  }
  for (const [orderId, { order }] of world.orders())
    if (order.status === 'confirmed' && random.chance(0.2))
      await world.command(orderId, { type: 'CancelOrder', orderId, reason: 'Twice', restock: true }, agent);
  await settle(world, 5 * minuteMs);
  await sendAll(world, random);
  for (const [orderId, { payments }] of world.orders())
    for (const payment of Object.values(payments)) {
      const amountMinor = Math.ceil(refundableMinor(payment) / 2);
      if (amountMinor === 0 || !random.chance(0.5)) continue;
      const refundId = idOf(`twin refund ${orderId}`);
      const { paymentId } = payment;
      await world.command(
        orderId,
        { type: 'RequestRefund', orderId, paymentId, refundId, amountMinor, reason: 'It broke' },
        agent,
      );
    }
  await settle(world, 4 * dayMs);
  expectQuiet(world);
  return new Map(world.orders().map(([orderId, waybill]) => [orderId, asJsonb(endOf(waybill))]));
};

/** Webhooks that are doubled, shuffled and up to three days late lead to the same end as those in order. */
export const runTwins = async (seed: number): Promise<{ readonly orders: number }> => {
  const inOrder = await tell(seed, 'in order');
  const disturbed = await tell(seed, 'doubled, shuffled and late');
  for (const [orderId, end] of inOrder)
    expect(
      isDeepStrictEqual(end, disturbed.get(orderId)),
      'Webhooks doubled, shuffled and three days late lead to the same end as in order',
      { orderId, inOrder: end, disturbed: disturbed.get(orderId) },
    );
  return { orders: inOrder.size };
};
