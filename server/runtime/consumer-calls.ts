import type { Database } from '#db/clients.ts';
import { createBatcher } from '#server/adapters/batcher.ts';
import { createCheckpointMover, type MoveCheckpoint } from './lazy-checkpoint.ts';
import { type Lease, renewLeases } from './leases.ts';
import type { ProjectionTarget } from './projection-target.ts';

/** What the consumers of a worker ask of the database now and then; those that ask at the same moment share a statement. */
export type ConsumerCalls = {
  readonly move: MoveCheckpoint;
  /** Prolongs a lease; false when it is lost. */
  renew(lease: Lease): Promise<boolean>;
  /** Whether any rows of it are to be folded again, now or once it has come far enough. */
  awaitsRefold(target: ProjectionTarget): Promise<boolean>;
};

type Asked = { readonly projection: string; readonly version: number };

/** One for all consumers of a process. */
export const createConsumerCalls = (sql: Database): ConsumerCalls => ({
  move: createCheckpointMover(sql),
  renew: createBatcher((leases: readonly Lease[]) => renewLeases(sql, leases)),
  awaitsRefold: createBatcher(async (targets: readonly ProjectionTarget[]) => {
    const asked = await sql<Asked[]>`select distinct projection, version from read.refolds`;
    return targets.map((target) =>
      asked.some(({ projection, version }) => projection === target.consumer && version === target.projection.version),
    );
  }),
});

const tickMs = 1_000;
const idleMsLeast = 100;

/** Whatever is looked for on every tick was looked for at least so long ago, in ms. */
export const tickMsLeast = tickMs - idleMsLeast;

/**
 * How long a consumer with nothing to do waits before it looks round, in ms: until a tick that is the same for all of
 * a process, so that they ask the database at once.
 */
export const idleMsUntilTick = (now = performance.now()): number =>
  Math.ceil(Math.ceil((now + idleMsLeast) / tickMs) * tickMs - now);
