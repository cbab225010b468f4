import { closeSql, type Database, openSql } from '#db/clients.ts';
import * as registry from '#domain/events/registry.ts';
import { type Codec, createCodec } from '#server/event-store/codec.ts';
import { createEventStore, type EventStore } from '#server/event-store/event-store.ts';
import { createSubjectKeys } from '#server/event-store/subject-keys.ts';
import type { ScratchEnv } from '../scripts/scratch-database.ts';

/** An event store as one process of the product has it. */
export type StoreProcess = {
  readonly sql: Database;
  readonly codec: Codec;
  readonly store: EventStore;
  readonly close: () => Promise<void>;
};

export type StoreProcessOptions = {
  readonly role?: 'app' | 'worker';
  /** Connections. Default 10, the budget of a process. */
  readonly max?: number;
  readonly applicationName?: string;
  /** Instead of the role's own address, such as that of a proxy. */
  readonly url?: string;
  readonly onAppended?: () => void;
};

export const openStore = (env: ScratchEnv, options: StoreProcessOptions = {}): StoreProcess => {
  const { role = 'app', max = 10, applicationName = `prove-${role}`, onAppended } = options;
  const url = options.url ?? (role === 'app' ? env.APP_DATABASE_URL : env.WORKER_DATABASE_URL);
  const sql = openSql(url, { max, applicationName });
  const keys = createSubjectKeys({ sql, masterKey: Buffer.from(env.WAYBILL_MASTER_KEY, 'base64') });
  const codec = createCodec(registry, keys);
  const store = createEventStore({ sql, codec, ...(onAppended ? { onAppended } : {}) });
  return { sql, codec, store, close: () => closeSql(sql, 2) };
};

/** Runs `work` for 0 to `count` − 1, at most `atOnce` at a time, and collects the answers in order. */
export const manyAtOnce = async <T>(count: number, atOnce: number, work: (nth: number) => Promise<T>): Promise<T[]> => {
  const answers: T[] = [];
  let next = 0;
  const loop = async (): Promise<void> => {
    for (let nth = next++; nth < count; nth = next++) answers[nth] = await work(nth);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, loop));
  return answers;
};
