import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import { beginning } from '#domain/shared/store-position.ts';
import type { EventStore } from '#server/event-store/event-store.ts';

/** Every event of a store that nobody writes to, decrypted, in store order. Waits until all are below the horizon. */
export const readAllEvents = async (store: EventStore): Promise<RecordedEvent<DomainEvent>[]> => {
  const all: RecordedEvent<DomainEvent>[] = [];
  let after = beginning;
  for (;;) {
    const { events, readTo, more } = await store.readAll(after, 5_000);
    all.push(...events);
    after = readTo;
    if (!more) return all;
  }
};
