import type { Database } from '#db/clients.ts';
import type { StorePosition } from '#domain/shared/store-position.ts';
import { createBatcher } from '#server/adapters/batcher.ts';
import type { Lease } from './leases.ts';

/** Past `events` events that changed nothing. */
export type CheckpointMove = {
  readonly lease: Lease;
  readonly from: StorePosition;
  readonly to: StorePosition;
  readonly events: number;
};

/** False when the lease is lost, or the checkpoint does not stand at `from`: it was not moved. */
export type MoveCheckpoint = (move: CheckpointMove) => Promise<boolean>;

/** Moves the checkpoints of a worker's consumers; those that are due at the same moment in one statement. */
export const createCheckpointMover = (sql: Database): MoveCheckpoint =>
  createBatcher(async (moves: readonly CheckpointMove[]) => {
    const rows = moves.map(({ lease, from, to, events }) => ({
      c: lease.consumer,
      v: lease.version,
      t: lease.token,
      ms: lease.ttlMs,
      fi: from.incarnation,
      fx: from.transactionId,
      fp: from.position,
      i: to.incarnation,
      x: to.transactionId,
      p: to.position,
      e: events,
    }));
    const moved = await sql<{ consumer: string; version: number }[]>`
      update read.checkpoints as checkpoint set
        incarnation = move.i, transaction_id = move.x, position = move.p, events = events + move.e,
        moved_at = clock_timestamp(), lease_expires_at = clock_timestamp() + move.ms * interval '1 millisecond'
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
        as move (c text, v int, t bigint, ms int, fi int, fx bigint, fp bigint, i int, x bigint, p bigint, e int)
      where consumer = move.c and version = move.v and lease_token = move.t
        and (incarnation, transaction_id, position) = (move.fi, move.fx, move.fp)
      returning consumer, version`;
    return moves.map(({ lease }) =>
      moved.some(({ consumer, version }) => consumer === lease.consumer && version === lease.version),
    );
  });

/**
 * Where a consumer's checkpoint stands in the database. Most events change nothing for most consumers: such are passed
 * in memory, and the checkpoint follows with the next write, or within `everyMs`. Who crashes before passes them again.
 */
export type LazyCheckpoint = {
  readonly stored: () => StorePosition;
  /** How many events were passed since. */
  readonly owed: () => number;
  pass(to: StorePosition, events: number): void;
  /** A write has moved it, past all that was owed. */
  written(to: StorePosition): void;
  /** When to flush, in ms from now; infinite where nothing is owed. */
  readonly dueInMs: () => number;
  /** Moves it to what was passed last. False when the lease is lost. */
  flush(): Promise<boolean>;
};

export type LazyCheckpointOptions = {
  readonly move: MoveCheckpoint;
  readonly lease: Lease;
  readonly at: StorePosition;
  readonly everyMs?: number;
};

export const createLazyCheckpoint = ({ move, lease, at, everyMs = 50 }: LazyCheckpointOptions): LazyCheckpoint => {
  let stored = at;
  let passed = at;
  let owed = 0;
  let dueAt = Number.POSITIVE_INFINITY;

  const written = (to: StorePosition): void => {
    stored = to;
    owed = 0;
    dueAt = Number.POSITIVE_INFINITY;
  };

  return {
    stored: () => stored,
    owed: () => owed,
    pass: (to, events) => {
      // On the same ticks for all consumers, so that they share a statement.
      if (owed === 0) dueAt = Math.ceil(performance.now() / everyMs + 0.5) * everyMs;
      passed = to;
      owed += events;
    },
    written,
    dueInMs: () => Math.max(0, dueAt - performance.now()),
    flush: async () => {
      if (owed === 0) return true;
      const to = passed;
      if (!(await move({ lease, from: stored, to, events: owed }))) return false;
      written(to);
      return true;
    },
  };
};
