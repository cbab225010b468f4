import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import { driverAddress } from './socket-address.ts';

/**
 * How the rest of the code sees the values of a client from `openSql`: `bigint` columns are numbers (see below),
 * `numeric` and `xid8` strings, `timestamptz` a Date, `jsonb` parsed.
 */
export type Database = Sql<{ bigint: number }>;

export type OpenSqlOptions = {
  /** The most connections that this client opens. They are a budget: web ≤ 10, worker ≤ 10 in all. */
  readonly max: number;
  /** Shown in pg_stat_activity, so that whoever holds the horizon back can be named. */
  readonly applicationName: string;
  /** The longest that a transaction may last, in ms; 0 for no limit. Default 15,000. */
  readonly transactionTimeoutMs?: number;
  /** The longest that a transaction may sit idle, in ms. Default 10,000. */
  readonly idleInTransactionTimeoutMs?: number;
  /** The longest that a statement may run, in ms. No limit of its own by default. */
  readonly statementTimeoutMs?: number;
  /**
   * Every statement reads by key. Plans are made once a connection, often while the tables are empty, and then a scan of
   * the whole table is what the planner would keep.
   */
  readonly readsByKey?: boolean;
};

// Amounts in minor units, versions and positions are all safe integers (values are I-JSON); one that is not must
// fail rather than be rounded.
const parseSafeInteger = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database holds ${text}, which is beyond safe integers.`);
  return value;
};

const options = (settings: OpenSqlOptions) => ({
  max: settings.max,
  // Each new connection costs the server a process; the budget is small, so they stay.
  idle_timeout: 0,
  connect_timeout: 5,
  // The driver's own pauses grow to 20 s while the server is away, and go on when it is back.
  backoff: () => 0.1 + Math.random() * 0.2,
  onnotice: () => undefined,
  connection: {
    application_name: settings.applicationName,
    // Instants that come as text are read fastest so (`isoInstant`), and days are the same days everywhere.
    timezone: 'UTC',
    // Many ask at once: a process more for one of them is taken from the others.
    max_parallel_workers_per_gather: 0,
    transaction_timeout: settings.transactionTimeoutMs ?? 15_000,
    idle_in_transaction_session_timeout: settings.idleInTransactionTimeoutMs ?? 10_000,
    ...(settings.statementTimeoutMs === undefined ? {} : { statement_timeout: settings.statementTimeoutMs }),
    ...(settings.readsByKey ? { enable_seqscan: 'off' } : {}),
  },
});

/**
 * The client of the event store, the projections and every query. Statements are prepared once a connection.
 * Connects lazily. Close it with `closeSql`.
 */
export const openSql = (url: string, settings: OpenSqlOptions): Database => {
  const address = driverAddress(url);
  return postgres(address.url, {
    ...address.options,
    ...options(settings),
    types: {
      bigint: { to: 20, from: [20], serialize: (value: number | bigint) => value.toString(), parse: parseSafeInteger },
    },
  });
};

/** Drizzle for the plain CRUD tables (catalog, customers, users, warehouses), and the client to close. */
export type DrizzleClient = { readonly db: PostgresJsDatabase; readonly sql: Sql };

/**
 * Drizzle on a client of its own: it replaces the date and JSON codecs of the client that it wraps, which would
 * silently change what the event store reads.
 */
export const openDrizzle = (url: string, settings: OpenSqlOptions): DrizzleClient => {
  const address = driverAddress(url);
  const sql = postgres(address.url, { ...address.options, ...options(settings) });
  return { db: drizzle(sql), sql };
};

/**
 * Ends a client. After a lost connection `sql.end()` may never settle, so that open queries get `timeoutS` seconds
 * and are then cut.
 */
export const closeSql = (sql: Pick<Sql, 'end'>, timeoutS = 5): Promise<void> => sql.end({ timeout: timeoutS });
