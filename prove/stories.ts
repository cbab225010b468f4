import { setTimeout as delay } from 'node:timers/promises';
import { v7 } from 'uuid';
import { catalog } from '#db/seed/catalog.ts';
import { demoAccounts } from '#db/seed/demo-accounts.ts';
import { capturePendingMinor } from '#domain/payment/state.ts';
import type { OrderId } from '#domain/shared/ids.ts';
import { liveFulfillments, type Waybill } from '#domain/waybill/state.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Random } from '#server/projections/testing/histories.ts';
import { foldWaybill } from '#server/runtime/handle-command.ts';
import { type Customer, guestOrder } from './customer.ts';

export type Teller = {
  readonly customer: Customer;
  readonly store: Pick<EventStore, 'readOrder'>;
  readonly random: Random;
  readonly card: string;
  readonly agent: { readonly id: string; readonly cookie: string };
  readonly floor: string;
};

/** Changes of an order that is not yet picked; `cheaper` is made when it was paid, so that money goes back. */
const kinds = ['more', 'added', 'express', 'fewer', 'part', 'cheaper'] as const;
type Kind = (typeof kinds)[number];

/** Refusals that pass by themselves: something else of the order is under way. */
const passing: ReadonlySet<string> = new Set([
  'OrderNotConfirmed',
  'OrderBeingSourced',
  'AmendmentPending',
  'CapturePending',
  'conflict',
]);
const triesMost = 60;

export const signInAgent = async (customer: Customer): Promise<Teller['agent']> => {
  const account = demoAccounts.find(({ role }) => role === 'support');
  if (!account) throw new Error('The demo has no agent');
  return { id: account.id, cookie: await customer.signIn(account.email, account.password) };
};

/** The steps of one story, each under ids of its own. */
const stepsOf = ({ customer, store, agent, floor }: Teller, orderId: OrderId) => {
  /** The database may be down; it comes back. */
  const waybill = async (): Promise<Waybill> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return foldWaybill(await store.readOrder(orderId));
      } catch (error) {
        if (tries === triesMost) throw error;
        await delay(500);
      }
    }
  };
  /** Asks until it is accepted, or refused for good. */
  const step = async (path: string, cookie: string, extra: object): Promise<boolean> => {
    for (let tries = 0; tries < triesMost; tries += 1) {
      const { note } = await customer.command(path, { orderId, commandId: v7(), ...extra }, cookie);
      if (note.refusal === null) return true;
      if (!passing.has(note.refusal)) return false;
      await delay(500);
    }
    return false;
  };
  return {
    waybill,
    asAgent: (path: string, extra: object) => step(`support.order.${path}`, agent.cookie, extra),
    onFloor: (path: string, extra: object) => step(`warehouse.${path}`, floor, extra),
    /** False where it does not come about in time: the order may have ended. */
    until: async (isSo: (waybill: Waybill) => boolean): Promise<boolean> => {
      for (let tries = 0; tries < triesMost; tries += 1) {
        if (isSo(await waybill())) return true;
        await delay(500);
      }
      return false;
    },
  };
};

type Steps = ReturnType<typeof stepsOf>;

const change = async (kind: Kind, orderId: OrderId, { asAgent }: Steps): Promise<void> => {
  const [first, second] = [`${orderId}:1`, `${orderId}:2`];
  const amend = (extra: object) => asAgent('amend', { amendmentId: v7(), ...extra });
  switch (kind) {
    case 'more':
      return void (await amend({ quantities: [{ lineId: first, quantity: 3 }] }));
    case 'added':
      return void (await amend({
        added: [{ lineId: `${orderId}:added`, sku: catalog[3]?.sku ?? '', quantity: 1 }],
        quantities: [{ lineId: second, quantity: 1 }],
      }));
    case 'express':
      return void (await amend({ shippingMethod: 'express' }));
    case 'fewer':
      return void (await amend({ quantities: [{ lineId: first, quantity: 1 }] }));
    case 'part': {
      const lines = [{ lineId: second, quantity: 1 }];
      return void (await asAgent('cancelLines', { cancellationId: v7(), lines, reason: 'One', restock: true }));
    }
    case 'cheaper':
      return void (await amend({ prices: [{ lineId: first, unitPriceMinor: 1, reason: 'Scratched' }] }));
  }
};

/** Picks, packs and ships what is there to be shipped, and what an amendment adds while it does so. */
const ship = async ({ waybill, onFloor, until }: Steps): Promise<void> => {
  await until((now) => liveFulfillments(now).length > 0);
  for (let round = 0; round < 4; round += 1) {
    const open = liveFulfillments(await waybill()).filter(({ status }) => status === 'open');
    for (const { fulfillmentId } of open) {
      if (!(await onFloor('fulfillment.startPicking', { fulfillmentId }))) continue;
      // As it was when picking began: an amendment may have come in between.
      const { lines = [] } = (await waybill()).fulfillments[fulfillmentId] ?? {};
      for (const { lineId, quantity } of lines)
        await onFloor('fulfillment.pickItem', { fulfillmentId, lineId, quantity });
      const packages = [{ parcelId: `P-${fulfillmentId}`, weightGrams: 900 }];
      await onFloor('fulfillment.pack', { fulfillmentId, packages });
      await onFloor('fulfillment.ship', { fulfillmentId, carrier: 'CTT', trackingNumber: `PT${fulfillmentId}` });
    }
    const isAllShipped = await waybill().then((now) => liveFulfillments(now).every(({ status }) => status !== 'open'));
    if (isAllShipped && round > 0) return;
    await delay(500);
  }
};

const deliver = async ({ waybill, onFloor }: Steps): Promise<void> => {
  for (const { fulfillmentId, status } of liveFulfillments(await waybill()))
    if (status === 'shipped') await onFloor('fulfillment.deliver', { fulfillmentId });
};

const sendBack = async (resolution: 'refund' | 'exchange', { waybill, asAgent, onFloor }: Steps): Promise<void> => {
  const arrived = liveFulfillments(await waybill()).find(({ status }) => status === 'delivered');
  const line = arrived?.lines[0];
  if (!arrived || !line) return;
  const returnId = v7();
  const lines = [{ lineId: line.lineId, quantity: 1 }];
  const { fulfillmentId } = arrived;
  await asAgent('requestReturn', { returnId, fulfillmentId, lines, reason: 'Not as shown', resolution });
  await asAgent('approveReturn', { returnId });
  await onFloor('returns.receive', { returnId, lines });
  await onFloor('returns.inspect', { returnId, lines: [{ ...lines[0], disposition: 'restock' }] });
};

/**
 * One order from the click to the bin that it goes back into: changed while a picker may already be at it, tagged,
 * assigned, shipped, paid, delivered, sent back and refunded or exchanged. `onPlaced` hears its id first.
 */
export const tellStory = async (teller: Teller, nth: number, onPlaced: (id: OrderId) => void): Promise<void> => {
  const { customer, random, card, agent } = teller;
  const sku = (): string => random.pick(catalog as unknown as readonly [(typeof catalog)[number]]).sku;
  const skus = [...new Set([sku(), sku(), sku()])].slice(0, 2);
  const wish = guestOrder(
    nth,
    card,
    skus.map((one) => ({ sku: one, quantity: 2 })),
  );
  const orderId = wish.orderId as OrderId;
  onPlaced(orderId);
  const { answer } = await customer.command('shop.placeOrder', wish);
  if (answer.status !== 200) throw new Error(`An order was refused: ${JSON.stringify(answer.error)}`);
  const steps = stepsOf(teller, orderId);
  const { asAgent, until } = steps;
  const kind = kinds[nth % kinds.length] ?? 'more';
  await asAgent('tag', { tag: 'story' });
  await asAgent('assign', { to: agent.id });
  if (!(await until(({ order }) => order.status === 'confirmed'))) return;
  if (kind !== 'cheaper') await change(kind, orderId, steps);
  // A picker doesn't wait for an amendment, unless it is slow.
  if (random.chance(0.5)) await until(({ order }) => order.status !== 'absent' && order.amendment === null);
  await ship(steps);
  const isPaid = await until(({ payments }) => {
    const all = Object.values(payments);
    return all.every((each) => capturePendingMinor(each) === 0) && all.some(({ captures }) => hasDone(captures));
  });
  if (isPaid && kind === 'cheaper') await change(kind, orderId, steps);
  const [payment] = Object.values((await steps.waybill()).payments).filter(({ captures }) => hasDone(captures));
  if (payment && random.chance(0.3))
    await asAgent('refund', { paymentId: payment.paymentId, refundId: v7(), amountMinor: 1, reason: 'Late' });
  await deliver(steps);
  await asAgent('untag', { tag: 'story' });
  if (random.chance(0.3)) await asAgent('resendConfirmation', { notificationId: v7() });
  await sendBack(nth % 4 === 0 ? 'exchange' : 'refund', steps);
};

const hasDone = (captures: Waybill['payments'][string]['captures']): boolean =>
  Object.values(captures).some(({ status }) => status === 'done');
