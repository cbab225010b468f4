import type { Database } from '#db/clients.ts';
import { EventStoreError } from './errors.ts';

/** What tells one cluster's history from another's. Identifiers are text: they pass safe integers. */
export type ClusterIdentity = { readonly systemIdentifier: string; readonly timelineId: number };

export type IdentityStatus = {
  readonly incarnation: number;
  readonly stored: ClusterIdentity;
  readonly actual: ClusterIdentity;
  readonly inRecovery: boolean;
  /** When this postmaster started, in µs since 1970: appends compare it, so that a restart is noticed at once. */
  readonly serverStart: number;
};

type IdentityRow = {
  readonly incarnation: number;
  readonly stored_system: string;
  readonly stored_timeline: number;
  readonly actual_system: string;
  readonly actual_timeline: number;
  readonly in_recovery: boolean;
  readonly server_start: number;
};

/** Reads the identity of the cluster, and the one that the store has written down. */
export const readIdentity = async (sql: Database): Promise<IdentityStatus> => {
  const [row] = await sql<IdentityRow[]>`
    select stored.incarnation, stored.system_identifier::text as stored_system, stored.timeline_id as stored_timeline,
      system.system_identifier::text as actual_system, checkpoint.timeline_id as actual_timeline,
      pg_is_in_recovery() as in_recovery,
      (extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint as server_start
    from pg_control_system() as system, pg_control_checkpoint() as checkpoint,
      (select * from es.store_identity order by incarnation desc limit 1) as stored`;
  if (!row) throw new EventStoreError('IdentityMismatch', 'The store has no identity: es.store_identity is empty.');
  return {
    incarnation: row.incarnation,
    stored: { systemIdentifier: row.stored_system, timelineId: row.stored_timeline },
    actual: { systemIdentifier: row.actual_system, timelineId: row.actual_timeline },
    inRecovery: row.in_recovery,
    serverStart: row.server_start,
  };
};

export const isSameCluster = ({ stored, actual }: IdentityStatus): boolean =>
  stored.systemIdentifier === actual.systemIdentifier && stored.timelineId === actual.timelineId;

/** Throws unless events may be written: `IdentityMismatch` after a restore or failover, `ReadOnlyServer` on a standby. */
export const assertWritable = (status: IdentityStatus): void => {
  if (status.inRecovery) {
    throw new EventStoreError('ReadOnlyServer', 'This server is a standby: events can only be read from it.');
  }
  if (isSameCluster(status)) return;
  const { stored, actual } = status;
  throw new EventStoreError(
    'IdentityMismatch',
    `This database was restored, recovered or failed over: it was last written on system ${stored.systemIdentifier}, ` +
      `timeline ${stored.timelineId}, and is now on system ${actual.systemIdentifier}, timeline ${actual.timelineId}. ` +
      'Nothing is written until `npm run db:rebase` has begun a new incarnation.',
  );
};

/** Remembers that the server was verified, and verifies it again when asked. */
export type IdentityGuard = {
  /** The start of the verified server, for es.append; verifies first where that wasn't done. */
  verifiedStart(): number | Promise<number>;
  /** Forgets it: the server has started anew. */
  forget(): void;
};

export const createIdentityGuard = (sql: Database): IdentityGuard => {
  let start: number | null = null;
  const verify = async (): Promise<number> => {
    const status = await readIdentity(sql);
    assertWritable(status);
    start = status.serverStart;
    return start;
  };
  return {
    verifiedStart: () => start ?? verify(),
    forget: () => {
      start = null;
    },
  };
};

export type RebaseResult =
  | { readonly status: 'rebased'; readonly incarnation: number }
  | { readonly status: 'unchanged'; readonly incarnation: number };

/**
 * Begins a new incarnation where the cluster has changed (or `force`, after a dump was restored into the same
 * cluster). No event is rewritten: those before become an older incarnation, readable wholly. Needs the owner's client.
 */
export const rebase = async (sql: Database, { force = false } = {}): Promise<RebaseResult> =>
  sql.begin(async (tx) => {
    // Waits for appends under way (each has read this table) and holds back new ones.
    await tx`lock table es.store_identity in access exclusive mode`;
    const status = await readIdentity(tx as unknown as Database);
    if (status.inRecovery) assertWritable(status);
    if (isSameCluster(status) && !force) return { status: 'unchanged', incarnation: status.incarnation };
    const [row] = await tx<{ incarnation: number }[]>`
      insert into es.store_identity (incarnation, system_identifier, timeline_id)
      select ${status.incarnation + 1}, system.system_identifier, checkpoint.timeline_id
      from pg_control_system() as system, pg_control_checkpoint() as checkpoint
      returning incarnation`;
    return { status: 'rebased', incarnation: row?.incarnation ?? status.incarnation + 1 };
  });
