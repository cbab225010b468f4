import { type Database, openSql } from '#db/clients.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import * as registry from '#domain/events/registry.ts';
import { type Codec, createCodec } from '../codec.ts';
import { createEventStore, type EventStore, type EventStoreOptions } from '../event-store.ts';
import { createSubjectKeys, type SubjectKeys } from '../subject-keys.ts';

export const testMasterKey = Buffer.alloc(32, 7);

/** A store as one process has it: a client in the app's role, a codec over the real registry. */
export type TestProcess = {
  readonly sql: Database;
  readonly keys: SubjectKeys;
  readonly codec: Codec;
  readonly store: EventStore;
};

export type TestStore = TestProcess & {
  readonly database: TestDatabase;
  /** Another process on the same database. */
  another(options?: Partial<EventStoreOptions>, role?: 'app' | 'worker'): TestProcess;
  /** A client in a role; closed with the store. */
  client(role: 'app' | 'worker' | 'owner' | 'auditor' | 'superuser', max?: number): Database;
  close(): Promise<void>;
};

/** A fresh migrated database with an event store on it, on the shared cluster by default. Close it in `afterAll`. */
export const openTestStore = async (
  options: Partial<EventStoreOptions> = {},
  clusterPort?: number,
): Promise<TestStore> => {
  const database = await createTestDatabase(clusterPort);
  const clients: Database[] = [];
  const client: TestStore['client'] = (role, max = 2) => {
    const urls = {
      app: database.appUrl,
      worker: database.workerUrl,
      owner: database.ownerUrl,
      auditor: database.auditorUrl,
      superuser: database.superuserUrl,
    };
    const sql = openSql(urls[role], { max, applicationName: `test-${role}` });
    clients.push(sql);
    return sql;
  };
  const another: TestStore['another'] = (extra = {}, role = 'app') => {
    const sql = client(role, 10);
    const keys = createSubjectKeys({ sql, masterKey: testMasterKey, cacheMs: 50 });
    const codec = createCodec(registry, keys);
    return { sql, keys, codec, store: createEventStore({ sql, codec, ...options, ...extra }) };
  };
  return {
    ...another(),
    database,
    another,
    client,
    close: async () => {
      await Promise.all(clients.map((sql) => sql.end({ timeout: 1 })));
      await database.drop();
    },
  };
};
