import { createSecretKey, randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pino } from 'pino';
import { v7 } from 'uuid';
import type { Database } from '#db/clients.ts';
import type { InventoryCommand } from '#domain/inventory/decide.ts';
import type { OrderId, Sku, WarehouseCode } from '#domain/shared/ids.ts';
import type { StorePosition } from '#domain/shared/store-position.ts';
import type { WaybillCommand } from '#domain/waybill/decide.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import { silentCarrier } from '#server/adapters/carrier.ts';
import { createKeptMails } from '#server/adapters/mail/kept-mails.ts';
import type { Mailer } from '#server/adapters/mail/mail.ts';
import { mailboxOnly } from '#server/adapters/mail/mailbox-only.ts';
import type { PaymentGateway } from '#server/adapters/payment-gateway.ts';
import { createSimulatedGateway } from '#server/adapters/simulated-gateway/gateway.ts';
import { tokenize } from '#server/adapters/simulated-gateway/tokenize.ts';
import { createWebhookDeliverer, type WebhookTransport } from '#server/adapters/simulated-gateway/webhook-deliverer.ts';
import { signatureHeader, signWebhook } from '#server/adapters/webhook-signature.ts';
import { receivePaymentWebhook } from '#server/api/webhooks/payments.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { SubjectKeys } from '#server/event-store/subject-keys.ts';
import { allProcesses } from '#server/processes/registry.ts';
import { orderPlaced, type SampleOrder } from '#server/processes/testing/events.ts';
import { readWarehouseNames } from '#server/queries/admin-warehouses.ts';
import { createEffectExecutor, type EffectExecutor, type PerformEffects } from '../effect-executor.ts';
import { type CommandRuntime, foldWaybill, handleWaybillCommand, type WaybillOutcome } from '../handle-command.ts';
import { handleInventoryCommands } from '../handle-inventory-commands.ts';
import { acquireLease, type Lease } from '../leases.ts';
import { performMailEffects } from '../mail-effects.ts';
import { performPaymentEffects } from '../payment-effects.ts';
import { createProcessRunner, type ProcessRunner, processConsumer } from '../process-runner.ts';
import { createTimerExecutor, type TimerExecutor } from '../timer-executor.ts';
import { createWaybillMemory } from '../waybill-memory.ts';
import { type StockFigures, stockOf } from './stock-of.ts';

export const cards = {
  approve: '4242 4242 4242 4242',
  decline: '4000 0000 0000 0002',
  insufficientFunds: '4000 0000 0000 9995',
  challenge: '4000 0025 0000 3155',
  slow: '4000 0000 0000 0077',
  unavailable: '4000 0000 0000 0119',
} as const;

export const houseSecret = 'a secret of the gateway for tests only';
const agent = { id: 'agent-1', role: 'support' } as const;
/** What fails on purpose needs no lines. */
const log = pino({ level: 'silent' });

/** Everything between the click and the mailbox in one process, moved by hand: nothing happens until `settle`. */
export type House = {
  readonly runtime: CommandRuntime;
  readonly gateway: PaymentGateway;
  readonly payments: EffectExecutor;
  readonly mails: EffectExecutor;
  readonly timers: TimerExecutor;
  readonly runner: ProcessRunner;
  /** What the executors see of the gateway; a test may put something between. */
  wrapGateway(wrap: (gateway: PaymentGateway) => PaymentGateway): void;
  wrapTransport(wrap: (transport: WebhookTransport) => WebhookTransport): void;
  /** Moves the clock that reservations, timers, backoff and webhooks go by. */
  advance(ms: number): void;
  now(): Date;
  stock(sku: string, quantity: number, warehouse?: string): Promise<void>;
  token(card: string): Promise<string>;
  /** Places an order; nothing else happens yet. */
  place(sample: SampleOrder): Promise<OrderId>;
  command(orderId: OrderId, command: WaybillCommand): Promise<WaybillOutcome>;
  /** One batch of events through the processes; returns how many there were. */
  feedOnce(limit?: number): Promise<number>;
  /** Feeds, calls, delivers, until nothing is left to do now. */
  settle(): Promise<void>;
  waybill(orderId: OrderId): Promise<Waybill>;
  types(orderId: OrderId): Promise<string[]>;
  /** By its events; throws when it was below zero at any moment. */
  stockOf(sku: string): Promise<StockFigures>;
  /** Posts events to the shop as the gateway would, signed just now; returns the HTTP status. */
  post(events: readonly unknown[]): Promise<number>;
};

/** Where faults are put in: each gets what the house would use, and gives what it uses instead. */
export type HouseFaults = {
  readonly store?: (store: EventStore) => EventStore;
  readonly runnerSql?: (sql: Database) => Database;
  readonly perform?: (perform: PerformEffects) => PerformEffects;
  /** Default: mails are kept, not sent. */
  readonly mailer?: Mailer;
};

const roundsMost = 500;

export const buildHouse = (
  { sql, store: realStore, keys }: { readonly sql: Database; readonly store: EventStore; readonly keys: SubjectKeys },
  faults: HouseFaults = {},
): House => {
  const store = faults.store?.(realStore) ?? realStore;
  const withFaults = faults.perform ?? ((perform: PerformEffects) => perform);
  let offsetMs = 0;
  const now = () => new Date(Date.now() + offsetMs);
  const runtime: CommandRuntime = {
    store,
    commandHmacKey: createSecretKey(Buffer.alloc(32, 3)),
    waybills: createWaybillMemory(),
  };
  const simulated = createSimulatedGateway({ sql, now });
  let seen = simulated;
  const throughWraps: PaymentGateway = {
    authorize: (call) => seen.authorize(call),
    capture: (call) => seen.capture(call),
    void: (call) => seen.void(call),
    refund: (call) => seen.refund(call),
    inquire: (question) => seen.inquire(question),
  };
  const receive: WebhookTransport = async (body, headers) =>
    (await receivePaymentWebhook({ runtime, secret: houseSecret, log, now }, body, headers)).status;
  let transport = receive;
  const deliverer = createWebhookDeliverer({
    sql,
    secret: houseSecret,
    now,
    transport: (body, headers) => transport(body, headers),
  });
  const payments = createEffectExecutor({
    sql,
    lane: 'payment',
    log,
    now,
    perform: withFaults(performPaymentEffects({ runtime, gateway: throughWraps })),
  });
  const mails = createEffectExecutor({
    sql,
    lane: 'mail',
    log,
    now,
    perform: withFaults(
      performMailEffects({
        runtime,
        mailer: faults.mailer ?? mailboxOnly,
        kept: createKeptMails(sql, keys),
        publicUrl: 'http://127.0.0.1:3000',
        linkKey: Buffer.alloc(32, 5).toString('base64'),
        warehouses: () => readWarehouseNames({ sql }),
      }),
    ),
  });
  const timers = createTimerExecutor({ sql, runtime, log, now });
  const runnerSql = faults.runnerSql?.(sql) ?? sql;
  const runner = createProcessRunner({ sql: runnerSql, runtime, processes: allProcesses(silentCarrier), log, now });

  let lease: Lease | null = null;
  let at: StorePosition = { incarnation: 0, transactionId: 0, position: 0 };

  const checkpoint = async (): Promise<StorePosition> => {
    const [row] = await sql<{ incarnation: number; transaction_id: string; position: number }[]>`
      select incarnation, transaction_id, position from read.checkpoints where consumer = ${processConsumer.consumer}`;
    return row
      ? { incarnation: row.incarnation, transactionId: Number(row.transaction_id), position: row.position }
      : { incarnation: 0, transactionId: 0, position: 0 };
  };

  const feedOnce = async (limit = 1_000): Promise<number> => {
    if (!lease) {
      const acquired = await acquireLease(sql, { ...processConsumer, holder: 'test', ttlMs: 600_000 });
      if (!acquired) throw new Error('The lease of the processes is taken');
      ({ lease, at } = acquired);
    }
    const page = await store.readAll(at, limit);
    if (page.events.length === 0) return 0;
    try {
      if ((await runner.handle(page, lease)) === 'lost') throw new Error('The lease of the processes is lost');
    } catch (error) {
      // As a worker that begins anew: from the checkpoint, which may have moved all the same.
      at = await checkpoint();
      throw error;
    }
    at = page.readTo;
    return page.events.length;
  };

  /** Until all that was appended has been fed: a transaction of another may hide the newest for a moment. */
  const feedAll = async (): Promise<number> => {
    let work = 0;
    for (;;) {
      work += await feedOnce();
      const [row] = await sql<{ is_behind: boolean }[]>`
        select exists (
          select from es.events where (incarnation, transaction_id, position)
            > (${at.incarnation}::int, ${String(at.transactionId)}::xid8, ${at.position}::bigint)) as is_behind`;
      if (!row?.is_behind) return work;
      await nextTurn();
    }
  };

  const settle = async (): Promise<void> => {
    for (let round = 0; round < roundsMost; round += 1) {
      let work = await feedAll();
      work += await timers.fireDue();
      work += await payments.executeDue();
      work += await mails.executeDue();
      work += await deliverer.deliverDue();
      if (work === 0) return;
    }
    throw new Error(`Not quiet after ${roundsMost} rounds`);
  };

  const inventory = async (command: InventoryCommand): Promise<void> => {
    const [outcome] = await handleInventoryCommands(runtime, [
      { commandId: randomUUID(), actor: { id: 'warehouse-1', role: 'warehouse' }, body: null, command },
    ]);
    if (outcome?.status !== 'accepted') throw new Error(`Stock was refused: ${outcome?.status}`);
  };

  const command: House['command'] = (orderId, wanted) =>
    handleWaybillCommand(runtime, { commandId: v7(), actor: agent, body: null, orderKey: orderId, command: wanted });

  return {
    runtime,
    gateway: simulated,
    payments,
    mails,
    timers,
    runner,
    wrapGateway: (wrap) => {
      seen = wrap(simulated);
    },
    wrapTransport: (wrap) => {
      transport = wrap(receive);
    },
    advance: (ms) => {
      offsetMs += ms;
    },
    now,
    stock: (sku, quantity, warehouse = 'PORTO') =>
      inventory({ type: 'ReceiveStock', sku: sku as Sku, warehouse: warehouse as WarehouseCode, quantity }),
    token: async (card) => {
      const tokenized = await tokenize(sql, { number: card, expiry: '12/39', cvc: '123' });
      if (!tokenized.ok) throw new Error(tokenized.code);
      return tokenized.token;
    },
    place: async (sample) => {
      const orderId = (sample.id ?? v7()) as OrderId;
      const placed = orderPlaced({ ...sample, id: orderId });
      const lines = placed.lines.map((line) => ({
        ...line,
        lineId: `${orderId}:${line.lineId}` as typeof line.lineId,
      }));
      const outcome = await command(orderId, { ...placed, lines, type: 'PlaceOrder' });
      if (outcome.status !== 'accepted') throw new Error(`Not placed: ${outcome.status}`);
      return orderId;
    },
    command,
    feedOnce,
    settle,
    waybill: async (orderId) => foldWaybill(await store.readOrder(orderId)),
    types: async (orderId) => (await store.readOrder(orderId)).map(({ event }) => event.type),
    stockOf: (sku) => stockOf(store, sku),
    post: (events) => {
      const body = Buffer.from(JSON.stringify(events));
      return receive(body, { [signatureHeader]: signWebhook(houseSecret, body, now()) });
    },
  };
};
