import type { Database } from '#db/clients.ts';

export type DatabaseFigures = {
  /** Such as `18.4`. */
  readonly version: string;
  readonly sizeBytes: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly connectionsMost: number;
  /** By who opened them; ours are named by their application. */
  readonly connections: readonly { readonly name: string; readonly open: number; readonly busy: number }[];
  /** Share of block reads that the cache answered, 0 to 1; null before the first read. */
  readonly cacheHitRate: number | null;
  readonly deadlocks: number;
  /** Bytes of the events' table with its indexes. */
  readonly eventsBytes: number;
};

type Row = {
  readonly version: string;
  readonly size: number;
  readonly started_at: Date;
  readonly connections_most: number;
  readonly hit_rate: number | null;
  readonly deadlocks: number;
  readonly events_bytes: number;
};

/** The database server as this session may see it. */
export const readDatabaseFigures = async ({ sql }: { readonly sql: Database }): Promise<DatabaseFigures> => {
  const [[row], connections] = await Promise.all([
    sql<Row[]>`
      select current_setting('server_version') as version, pg_database_size(current_database()) as size,
        pg_postmaster_start_time() as started_at, current_setting('max_connections')::int as connections_most,
        blks_hit::float8 / nullif(blks_hit + blks_read, 0) as hit_rate, deadlocks,
        pg_total_relation_size('es.events') as events_bytes
      from pg_stat_database where datname = current_database()`,
    sql<{ name: string; open: number; busy: number }[]>`
      select coalesce(nullif(application_name, ''), usename, backend_type) as name, count(*)::int as open,
        (count(*) filter (where state in ('active', 'fastpath function call')))::int as busy
      from pg_stat_activity where backend_type = 'client backend' and datname = current_database()
      group by 1 order by 1`,
  ]);
  if (!row) throw new Error('The database has no statistics');
  return {
    version: row.version,
    sizeBytes: row.size,
    startedAt: row.started_at.toISOString(),
    connectionsMost: row.connections_most,
    connections: [...connections],
    cacheHitRate: row.hit_rate,
    deadlocks: row.deadlocks,
    eventsBytes: row.events_bytes,
  };
};
