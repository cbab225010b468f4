import type { ExistingFulfillment } from '#domain/fulfillment/state.ts';
import { leftToPick } from '#domain/fulfillment/state.ts';
import type { InventoryCommand } from '#domain/inventory/decide.ts';
import { type Inventory, untracked } from '#domain/inventory/state.ts';
import { refundableMinor } from '#domain/payment/state.ts';
import type { Actor } from '#domain/shared/envelope.ts';
import type { OrderId, Sku } from '#domain/shared/ids.ts';
import type { WaybillCommand } from '#domain/waybill/decide.ts';
import { blankWaybill, liveFulfillments, type Waybill } from '#domain/waybill/state.ts';
import { silentCarrier } from '#server/adapters/carrier.ts';
import type { Mail } from '#server/adapters/mail/mail.ts';
import { signatureHeader, signWebhook } from '#server/adapters/webhook-signature.ts';
import { receivePaymentWebhook } from '#server/api/webhooks/payments.ts';
import { allProcesses } from '#server/processes/registry.ts';
import { idOf, type Random } from '#server/projections/testing/histories.ts';
import { handleWaybillCommand } from '#server/runtime/handle-command.ts';
import { handleInventoryCommands } from '#server/runtime/handle-inventory-commands.ts';
import type { Answered } from '#server/runtime/issue-commands.ts';
import { performMailEffects } from '#server/runtime/mail-effects.ts';
import { performPaymentEffects } from '#server/runtime/payment-effects.ts';
import { createWaybillMemory } from '#server/runtime/waybill-memory.ts';
import { createEffectTable, type ExecutorCrash } from './effects.ts';
import { type CardToken, createFaultyGateway, type Webhook } from './faulty-gateway.ts';
import { createMemoryStore } from './memory-store.ts';
import { placing, warehouses } from './placing.ts';
import { createProcessMachine } from './processes.ts';
import { createReadSide } from './read-side.ts';
import { expect, SimulatedCrash } from './simulation-error.ts';
import { createTruth, expectSettled, expectStockSettled } from './truth.ts';

const secret = 'a secret of the simulated gateway, for simulations only';
const log = { warn: () => undefined, error: () => undefined };
const agent: Actor = { id: 'agent-1', role: 'support' };
const floor: Actor = { id: 'picker-1', role: 'warehouse' };
const customer: Actor = { id: 'subject-1', role: 'customer' };
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

export type World = Awaited<ReturnType<typeof createWorld>>;

export type WorldOptions = {
  readonly random: Random;
  readonly skuCount: number;
  readonly isRough: boolean;
  readonly isSlow: boolean;
};

/** The whole product in memory, moved by hand: nothing happens by itself, and everything may go wrong. */
export const createWorld = async ({ random, skuCount, isRough, isSlow }: WorldOptions) => {
  let nowMs = Date.parse('2026-03-01T10:00:00.000Z');
  let faultsAreOn = isRough;
  let webhooksAreRough = false;
  let ids = 0;
  const now = () => new Date(nowMs);
  const newId = (): string => {
    ids += 1;
    return idOf(`${ids} ${random.int(1_000_000)}`);
  };
  const truth = createTruth();
  const store = createMemoryStore({
    random,
    now,
    faults: () => (faultsAreOn ? { beforeAppend: 0.01, afterAppend: 0.01 } : { beforeAppend: 0, afterAppend: 0 }),
    onEvent: truth.take,
  });
  /** The web's, which remembers nothing, and the worker's. */
  const runtime = { store, commandHmacKey: Buffer.alloc(32, 3) };
  const workerRuntime = { ...runtime, waybills: createWaybillMemory() };
  const gateway = createFaultyGateway({
    random,
    now,
    faults: () =>
      faultsAreOn
        ? { down: 0.15, answerLost: 0.15, late: 0.4, latestMs: 3 * dayMs, refused: 0.1 }
        : {
            down: 0,
            answerLost: 0,
            late: webhooksAreRough ? 0.7 : 0,
            latestMs: 3 * dayMs,
            refused: isRough ? 0.05 : 0,
          },
  });
  const mails = new Map<string, Mail>();
  const sendMails = performMailEffects({
    runtime,
    mailer: {
      send: async (sent) => {
        for (const mail of sent) mails.set(mail.messageId, mail);
      },
    },
    publicUrl: 'http://127.0.0.1:3000',
    linkKey: Buffer.alloc(32, 5).toString('base64'),
  });
  const callGateway = performPaymentEffects({ runtime: workerRuntime, gateway });
  const effects = createEffectTable({
    random,
    now,
    perform: (kind) => (kind === 'mail' ? sendMails : callGateway),
  });
  /** What processes were refused, by command and code. */
  const refusals = new Map<string, number>();
  const onAnswer = ({ request, outcome }: Answered): void => {
    if (outcome.status !== 'rejected') return;
    const name = `${request.process}: ${request.intent.type} ${outcome.rejection.code}`;
    refusals.set(name, (refusals.get(name) ?? 0) + 1);
  };
  const machine = createProcessMachine({
    store,
    runtime: workerRuntime,
    processes: allProcesses(silentCarrier),
    effects,
    now,
    onAnswer,
  });
  const readSide = createReadSide(store);
  const skus = Array.from({ length: skuCount }, (_, nth) => `SKU-${nth + 1}` as Sku) as [Sku, ...Sku[]];

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

  const place = async (card?: CardToken): Promise<void> => {
    const orderId = newId() as OrderId;
    const cards = [
      'approve',
      'approve',
      'approve',
      'decline',
      'challenge approved',
      'challenge refused',
      'challenge ignored',
    ] as const;
    const wanted = placing(random, { orderId, skus, card: card ?? random.pick(cards), now: now(), nth: ids });
    await command(orderId, wanted, customer);
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

  const deliver = async (webhooks: readonly Webhook[]): Promise<void> => {
    const twice = webhooks.filter(() => random.chance(0.2));
    const events = [...webhooks, ...twice].toSorted(() => random.int(3) - 1);
    const body = Buffer.from(JSON.stringify(events.map(({ id, createdAt, outcome }) => ({ id, createdAt, outcome }))));
    const headers = { [signatureHeader]: signWebhook(secret, body, now()) };
    const { status } = await receivePaymentWebhook({ runtime, secret, log, now }, body, headers);
    expect(status !== 400, 'A genuine webhook is understood', events);
    if (status !== 200) return;
    for (const webhook of webhooks) {
      // Some come again, much later.
      if ((faultsAreOn || webhooksAreRough) && random.chance(0.1)) webhook.dueAt = nowMs + random.int(3 * dayMs);
      else gateway.webhooks.splice(gateway.webhooks.indexOf(webhook), 1);
    }
  };

  const dueWebhooks = (): Webhook[] => gateway.webhooks.filter(({ dueAt }) => dueAt <= nowMs);
  const crash = (): ExecutorCrash =>
    faultsAreOn && random.chance(0.15) ? random.pick(['before', 'after'] as const) : 'none';

  /** What a simulated death interrupts is done again, later. */
  const surviving = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof SimulatedCrash)) throw error;
      // What ran beside what failed comes to its end first.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  return {
    random,
    truth,
    store,
    gateway,
    effects,
    machine,
    mails,
    refusals,
    readSide,
    skus,
    now,
    orders,
    advance: (ms: number) => {
      nowMs += ms;
    },
    /** In some worlds; in the others all goes its way within minutes. */
    letHoursPass: async () => {
      if (isSlow) nowMs += random.int(random.chance(0.2) ? 3 * dayMs : 5 * 60 * minuteMs);
    },
    /** Webhooks come doubled, shuffled and late, and nothing else goes wrong. */
    disturbWebhooks: () => {
      webhooksAreRough = true;
    },
    calm: () => {
      faultsAreOn = false;
    },
    place,
    moveStock,
    workOn,
    command,
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
    floorStep: async () => {
      const live = orders().flatMap(([orderId, waybill]) =>
        liveFulfillments(waybill).map((fulfillment) => ({ orderId, fulfillment })),
      );
      const some = live.filter(({ fulfillment }) => fulfillment.status !== 'delivered');
      const work = some[random.int(some.length)];
      if (work) await workOn(work.orderId, work.fulfillment);
    },
    answerBank: async () => {
      const open = gateway.openChallenges().filter(({ token }) => token !== 'challenge ignored');
      const account = open[random.int(open.length)];
      if (account) gateway.answer(account);
    },
    raiseHorizon: async () => store.raiseHorizon(random.chance(0.4) ? 1 : random.int(100) / 100),
    feed: () => surviving(() => machine.feed(1 + random.int(random.chance(0.5) ? 4 : 60), crash())),
    execute: () => surviving(() => effects.execute(1 + random.int(6), crash())),
    fire: () => surviving(() => machine.fire(1 + random.int(4), crash())),
    deliver: async () => {
      const due = dueWebhooks().filter(() => random.chance(0.7));
      if (due.length > 0) await surviving(() => deliver(due));
    },
    /** A quarter of a minute in which everything goes on a little. */
    workAWhile: async () => {
      for (let round = 0; round < 5; round += 1) {
        store.raiseHorizon(1);
        await surviving(() => machine.feed(200, crash()));
        await surviving(() => effects.execute(20, crash()));
        const due = dueWebhooks();
        if (due.length > 0) await surviving(() => deliver(due));
        nowMs += 3_000;
      }
    },
    deliverAll: async () => {
      const due = dueWebhooks();
      if (due.length > 0) await deliver(due);
      return due.length;
    },
    follow: async () => {
      await readSide.follow(random.int(readSide.count), 1 + random.int(60), random.chance(0.3));
    },
    /** When something that waits by itself is due: an effect, a timer, a webhook. */
    nextDueAt: (): number | null => {
      const dues = [
        effects.nextDueAt(),
        ...[...machine.timers.values()].map(({ dueAt }) => dueAt),
        ...gateway.webhooks.map(({ dueAt }) => dueAt),
      ].filter((at) => at !== null);
      return dues.length > 0 ? Math.min(...dues) : null;
    },
  };
};
