import { availableParallelism, hostname } from 'node:os';
import type { Logger } from 'pino';
import { closeSql, type Database, openSql } from '#db/clients.ts';
import { eventTypes, streamOf, upcast } from '#domain/events/registry.ts';
import { silentCarrier, simulatedCarrier } from '#server/adapters/carrier.ts';
import { chooseMailer } from '#server/adapters/mail/choose-mailer.ts';
import { createKeptMails } from '#server/adapters/mail/kept-mails.ts';
import { smtpConnections, smtpLeaseMs } from '#server/adapters/mail/smtp-mailer.ts';
import { resilientGateway } from '#server/adapters/resilient-gateway.ts';
import { createWebhookDeliverer, httpTransport } from '#server/adapters/simulated-gateway/webhook-deliverer.ts';
import { hmacKey } from '#server/auth/hmac-key.ts';
import type { Env } from '#server/env.ts';
import { createCodec } from '#server/event-store/codec.ts';
import { createEventStore } from '#server/event-store/event-store.ts';
import { createSubjectKeys } from '#server/event-store/subject-keys.ts';
import { allProcesses } from '#server/processes/registry.ts';
import { projections } from '#server/projections/registry.ts';
import { readWarehouseNames } from '#server/queries/admin-warehouses.ts';
import { type Alarm, createAlarm } from './alarm.ts';
import { hurryAwaited } from './awaited.ts';
import { createCheckpointNotifier } from './checkpoints.ts';
import { chooseGateway } from './choose-gateway.ts';
import { createConsumerCalls } from './consumer-calls.ts';
import { driveProcesses } from './drive-processes.ts';
import { createEffectExecutor } from './effect-executor.ts';
import { createFeeder } from './feeder.ts';
import { createBreakerKeeper } from './gateway-breakers.ts';
import { giveWay } from './give-way.ts';
import { keepHouse } from './housekeeping.ts';
import { performMailEffects } from './mail-effects.ts';
import { performPaymentEffects } from './payment-effects.ts';
import { createProcessRunner } from './process-runner.ts';
import { createProjectionRunner, type RunnerStatus } from './projection-runner.ts';
import { createRebuilder } from './rebuild.ts';
import { createRecording } from './recording.ts';
import { createTimerExecutor } from './timer-executor.ts';
import { createNotifier, eventsChannel, listen } from './wake-up.ts';
import { createWaybillMemory } from './waybill-memory.ts';

export type Worker = {
  /** Works until the signal aborts, then finishes what is under way. `onReady`: the database is there. Throws when it must not go on (a gap). */
  run(signal: AbortSignal, onReady?: () => void): Promise<void>;
  readonly status: () => readonly RunnerStatus[];
  close(): Promise<void>;
};

// The budget of a worker is 10 connections and one for LISTEN (design, section 9).
const readConnections = 6;
const workConnections = 4;
const clientNames = { read: 'waybill-worker-projections', work: 'waybill-worker' };

/** Each is a request of its own, to somebody who counts them. */
const stripeCallsMost = 64;

/** With 200 attempts, a mail server may be away for two days before a person has to look. */
const mailBackoffMsMost = 15 * 60_000;

/** This worker's own readers don't wait for it. */
const announceEveryMs = 20;

/** What was announced while LISTEN was away is found within a second, this long at most after the last look. */
const feederPollMs = 800;

/**
 * A crash may lose the last moments of these commits, rows and checkpoint together: they are folded again. What
 * processes write is waited for.
 */
const unflushed = (url: string): string => {
  const lazy = new URL(url);
  lazy.searchParams.set('synchronous_commit', 'off');
  return lazy.href;
};

/** With fewer, web, worker and database are in each other's way when all are busy. */
const processorsForAll = 4;
/** So many orders a second are a rush: what follows from them waits until they are taken. */
const ordersInRush = 600;

/** Answers in one delivery. */
const webhooksMost = 200;

/** Delivers the simulated gateway's answers to our own webhook, as a gateway out there would. */
const deliverWebhooks = async (
  env: Env,
  sql: Database,
  log: Logger,
  due: Alarm,
  signal: AbortSignal,
): Promise<void> => {
  const transport = httpTransport(`${env.PUBLIC_URL}/api/webhooks/payments`);
  const deliverer = createWebhookDeliverer({
    sql,
    secret: env.GATEWAY_WEBHOOK_SECRET,
    transport,
    eventsMax: webhooksMost,
  });
  while (!signal.aborted) {
    try {
      if ((await deliverer.deliverDue()) >= webhooksMost) continue;
    } catch (error) {
      log.error({ err: error }, 'webhooks could not be delivered');
    }
    await due.sleep(500, signal);
  }
};

/** Builds a worker: feeder, projections, processes with their effects and timers, rebuilds. */
export const createWorker = (env: Env, log: Logger): Worker => {
  const readSql = openSql(unflushed(env.WORKER_DATABASE_URL), {
    max: readConnections,
    applicationName: clientNames.read,
    readsByKey: true,
  });
  const workSql = openSql(env.WORKER_DATABASE_URL, {
    max: workConnections,
    applicationName: clientNames.work,
    readsByKey: true,
  });
  // Who is started again under the same name takes up its leases at once instead of waiting until they run out.
  const holder = env.WAYBILL_WORKER_ID ?? `${hostname()}:${process.pid}:${Date.now().toString(36)}`;
  const keys = createSubjectKeys({ sql: workSql, masterKey: Buffer.from(env.WAYBILL_MASTER_KEY, 'base64') });
  const codec = createCodec({ eventTypes, streamOf, upcast }, keys);
  const appended = createNotifier({
    sql: workSql,
    channel: eventsChannel,
    everyMs: announceEveryMs,
    payload: () => holder,
  });
  const feeder = createFeeder({
    sql: readSql,
    codec,
    pollMs: feederPollMs,
    rushFrom: availableParallelism() < processorsForAll ? ordersInRush : Number.POSITIVE_INFINITY,
    onError: (error) => log.error({ err: error }, 'events could not be read; trying again'),
  });
  const store = createEventStore({
    sql: workSql,
    codec,
    onAppended: () => {
      appended.notify();
      feeder.wake();
    },
  });
  const runtime = {
    store,
    commandHmacKey: hmacKey(env.WAYBILL_COMMAND_HMAC_KEY, 'base64'),
    waybills: createWaybillMemory(),
  };
  const notifier = createCheckpointNotifier(readSql);
  const calls = createConsumerCalls(readSql);

  const runners = projections.map((projection) =>
    createProjectionRunner({ sql: readSql, codec, feeder, projection, holder, notifier, calls, log }),
  );
  const rebuilder = createRebuilder({ sql: readSql, codec, feeder, holder, notifier, log });

  const webhooksDue = createAlarm();
  const breaker = createBreakerKeeper(workSql, holder, log);
  const chosen = chooseGateway(env, { sql: workSql, onAnswer: () => webhooksDue.ring() });
  const { gateway } = resilientGateway(chosen, { onChange: breaker.keep });
  const payments = createEffectExecutor({
    sql: workSql,
    lane: 'payment',
    perform: performPaymentEffects({ runtime, gateway }),
    log,
    holder,
    ...(env.stripe ? { concurrency: stripeCallsMost } : {}),
  });
  const mailer = chooseMailer(env);
  const mails = createEffectExecutor({
    sql: workSql,
    lane: 'mail',
    perform: performMailEffects({
      runtime,
      mailer,
      kept: createKeptMails(workSql, keys),
      publicUrl: env.PUBLIC_URL,
      linkKey: env.WAYBILL_LINK_KEY,
      warehouses: () => readWarehouseNames({ sql: workSql }),
    }),
    log,
    holder,
    ...(mailer.via === 'smtp'
      ? { concurrency: smtpConnections, leaseMs: smtpLeaseMs, backoffMostMs: mailBackoffMsMost }
      : {}),
  });
  const timers = createTimerExecutor({ sql: workSql, runtime, log });
  const processRunner = createProcessRunner({
    sql: workSql,
    runtime,
    processes: allProcesses(env.isTestMode ? silentCarrier : simulatedCarrier),
    log,
    executors: { payment: payments, mail: mails },
  });

  const recording = createRecording({
    folder: env.WAYBILL_DATABASE_FOLDER ?? null,
    onChange: (isPaused) =>
      log.error({ isPaused }, isPaused ? 'the disk is full: the worker rests' : 'the worker goes on'),
  });

  const run: Worker['run'] = async (signal, onReady) => {
    const listener = await listen({
      sql: readSql,
      channel: eventsChannel,
      // The feeder polls by itself, and has been told of what this worker appends.
      onWake: (payload) => {
        if (payload !== null && payload !== holder) feeder.wake();
      },
    });
    const awaited = await hurryAwaited(readSql, runners);
    onReady?.();
    while (!signal.aborted) {
      await recording.untilOpen(signal);
      await work(signal);
    }
    await Promise.all([listener.close(), awaited.close()]);
    recording.close();
  };

  /** Until the signal aborts, or recording is paused. Throws when it must not go on. */
  const work = async (signal: AbortSignal): Promise<void> => {
    // Whoever fails takes the others along: half a worker would go unnoticed.
    const failed = new AbortController();
    const either = AbortSignal.any([signal, failed.signal, recording.paused()]);
    const parts = [
      feeder.run(either),
      ...runners.map((runner) => runner.run(either)),
      rebuilder.run(either),
      driveProcesses({ sql: workSql, feeder, runner: processRunner, holder, notifier, calls, log }, either),
      payments.run(either),
      mails.run(either),
      timers.run(either),
      breaker.run(either),
      ...(env.stripe ? [] : [deliverWebhooks(env, workSql, log, webhooksDue, either)]),
      keepHouse(workSql, log, either),
      ...(env.WAYBILL_GIVES_WAY === '1'
        ? [giveWay({ sql: workSql, applicationNames: Object.values(clientNames), pids: [process.pid], log }, either)]
        : []),
    ];
    for (const part of parts) part.catch((error: unknown) => failed.abort(error));
    const ends = await Promise.allSettled(parts);
    const failure = ends.find((end) => end.status === 'rejected');
    if (failure) throw failure.reason;
  };

  return {
    run,
    status: () => runners.map((runner) => runner.status()),
    close: async () => {
      mailer.close();
      await Promise.all([notifier.close(), appended.close()]);
      await Promise.all([closeSql(readSql, 3), closeSql(workSql, 3)]);
    },
  };
};
