import type { ExistingFulfillment } from '#domain/fulfillment/state.ts';
import { leftToPick } from '#domain/fulfillment/state.ts';
import type { InventoryCommand } from '#domain/inventory/decide.ts';
import { type Inventory, untracked } from '#domain/inventory/state.ts';
import { refundableMinor } from '#domain/payment/state.ts';
import type { Actor } from '#domain/shared/envelope.ts';
import type { OrderId, Sku } from '#domain/shared/ids.ts';
import type { WaybillCommand } from '#domain/waybill/decide.ts';
import { blankWaybill, liveFulfillments, type Waybill } from '#domain/waybill/state.ts';
import type { Random } from '#server/projections/testing/histories.ts';
import { type CommandRuntime, handleWaybillCommand } from '#server/runtime/handle-command.ts';
import { handleInventoryCommands } from '#server/runtime/handle-inventory-commands.ts';
import { createChanges } from './changes.ts';
import { createDrafts } from './drafts.ts';
import type { CardToken } from './faulty-gateway.ts';
import type { MemoryStore } from './memory-store.ts';
import { placing, warehouses } from './placing.ts';
import { expect, SimulatedCrash } from './simulation-error.ts';
import { expectSettled, expectStockSettled, type Truth } from './truth.ts';

const agent: Actor = { id: 'agent-1', role: 'support' };
const floor: Actor = { id: 'picker-1', role: 'warehouse' };
const customer: Actor = { id: 'subject-1', role: 'customer' };

export type PeopleOptions = {
  readonly random: Random;
  readonly truth: Truth;
  readonly store: MemoryStore;
  readonly runtime: CommandRuntime;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly skus: readonly [Sku, ...Sku[]];
};

/** Customers, agents and the floor: each call is something that one of them does. */
export const createPeople = ({ random, truth, store, runtime, now, newId, skus }: PeopleOptions) => {
  const waybillOf = (orderId: string): Waybill => truth.waybills.get(orderId) ?? blankWaybill;
  const stockOf = (sku: string): Inventory => truth.stocks.get(sku) ?? untracked;

  /** A person's command: sent, and sent again when no answer came; now and then a third time for nothing. */
  const command = async (orderId: OrderId, wanted: WaybillCommand, actor: Actor): Promise<void> => {
    const before = waybillOf(orderId);
    const looked = random.chance(0.3) ? { decidedOn: before.versions } : {};
    const request = {
      commandId: newId(),
      actor,
      body: { wanted: wanted.type },
      orderKey: orderId,
      command: wanted,
      ...looked,
    };
    const send = async () => {
      for (;;) {
        try {
          return await handleWaybillCommand(runtime, request);
        } catch (error) {
          if (!(error instanceof SimulatedCrash)) throw error;
        }
      }
    };
    const outcome = await send();
    expect(outcome.status !== 'refused', 'A new command id is never refused', outcome);
    if (outcome.status === 'accepted') expectSettled(wanted, waybillOf(orderId));
    if (!random.chance(0.15)) return;
    const count = store.log().length;
    const again = await send();
    expect(store.log().length === count, 'The same command id again writes nothing', { command: wanted.type });
    expect(
      again.status === outcome.status || outcome.status === 'conflict',
      'The same command id again returns the first outcome',
      { command: wanted.type, first: outcome.status, again: again.status },
    );
    if (outcome.status === 'conflict') return;
    const forged = await handleWaybillCommand(runtime, { ...request, body: { wanted: 'something else' } }).catch(
      (error: unknown) => {
        if (!(error instanceof SimulatedCrash)) throw error;
        return null;
      },
    );
    expect(forged === null || forged.status === 'refused', 'The same command id with another body is refused', forged);
  };

  const moveStock = async (wanted: InventoryCommand): Promise<void> => {
    const request = { commandId: newId(), actor: floor, body: null, command: wanted };
    for (;;) {
      try {
        await handleInventoryCommands(runtime, [request]);
        break;
      } catch (error) {
        if (!(error instanceof SimulatedCrash)) throw error;
      }
    }
    expectStockSettled(wanted, stockOf(wanted.sku));
  };

  const orders = (): [OrderId, Waybill][] => [...truth.waybills] as [OrderId, Waybill][];
  const anyOrder = (): [OrderId, Waybill] | null => {
    const all = orders();
    // Mostly a new one: that is where the races are.
    const from = random.chance(0.6) ? Math.max(0, all.length - 4) : 0;
    return all[from + random.int(all.length - from)] ?? null;
  };

  const cards = [
    'approve',
    'approve',
    'approve',
    'decline',
    'challenge approved',
    'challenge refused',
    'challenge ignored',
  ] as const;
  const priced = (orderId: OrderId, card: CardToken = random.pick(cards)) =>
    placing(random, { orderId, skus, card, now: now(), nth: orders().length + 1 });

  const place = async (card?: CardToken): Promise<void> => {
    const orderId = newId() as OrderId;
    await command(orderId, priced(orderId, card), customer);
  };

  const pick = async (orderId: OrderId, fulfillment: ExistingFulfillment, shortShare: number): Promise<void> => {
    const { fulfillmentId } = fulfillment;
    const waiting = fulfillment.lines.filter(({ lineId }) => leftToPick(fulfillment, lineId) > 0);
    const line = waiting[random.int(waiting.length)];
    if (!line) {
      const packages = [{ parcelId: `P-${fulfillmentId.slice(0, 8)}`, weightGrams: 500 }];
      return command(orderId, { type: 'PackFulfillment', orderId, fulfillmentId, packages }, floor);
    }
    const left = leftToPick(fulfillment, line.lineId);
    const quantity = random.chance(0.3) ? 1 + random.int(left + 1) : left;
    const on = { orderId, fulfillmentId, lineId: line.lineId };
    return command(
      orderId,
      random.chance(shortShare)
        ? { type: 'ReportShortPick', ...on, missing: quantity }
        : { type: 'PickItem', ...on, quantity },
      floor,
    );
  };

  /** The next step of one fulfillment. */
  const workOn = async (orderId: OrderId, fulfillment: ExistingFulfillment, shortShare = 0.15): Promise<void> => {
    const { fulfillmentId } = fulfillment;
    const on = { orderId, fulfillmentId };
    switch (fulfillment.status) {
      case 'open':
        return command(orderId, { type: 'StartPicking', ...on, picker: random.pick(['rui', 'ana']) }, floor);
      case 'picking':
        return pick(orderId, fulfillment, shortShare);
      case 'packed':
        return command(
          orderId,
          { type: 'ShipFulfillment', ...on, carrier: 'CTT', trackingNumber: `T-${fulfillmentId.slice(0, 8)}` },
          floor,
        );
      case 'shipped':
        if (random.chance(0.15))
          return command(orderId, { type: 'FailDelivery', ...on, reason: 'Nobody at home' }, floor);
        return command(orderId, { type: 'DeliverFulfillment', ...on }, floor);
      case 'delivery_failed':
        return command(orderId, { type: 'DeliverFulfillment', ...on }, floor);
      default:
        return;
    }
  };

  const refund = async (orderId: OrderId, waybill: Waybill): Promise<void> => {
    const payment = Object.values(waybill.payments)[0];
    if (!payment) return;
    const most = refundableMinor(payment);
    const amountMinor = random.chance(0.2) ? most + random.int(100) : 1 + random.int(Math.max(1, most));
    const { paymentId } = payment;
    await command(
      orderId,
      { type: 'RequestRefund', orderId, paymentId, refundId: newId(), amountMinor, reason: 'It broke' },
      agent,
    );
  };

  const changes = createChanges({ random, newId, skus, orders, anyOrder, command, agent, floor, customer });

  const drafts = createDrafts({ random, newId, priced, orders, command, agent });

  return {
    ...changes,
    ...drafts,
    orders,
    command,
    moveStock,
    place,
    workOn,
    receive: () =>
      moveStock({
        type: 'ReceiveStock',
        sku: random.pick(skus),
        warehouse: random.pick(warehouses),
        quantity: 1 + random.int(12),
      }),
    adjust: () =>
      moveStock({
        type: 'AdjustStock',
        sku: random.pick(skus),
        warehouse: random.pick(warehouses),
        delta: random.int(5) - 3,
        reason: 'Counted',
      }),
    setSafetyStock: () => moveStock({ type: 'SetSafetyStock', sku: random.pick(skus), threshold: random.int(4) }),
    cancel: async () => {
      const [orderId] = anyOrder() ?? [];
      if (!orderId) return;
      await command(
        orderId,
        { type: 'CancelOrder', orderId, reason: 'No longer wanted', restock: random.chance(0.8) },
        customer,
      );
    },
    refund: async () => {
      const paid = orders().filter(([, { payments }]) =>
        Object.values(payments).some((one) => refundableMinor(one) > 0),
      );
      const [orderId, waybill] = (random.chance(0.1) ? anyOrder() : paid[random.int(paid.length)]) ?? [];
      if (orderId && waybill) await refund(orderId, waybill);
    },
    hold: async () => {
      const [orderId] = anyOrder() ?? [];
      if (orderId)
        await command(orderId, { type: 'PlaceHold', orderId, holdId: newId(), reason: 'Fraud check' }, agent);
    },
    release: async () => {
      const [orderId, waybill] = anyOrder() ?? [];
      if (!orderId || !waybill || waybill.order.status === 'absent') return;
      const [holdId] = Object.keys(waybill.order.holds);
      if (holdId) await command(orderId, { type: 'ReleaseHold', orderId, holdId }, agent);
    },
    note: async () => {
      const [orderId] = anyOrder() ?? [];
      if (!orderId) return;
      await command(
        orderId,
        { type: 'AddNote', orderId, noteId: newId(), text: 'Called.', visibility: 'internal' },
        agent,
      );
    },
    tag: async () => {
      const [orderId, waybill] = anyOrder() ?? [];
      if (!orderId || !waybill || waybill.order.status === 'absent') return;
      const [tag] = waybill.order.tags;
      const change =
        tag === undefined ? ({ type: 'TagOrder', tag: 'vip' } as const) : ({ type: 'UntagOrder', tag } as const);
      await command(orderId, { ...change, orderId }, agent);
    },
    assign: async () => {
      const [orderId] = anyOrder() ?? [];
      const to = [agent.id, null][random.int(2)] ?? null;
      if (orderId) await command(orderId, { type: 'AssignOrder', orderId, to }, agent);
    },
    resend: async () => {
      const [orderId] = anyOrder() ?? [];
      if (orderId) await command(orderId, { type: 'ResendConfirmation', orderId, notificationId: newId() }, agent);
    },
    floorStep: async () => {
      const live = orders().flatMap(([orderId, waybill]) =>
        liveFulfillments(waybill).map((fulfillment) => ({ orderId, fulfillment })),
      );
      const some = live.filter(({ fulfillment }) => fulfillment.status !== 'delivered');
      const work = some[random.int(some.length)];
      if (work) await workOn(work.orderId, work.fulfillment);
    },
  };
};
