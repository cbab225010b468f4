import type { Database } from '#db/clients.ts';
import type { StorePosition } from '#domain/shared/store-position.ts';

/**
 * The right to drive one consumer (a projection, or a process), for a while. Every write of its holder names the
 * token in the very statement that moves the checkpoint: a holder that was paused past its time can't write.
 */
export type Lease = {
  readonly consumer: string;
  readonly version: number;
  readonly token: number;
  readonly holder: string;
  readonly ttlMs: number;
};

export type LeaseRequest = Omit<Lease, 'token'>;

type Row = {
  readonly lease_token: number;
  readonly incarnation: number;
  readonly transaction_id: number;
  readonly position: number;
};

/**
 * Takes the lease where nobody has it, where it has run out, or where this holder has it already. Returns the
 * checkpoint to go on from; null when another holds it. The first to ask makes the checkpoint, at the beginning.
 */
export const acquireLease = async (
  sql: Database,
  { consumer, version, holder, ttlMs }: LeaseRequest,
): Promise<{ readonly lease: Lease; readonly at: StorePosition } | null> => {
  const [row] = await sql<Row[]>`
    insert into read.checkpoints as checkpoint (consumer, version, lease_token, lease_holder, lease_expires_at)
    values (${consumer}, ${version}, 1, ${holder}, clock_timestamp() + ${ttlMs} * interval '1 millisecond')
    on conflict (consumer, version) do update set
      lease_token = checkpoint.lease_token + 1,
      lease_holder = excluded.lease_holder,
      lease_expires_at = excluded.lease_expires_at
    where checkpoint.lease_holder is null or checkpoint.lease_holder = excluded.lease_holder
      or checkpoint.lease_expires_at is null or checkpoint.lease_expires_at < clock_timestamp()
    returning lease_token, incarnation, transaction_id, position`;
  if (!row) return null;
  return {
    lease: { consumer, version, holder, ttlMs, token: row.lease_token },
    at: { incarnation: row.incarnation, transactionId: row.transaction_id, position: row.position },
  };
};

/** Prolongs leases, each for itself; in their order, false where one is lost. Checkpoint moves prolong them as well. */
export const renewLeases = async (sql: Database, leases: readonly Lease[]): Promise<boolean[]> => {
  const rows = leases.map(({ consumer, version, token, ttlMs }) => ({ c: consumer, v: version, t: token, ms: ttlMs }));
  const renewed = await sql<{ consumer: string; version: number }[]>`
    update read.checkpoints set lease_expires_at = clock_timestamp() + lease.ms * interval '1 millisecond'
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as lease (c text, v int, t bigint, ms int)
    where consumer = lease.c and version = lease.v and lease_token = lease.t
    returning consumer, version`;
  return leases.map((lease) =>
    renewed.some(({ consumer, version }) => consumer === lease.consumer && version === lease.version),
  );
};

export const renewLease = async (sql: Database, lease: Lease): Promise<boolean> =>
  (await renewLeases(sql, [lease]))[0] === true;

/** Gives a lease back, so that another worker needn't wait until it runs out. */
export const releaseLease = async (sql: Database, { consumer, version, token }: Lease): Promise<void> => {
  await sql`
    update read.checkpoints set lease_holder = null, lease_expires_at = null
    where consumer = ${consumer} and version = ${version} and lease_token = ${token}`;
};
