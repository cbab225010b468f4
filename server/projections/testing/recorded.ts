import { streamOf } from '#domain/events/registry.ts';
import type { StreamId } from '#domain/shared/ids.ts';
import type { ReadEvent } from '../define-projection.ts';
import { idOf, type TimedEvent } from './histories.ts';

/** Events as a reader gets them, as if each had been appended by a transaction of its own. */
export const recorded = (events: readonly TimedEvent[]): ReadEvent[] => {
  const versions = new Map<StreamId, number>();
  return events.map(({ event, occurredAt }, nth) => {
    const stream = streamOf(event);
    const version = (versions.get(stream.streamId) ?? 0) + 1;
    versions.set(stream.streamId, version);
    const commandId = idOf(`command ${nth} ${stream.streamId}`);
    return {
      ...stream,
      eventId: idOf(`event ${nth} ${stream.streamId}`),
      at: { incarnation: 1, transactionId: 1_000 + nth, position: nth + 1 },
      version,
      event,
      metadata: { actor: { id: 'rui', role: 'warehouse' }, commandId, correlationId: commandId, causationId: null },
      occurredAt,
      recordedAt: occurredAt,
      origin: 'live',
    };
  });
};
