import type { Database } from '#db/clients.ts';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import type { StreamId } from '#domain/shared/ids.ts';
import type { Codec, EventRow } from './codec.ts';
import { eventColumns } from './event-columns.ts';

/** The events of one stream from `fromVersion` (1 is the first) to its end, by version. */
export const readStream = async (
  sql: Database,
  codec: Codec,
  streamId: StreamId,
  fromVersion = 1,
): Promise<RecordedEvent<DomainEvent>[]> => {
  const rows = await sql<EventRow[]>`
    select ${sql.unsafe(eventColumns)} from es.events as event
    where stream_id = ${streamId} and version >= ${fromVersion}
    order by version`;
  return codec.decode(rows);
};
