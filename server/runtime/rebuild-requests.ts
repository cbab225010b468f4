import type { Database } from '#db/clients.ts';
import { projectionNamed } from '#server/projections/registry.ts';
import type { TableCount } from './shadow-tables.ts';

export type RebuildState = 'requested' | 'scanning' | 'catching_up' | 'swapping' | 'done' | 'canceled' | 'failed';

/** A rebuild as the admin's page shows it. */
export type Rebuild = {
  readonly rebuildId: number;
  readonly projections: readonly string[];
  readonly state: RebuildState;
  readonly paused: boolean;
  readonly cancelRequested: boolean;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** Of the scan. */
  readonly eventsDone: number;
  readonly eventsTotal: number;
  readonly eventsPerSecond: number;
  readonly etaSeconds: number | null;
  readonly counts: readonly TableCount[] | null;
  readonly error: string | null;
};

type Row = {
  readonly rebuild_id: number;
  readonly projections: string[];
  readonly state: RebuildState;
  readonly paused: boolean;
  readonly cancel_requested: boolean;
  readonly requested_by: string;
  readonly requested_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly events_done: number;
  readonly events_total: number;
  readonly events_per_second: number;
  readonly eta_seconds: number | null;
  readonly counts: TableCount[] | null;
  readonly error: string | null;
};

/**
 * Asks for one or several projections to be rebuilt in one scan; a worker takes it up within a second. Returns the
 * rebuild's id. Throws on a name that is no projection.
 */
export const requestRebuild = async (
  sql: Database,
  projections: readonly string[],
  requestedBy: string,
): Promise<number> => {
  const names = projections.map((name) => projectionNamed(name).name);
  const [row] = await sql<{ rebuild_id: number }[]>`
    insert into read.rebuilds (projections, requested_by) values (${names}, ${requestedBy}) returning rebuild_id`;
  if (!row) throw new Error('The rebuild was not stored');
  return row.rebuild_id;
};

/** The newest rebuilds, newest first. */
export const listRebuilds = async (sql: Database, limit = 20): Promise<Rebuild[]> => {
  const rows = await sql<Row[]>`
    select rebuild_id, projections, state, paused, cancel_requested, requested_by, requested_at, started_at, finished_at,
      events_done, events_total, events_per_second, eta_seconds, counts, error
    from read.rebuilds order by rebuild_id desc limit ${limit}`;
  return rows.map((row) => ({
    rebuildId: row.rebuild_id,
    projections: row.projections,
    state: row.state,
    paused: row.paused,
    cancelRequested: row.cancel_requested,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    eventsDone: row.events_done,
    eventsTotal: row.events_total,
    eventsPerSecond: row.events_per_second,
    etaSeconds: row.eta_seconds,
    counts: row.counts,
    error: row.error,
  }));
};

/** Pauses a rebuild, or lets it go on. False when it has ended. */
export const pauseRebuild = async (sql: Database, rebuildId: number, paused: boolean): Promise<boolean> => {
  const rows = await sql`
    update read.rebuilds set paused = ${paused}
    where rebuild_id = ${rebuildId} and state not in ('done', 'canceled', 'failed') returning 1`;
  return rows.length > 0;
};

/** Asks a rebuild to stop; the live tables stay as they are. False when it has ended. */
export const cancelRebuild = async (sql: Database, rebuildId: number): Promise<boolean> => {
  const rows = await sql`
    update read.rebuilds set cancel_requested = true
    where rebuild_id = ${rebuildId} and state not in ('done', 'canceled', 'failed') returning 1`;
  return rows.length > 0;
};
