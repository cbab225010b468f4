import { createSecretKey } from 'node:crypto';
import type { Sku } from '#domain/shared/ids.ts';
import { silentCarrier } from '#server/adapters/carrier.ts';
import type { Mail } from '#server/adapters/mail/mail.ts';
import { mailboxOnly } from '#server/adapters/mail/mailbox-only.ts';
import { signatureHeader, signWebhook } from '#server/adapters/webhook-signature.ts';
import { receivePaymentWebhook } from '#server/api/webhooks/payments.ts';
import { allProcesses } from '#server/processes/registry.ts';
import { idOf, type Random } from '#server/projections/testing/histories.ts';
import type { Answered } from '#server/runtime/issue-commands.ts';
import { performMailEffects } from '#server/runtime/mail-effects.ts';
import { performPaymentEffects } from '#server/runtime/payment-effects.ts';
import { createWaybillMemory } from '#server/runtime/waybill-memory.ts';
import { createEffectTable, type ExecutorCrash } from './effects.ts';
import { createFaultyGateway, type Webhook } from './faulty-gateway.ts';
import { createMemoryStore } from './memory-store.ts';
import { createPeople } from './people.ts';
import { createProcessMachine } from './processes.ts';
import { createReadSide } from './read-side.ts';
import { expect, SimulatedCrash } from './simulation-error.ts';
import { createTruth } from './truth.ts';

const secret = 'a secret of the simulated gateway, for simulations only';
const log = { warn: () => undefined, error: () => undefined };
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
  const runtime = { store, commandHmacKey: createSecretKey(Buffer.alloc(32, 3)) };
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
    mailer: mailboxOnly,
    kept: {
      keep: async (sent) => {
        for (const mail of sent) mails.set(mail.notificationId, mail);
      },
      known: async () => new Set(),
    },
    publicUrl: 'http://127.0.0.1:3000',
    linkKey: Buffer.alloc(32, 5).toString('base64'),
    warehouses: async () => [],
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
    roundsMost: () => random.int(5),
    onAnswer,
  });
  const readSide = createReadSide(store);
  const skus = Array.from({ length: skuCount }, (_, nth) => `SKU-${nth + 1}` as Sku) as [Sku, ...Sku[]];

  const people = createPeople({ random, truth, store, runtime, now, newId, skus });

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
    ...people,
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
