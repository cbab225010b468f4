import { LRUCache } from 'lru-cache';
import type { Database } from '#db/clients.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import type { StreamId } from '#domain/shared/ids.ts';
import { comparePositions, formatPosition, type StorePosition } from '#domain/shared/store-position.ts';
import { EventStoreError } from './errors.ts';

/** Checks that a reader sees each stream's versions one by one: nothing skipped, doubled or turned around. */
export type ContiguityCheck = {
  /** The events of one read, in store order. Throws `EventStoreError` Gap; the reader must stop then. */
  check(events: readonly Pick<RecordedEvent, 'streamId' | 'version' | 'at'>[]): Promise<void>;
};

type Seen = { readonly version: number; readonly at: StorePosition };
type SeenRow = {
  readonly stream_id: StreamId;
  readonly version: number;
  readonly incarnation: number;
  readonly transaction_id: string;
  readonly position: number;
};

/** One check per reader, from where it starts; memory is bounded to `streamsMax` streams. */
export const createContiguityCheck = (sql: Database, streamsMax = 50_000): ContiguityCheck => {
  const lastOf = new LRUCache<StreamId, Seen>({ max: streamsMax });

  // Where a stream was last seen too long ago, its version before is looked up: it must exist, and stand before.
  const lookUp = async (wanted: ReadonlyMap<StreamId, number>): Promise<Map<StreamId, Seen>> => {
    const rows = await sql<SeenRow[]>`
      select event.stream_id, event.version, event.incarnation, event.transaction_id, event.position
      from unnest(${[...wanted.keys()]}::text[], ${[...wanted.values()]}::int[]) as wanted (stream_id, version)
      join es.events as event on event.stream_id = wanted.stream_id and event.version = wanted.version`;
    return new Map(
      rows.map(({ stream_id, version, incarnation, transaction_id, position }) => [
        stream_id,
        { version, at: { incarnation, transactionId: Number(transaction_id), position } },
      ]),
    );
  };

  const check: ContiguityCheck['check'] = async (events) => {
    const wanted = new Map<StreamId, number>();
    const first = new Set<StreamId>();
    for (const { streamId, version } of events) {
      if (first.has(streamId)) continue;
      first.add(streamId);
      if (version > 1 && !lastOf.has(streamId)) wanted.set(streamId, version - 1);
    }
    // Copied, since a read of more streams than the cache holds would push its own entries out.
    const seen = wanted.size > 0 ? await lookUp(wanted) : new Map<StreamId, Seen>();
    for (const { streamId, version, at } of events) {
      const last = seen.get(streamId) ?? lastOf.get(streamId) ?? { version: 0, at };
      const follows = last.version === version - 1 && (version === 1 || comparePositions(last.at, at) < 0);
      if (!follows) {
        throw new EventStoreError(
          'Gap',
          `${streamId} version ${version} at ${formatPosition(at)} does not follow version ${last.version} ` +
            `at ${formatPosition(last.at)}: the store's order is broken. Nothing more is read.`,
        );
      }
      seen.set(streamId, { version, at });
    }
    for (const { streamId } of events) {
      const last = seen.get(streamId);
      if (last) lastOf.set(streamId, last);
    }
  };

  return { check };
};
