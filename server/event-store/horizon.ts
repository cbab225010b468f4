import type { Database } from '#db/clients.ts';

/** Who holds the horizon back: a session, a prepared transaction, or a replication slot. */
export type HorizonBlocker = {
  readonly kind: 'session' | 'prepared transaction' | 'replication slot';
  /** Null but for sessions. */
  readonly pid: number | null;
  readonly database: string | null;
  /** Application name of a session; the name of a prepared transaction or slot. */
  readonly name: string;
  readonly user: string | null;
  readonly state: string | null;
  /** How long its transaction is open, in ms; null where unknown (slots). */
  readonly transactionAgeMs: number | null;
  /** How long its current or last query runs or has run, in ms. */
  readonly queryAgeMs: number | null;
  /** Whether it is the oldest: the one that holds the horizon. */
  readonly holds: boolean;
};

export type HorizonReport = {
  /** Age of the oldest transaction with an xid in the whole cluster, in ms; 0 where none is open. */
  readonly ageMs: number;
  /** Oldest first. */
  readonly blockers: readonly HorizonBlocker[];
};

type BlockerRow = {
  readonly kind: HorizonBlocker['kind'];
  readonly pid: number | null;
  readonly database: string | null;
  readonly name: string;
  readonly user_name: string | null;
  readonly state: string | null;
  readonly transaction_age_ms: number | null;
  readonly query_age_ms: number | null;
  readonly xid_age: number;
};

/**
 * The horizon's age and who blocks it. Whole sessions are shown only to members of pg_monitor; others see that there is
 * a blocker, not who. Transactions that have no xid yet, and plain readers, don't hold the horizon.
 */
export const readHorizon = async (sql: Database): Promise<HorizonReport> => {
  // A slot holds back vacuum, not our horizon; it is listed since whoever looks for trouble looks here.
  const rows = await sql<BlockerRow[]>`
    select 'session' as kind, pid, datname as database, coalesce(application_name, '') as name, usename as user_name,
      state, (extract(epoch from clock_timestamp() - xact_start) * 1000)::float8 as transaction_age_ms,
      (extract(epoch from clock_timestamp() - query_start) * 1000)::float8 as query_age_ms,
      age(backend_xid) as xid_age
    from pg_stat_activity
    where backend_xid is not null and pid <> pg_backend_pid()
    union all
    select 'prepared transaction', null, database, gid, owner, 'prepared',
      (extract(epoch from clock_timestamp() - prepared) * 1000)::float8, null, age(transaction)
    from pg_prepared_xacts
    union all
    select 'replication slot', null, database, slot_name, null,
      case when active then 'active' else 'inactive' end, null, null,
      greatest(age(xmin), age(catalog_xmin))
    from pg_replication_slots
    where xmin is not null or catalog_xmin is not null
    order by xid_age desc, transaction_age_ms desc nulls last`;
  const oldest = rows.find(({ kind }) => kind !== 'replication slot');
  const blockers = rows.map(
    (row): HorizonBlocker => ({
      kind: row.kind,
      pid: row.pid,
      database: row.database,
      name: row.name,
      user: row.user_name,
      state: row.state,
      transactionAgeMs: row.transaction_age_ms,
      queryAgeMs: row.query_age_ms,
      holds: row === oldest,
    }),
  );
  return { ageMs: oldest?.transaction_age_ms ?? 0, blockers };
};
