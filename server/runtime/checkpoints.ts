import type { Database } from '#db/clients.ts';
import { formatPosition, type StorePosition } from '#domain/shared/store-position.ts';
import { checkpointsChannel, createNotifier } from './wake-up.ts';

/** How far a consumer of events (a projection, its shadow, a process) has come, and who drives it. */
export type Checkpoint = {
  readonly consumer: string;
  readonly version: number;
  readonly at: StorePosition;
  /** How many events it has passed. */
  readonly events: number;
  readonly movedAt: Date;
  /** Null while nobody drives it. */
  readonly holder: string | null;
  readonly leaseExpiresAt: Date | null;
};

type Row = {
  readonly consumer: string;
  readonly version: number;
  readonly incarnation: number;
  readonly transaction_id: number;
  readonly position: number;
  readonly events: number;
  readonly moved_at: Date;
  readonly lease_holder: string | null;
  readonly lease_expires_at: Date | null;
};

export const readCheckpoints = async (sql: Database): Promise<Checkpoint[]> => {
  const rows = await sql<Row[]>`
    select consumer, version, incarnation, transaction_id, position, events, moved_at,
      case when lease_expires_at > clock_timestamp() then lease_holder end as lease_holder, lease_expires_at
    from read.checkpoints order by consumer, version`;
  return rows.map((row) => ({
    consumer: row.consumer,
    version: row.version,
    at: { incarnation: row.incarnation, transactionId: row.transaction_id, position: row.position },
    events: row.events,
    movedAt: row.moved_at,
    holder: row.lease_holder,
    leaseExpiresAt: row.lease_expires_at,
  }));
};

/** `[consumer, version, position]`: the payload of `waybill_checkpoints` is a JSON array of these. */
export type MovedCheckpoint = readonly [consumer: string, version: number, position: string];

export type CheckpointNotifier = {
  /** After commit, or where nothing was to be written. Of many moves in a row one notification goes out, with the last position of each consumer. */
  moved(consumer: string, version: number, at: StorePosition): void;
  close(): Promise<void>;
};

/** Six consumers move within some milliseconds of each other. */
const notifyEveryMs = 15;

export const createCheckpointNotifier = (
  sql: Database,
  onError: (error: unknown) => void = () => undefined,
): CheckpointNotifier => {
  let due = new Map<string, MovedCheckpoint>();
  const notifier = createNotifier({
    sql,
    channel: checkpointsChannel,
    everyMs: notifyEveryMs,
    onError,
    payload: () => {
      const moved = [...due.values()];
      due = new Map();
      return JSON.stringify(moved);
    },
  });
  return {
    moved: (consumer, version, at) => {
      due.set(consumer, [consumer, version, formatPosition(at)]);
      notifier.notify();
    },
    close: () => notifier.close(),
  };
};
