import { drizzle } from 'drizzle-orm/postgres-js';
import type { Logger } from 'pino';
import { closeSql, openDrizzle, openSql } from '#db/clients.ts';
import { eventTypes, streamOf, upcast } from '#domain/events/registry.ts';
import { createBatchWindow } from '#server/adapters/batch-window.ts';
import { createStripeClient } from '#server/adapters/stripe-gateway/stripe-client.ts';
import { hmacKey } from '#server/auth/hmac-key.ts';
import type { Env } from '#server/env.ts';
import { createCodec } from '#server/event-store/codec.ts';
import { createEventStore } from '#server/event-store/event-store.ts';
import { createOrderNumbers } from '#server/event-store/order-numbers.ts';
import { createSubjectKeys } from '#server/event-store/subject-keys.ts';
import { createAwaitedNotifier } from './awaited.ts';
import { createLiveFeed } from './live-feed.ts';
import { PoolExhausted, withPoolDeadline } from './pool-deadline.ts';
import { createPresence } from './presence.ts';
import { createRecording } from './recording.ts';
import type { WaybillRuntime } from './runtime.ts';
import { createWaitFor } from './wait-for.ts';
import { createNotifier, eventsChannel, listen, type OnWake } from './wake-up.ts';

// The budget of a web process is 10 connections and one for LISTEN (design, section 9).
const storeConnections = 7;
const crudConnections = 3;
/** A hundred orders a second are a rush; fewer wait for nobody. */
const placingWindow = { everyMs: 30, most: 12, arrivals: 10, overMs: 100 };
/** A full pool queues at most this long. */
const poolWaitMs = 2_000;

export type WebRuntime = { readonly runtime: WaybillRuntime; readonly close: () => Promise<void> };

/** Builds what lives once a web process. Close it last: in-flight requests need it. */
export const createWebRuntime = async (env: Env, log: Logger): Promise<WebRuntime> => {
  const pool = openSql(env.APP_DATABASE_URL, {
    max: storeConnections,
    applicationName: 'waybill-web',
    readsByKey: true,
  });
  const sql = withPoolDeadline(pool, poolWaitMs);
  const plain = openDrizzle(env.APP_DATABASE_URL, { max: crudConnections, applicationName: 'waybill-web-crud' });
  const keys = createSubjectKeys({ sql, masterKey: Buffer.from(env.WAYBILL_MASTER_KEY, 'base64') });
  const notifier = createNotifier({
    sql,
    channel: eventsChannel,
    onError: () => log.warn('a wake-up was not sent; readers poll'),
  });
  const store = createEventStore({
    sql,
    codec: createCodec({ eventTypes, streamOf, upcast }, keys),
    onAppended: notifier.notify,
    group: { patience: { waitMs: poolWaitMs, error: () => new PoolExhausted(poolWaitMs) } },
  });
  const recording = createRecording({
    folder: env.WAYBILL_DATABASE_FOLDER ?? null,
    onChange: (isPaused) =>
      log.error({ isPaused }, isPaused ? 'the disk is full: nothing is recorded' : 'recording goes on'),
  });
  // postgres.js shares one LISTEN connection among the channels of a client.
  const onChannel = (channel: string, onWake: OnWake) => listen({ sql: pool, channel, onWake });
  const awaited = createAwaitedNotifier(sql, () =>
    log.warn('that somebody waits was not sent; projections gather for as long as they would'),
  );
  const waitFor = await createWaitFor({ sql, listen: onChannel, onAwaited: awaited.awaited });
  const liveFeed = await createLiveFeed({ sql, listen: onChannel });
  const presence = await createPresence({
    sql,
    listen: onChannel,
    onError: () => log.warn('presence was not told to the other processes; the next heartbeat tells it'),
  });
  return {
    runtime: {
      env,
      log,
      sql,
      crud: drizzle(withPoolDeadline(plain.sql, poolWaitMs)),
      store,
      commandHmacKey: hmacKey(env.WAYBILL_COMMAND_HMAC_KEY, 'base64'),
      stripe: env.stripe && { client: createStripeClient(env.stripe), webhookSecret: env.stripe.webhookSecret },
      orderNumbers: createOrderNumbers(sql),
      subjectKeys: keys,
      placeTogether: createBatchWindow(placingWindow),
      recording,
      waitFor,
      liveFeed,
      presence,
    },
    close: async () => {
      recording.close();
      await Promise.all([notifier.close(), awaited.close()]);
      await Promise.all([waitFor.close(), liveFeed.close(), presence.close()]);
      await Promise.all([closeSql(pool, 3), closeSql(plain.sql, 3)]);
    },
  };
};
