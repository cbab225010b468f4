import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import { ordersRemembered } from './memory-room.ts';
import { createRecent, type Recent } from './recent.ts';

type Recorded = RecordedEvent<DomainEvent>;
type Versions = Readonly<Record<string, number>>;

/** Up to which version of each of its streams the processes have heard of an order. Of some orders only: the newest. */
export type HeardVersions = Pick<Recent<unknown>, 'clear' | 'letGo'> & {
  /** Takes in what the feed gives, in its order. An order is known from its first event on. */
  follow(events: readonly Recorded[]): void;
  isKnown(orderKey: string): boolean;
  /** Whether whoever saw an order at these versions had seen all that was heard of it, and nothing else. */
  isUpTo(orderKey: string, versions: Versions): boolean;
  forget(orderKey: string): void;
};

export const createHeardVersions = (): HeardVersions => {
  const orders = createRecent<Map<string, number>>({ room: ordersRemembered });

  const versionsOf = ({ orderKey, event, version }: Recorded): Map<string, number> | undefined => {
    if (orderKey === null) return undefined;
    const known = orders.get(orderKey);
    if (known || event.type !== 'OrderPlaced' || version !== 1) return known;
    const born = new Map<string, number>();
    orders.set(orderKey, born);
    return born;
  };

  return {
    follow: (events) => {
      for (const recorded of events) {
        const { streamId, version } = recorded;
        const versions = versionsOf(recorded);
        if (versions && version > (versions.get(streamId) ?? 0)) versions.set(streamId, version);
      }
    },
    isKnown: (orderKey) => orders.get(orderKey) !== undefined,
    isUpTo: (orderKey, versions) => {
      const heard = orders.get(orderKey);
      const streams = Object.entries(versions);
      return heard?.size === streams.length && streams.every(([streamId, version]) => heard.get(streamId) === version);
    },
    forget: orders.delete,
    clear: orders.clear,
    letGo: orders.letGo,
  };
};
