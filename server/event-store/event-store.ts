import type { Database } from '#db/clients.ts';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import type { StreamId } from '#domain/shared/ids.ts';
import type { StorePosition } from '#domain/shared/store-position.ts';
import { createAppender } from './append.ts';
import type { AppendOutcome, AppendUnit, StoredOutcome } from './append-unit.ts';
import type { Codec } from './codec.ts';
import { readTokenStatus, type TokenStatus } from './consistency-token.ts';
import { createGroupCommit, type GroupCommitOptions } from './group-commit.ts';
import { createIdentityGuard } from './incarnation.ts';
import { head, type ReadAll, readAll } from './read-all.ts';
import { readOrder, readOrders } from './read-order.ts';
import { readStream } from './read-stream.ts';
import { readSnapshot, type Snapshot, type SnapshotTag, writeSnapshot } from './snapshots.ts';
import { type CommandRequest, readStoredOutcomes } from './stored-outcomes.ts';

export type {
  AppendCommand,
  AppendOutcome,
  AppendUnit,
  CommandOutcome,
  ExpectedStream,
  StoredOutcome,
} from './append-unit.ts';

/** The event store of one process. Design, section 3. */
export type EventStore = {
  /** One round trip; one outcome per unit, in order. Throws `EventStoreError` or the driver's error, for all units. */
  append(units: readonly AppendUnit[]): Promise<AppendOutcome[]>;
  /** Like `append` of one unit, committed together with others that are under way. */
  appendGrouped(unit: AppendUnit): Promise<AppendOutcome>;
  /** The first outcomes of these commands, in the order asked; null where one was never stored. */
  readOutcomes(requests: readonly CommandRequest[]): Promise<(StoredOutcome | null)[]>;
  readStream(streamId: StreamId, fromVersion?: number): Promise<RecordedEvent<DomainEvent>[]>;
  readOrder(orderKey: string): Promise<RecordedEvent<DomainEvent>[]>;
  /** `readOrder` of many, in one round trip; orders without events are not in it. */
  readOrders(orderKeys: readonly string[]): Promise<ReadonlyMap<string, RecordedEvent<DomainEvent>[]>>;
  readAll(after: StorePosition, limit: number): Promise<ReadAll>;
  head(): Promise<StorePosition>;
  readTokenStatus(token: string): Promise<TokenStatus>;
  readSnapshot<State>(streamId: StreamId, tag: SnapshotTag): Promise<Snapshot<State> | null>;
  writeSnapshot<State>(streamId: StreamId, tag: SnapshotTag, snapshot: Snapshot<State>): Promise<void>;
};

export type EventStoreOptions = {
  readonly sql: Database;
  readonly codec: Codec;
  /** Called after each commit that wrote events: the wake-up of readers (server/runtime/wake-up.ts). */
  readonly onAppended?: () => void;
  readonly group?: GroupCommitOptions;
};

export const createEventStore = ({ sql, codec, onAppended, group }: EventStoreOptions): EventStore => {
  const appender = createAppender({
    sql,
    codec,
    identity: createIdentityGuard(sql),
    ...(onAppended ? { onAppended } : {}),
  });
  const groupCommit = createGroupCommit(appender, group);
  return {
    append: appender.append,
    appendGrouped: groupCommit.append,
    readOutcomes: (requests) => readStoredOutcomes(sql, codec, requests),
    readStream: (streamId, fromVersion) => readStream(sql, codec, streamId, fromVersion),
    readOrder: (orderKey) => readOrder(sql, codec, orderKey),
    readOrders: (orderKeys) => readOrders(sql, codec, orderKeys),
    readAll: (after, limit) => readAll(sql, codec, after, limit),
    head: () => head(sql),
    readTokenStatus: (token) => readTokenStatus(sql, token),
    readSnapshot: (streamId, tag) => readSnapshot(sql, streamId, tag),
    writeSnapshot: (streamId, tag, snapshot) => writeSnapshot(sql, streamId, tag, snapshot),
  };
};
