import { closeSql, type Database, openSql } from '#db/clients.ts';
import * as registry from '#domain/events/registry.ts';
import { createCodec } from '#server/event-store/codec.ts';
import { createEventStore } from '#server/event-store/event-store.ts';
import { createSubjectKeys } from '#server/event-store/subject-keys.ts';
import { buildHouse, type House, type HouseFaults } from '#server/runtime/testing/house.ts';
import type { ScratchEnv } from '../../scripts/scratch-database.ts';

export type ProvenHouse = House & { readonly sql: Database };

export type Street = {
  readonly sql: Database;
  /** A house whose clock begins now. They share the database: one after the other. */
  readonly build: (faults?: HouseFaults) => ProvenHouse;
  readonly close: () => Promise<void>;
};

/** All between the click and the mailbox, on a part's database. */
export const openStreet = (env: ScratchEnv): Street => {
  const sql = openSql(env.WORKER_DATABASE_URL, { max: 10, applicationName: 'prove-processes' });
  const keys = createSubjectKeys({ sql, masterKey: Buffer.from(env.WAYBILL_MASTER_KEY, 'base64') });
  const store = createEventStore({ sql, codec: createCodec(registry, keys) });
  return {
    sql,
    build: (faults) => ({ ...buildHouse({ sql, store, keys }, faults), sql }),
    close: () => closeSql(sql, 2),
  };
};
