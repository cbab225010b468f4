import type { Database } from '#db/clients.ts';

/** An order, or an inventory stream, that waits behind an event which a fold could not take. */
export type ParkedKey = {
  readonly projection: string;
  readonly version: number;
  /** The table, without version. */
  readonly fold: string;
  /** The order key, or `inventory-<sku>`. */
  readonly sourceKey: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly error: string;
  readonly since: Date;
  readonly attempts: number;
};

type Row = {
  readonly projection: string;
  readonly version: number;
  readonly fold: string;
  readonly source_key: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly error: string;
  readonly since: Date;
  readonly attempts: number;
};

const keyOf = (row: Row): ParkedKey => ({
  projection: row.projection,
  version: row.version,
  fold: row.fold,
  sourceKey: row.source_key,
  eventId: row.event_id,
  eventType: row.event_type,
  error: row.error,
  since: row.since,
  attempts: row.attempts,
});

/** All that is parked, oldest first. */
export const listParked = async (sql: Database): Promise<ParkedKey[]> => {
  const rows = await sql<Row[]>`
    select projection, version, fold, source_key, event_id, event_type, error, since, attempts
    from read.parked order by since, projection, fold, source_key`;
  return rows.map(keyOf);
};

/** What is parked of one order, or inventory stream: a read of it should say so. */
export const parkedOf = async (sql: Database, sourceKey: string): Promise<ParkedKey[]> => {
  const rows = await sql<Row[]>`
    select projection, version, fold, source_key, event_id, event_type, error, since, attempts
    from read.parked where source_key = ${sourceKey} order by since`;
  return rows.map(keyOf);
};

type Target = Pick<ParkedKey, 'projection' | 'version' | 'sourceKey'>;

const requestRefold = (sql: Database, { projection, version, sourceKey }: Target, reason: string) => sql`
  insert into read.refolds (projection, version, source_key, reason)
  values (${projection}, ${version}, ${sourceKey}, ${reason})`;

/**
 * Asks the worker to fold a parked key again, from its first event: within a second it is freed, or parked with a new
 * error and one more attempt.
 */
export const retryParked = async (sql: Database, parked: Target): Promise<void> => {
  await requestRefold(sql, parked, 'retry');
};

/** Leaves the event out of this fold for ever, rebuilds included, and folds the key again without it. */
export const skipParked = async (
  sql: Database,
  parked: Target & Pick<ParkedKey, 'fold' | 'eventId'>,
  reason: string,
  skippedBy: string,
): Promise<void> => {
  await sql`
    insert into read.skipped (projection, fold, source_key, event_id, reason, skipped_by)
    values (${parked.projection}, ${parked.fold}, ${parked.sourceKey}, ${parked.eventId}, ${reason}, ${skippedBy})
    on conflict do nothing`;
  await requestRefold(sql, parked, `skip: ${reason}`);
};
