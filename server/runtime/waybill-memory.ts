import type { DomainEvent, WaybillEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import { beginning, type StorePosition } from '#domain/shared/store-position.ts';
import { blankWaybill, evolve, type Waybill } from '#domain/waybill/state.ts';
import { ordersRemembered } from './memory-room.ts';
import { createRecent, type Recent } from './recent.ts';

type Recorded = RecordedEvent<DomainEvent>;

/** An order as of its last event that is known, with all streams under its key. */
export type KnownWaybill = { readonly waybill: Waybill; readonly readTo: StorePosition };

/**
 * Orders as they were a moment ago, for whoever decides on the same one again and again: a worker reads an order five
 * times on its way to the door. What is remembered may be behind; an append on it is then a conflict, and the order is
 * read again. Never a source of what is shown.
 */
export type WaybillMemory = Pick<Recent<KnownWaybill>, 'get' | 'letGo'> & {
  keep(orderKey: string, known: KnownWaybill): void;
  forget(orderKey: string): void;
  /** Takes in events in the store's order. An order that is new is known from its first event on; others aren't read. */
  follow(events: readonly Recorded[]): void;
};

const isWaybillEvent = (recorded: Recorded): recorded is RecordedEvent<WaybillEvent> =>
  recorded.streamType !== 'inventory';

const unread: KnownWaybill = { waybill: blankWaybill, readTo: beginning };

/** Undefined where an event in between is missing. */
const advance = (known: KnownWaybill, recorded: RecordedEvent<WaybillEvent>): KnownWaybill | undefined => {
  const version = known.waybill.versions[recorded.streamId] ?? 0;
  if (recorded.version <= version) return known;
  if (recorded.version > version + 1) return undefined;
  return { waybill: evolve(known.waybill, recorded.event), readTo: recorded.at };
};

/** `known` after these events of its order, as far as it doesn't know them yet; undefined where one is missing. */
export const advanced = (known: KnownWaybill, events: readonly Recorded[]): KnownWaybill | undefined =>
  events
    .filter(isWaybillEvent)
    .reduce<KnownWaybill | undefined>((state, recorded) => state && advance(state, recorded), known);

/** What was read of one order, whole. */
export const knownFrom = (recorded: readonly Recorded[]): KnownWaybill => advanced(unread, recorded) ?? unread;

/**
 * None that was not in use for two minutes: a store that was restored meanwhile may count the
 * same versions again, and a person who was erased must not stay in memory.
 */
export const createWaybillMemory = (): WaybillMemory => {
  const orders = createRecent<KnownWaybill>({ room: ordersRemembered });
  return {
    get: orders.get,
    keep: orders.set,
    forget: orders.delete,
    letGo: orders.letGo,
    follow: (events) => {
      for (const recorded of events) {
        if (recorded.orderKey === null || !isWaybillEvent(recorded)) continue;
        const isBirth = recorded.event.type === 'OrderPlaced' && recorded.version === 1;
        const known = orders.get(recorded.orderKey) ?? (isBirth ? unread : undefined);
        if (!known) continue;
        // What can't be read can't be remembered; whoever needs the order reads it, and says so.
        const isReadable = !('unreadable' in recorded && recorded.unreadable !== undefined);
        const next = isReadable ? advance(known, recorded) : undefined;
        if (next) orders.set(recorded.orderKey, next);
        else orders.delete(recorded.orderKey);
      }
    },
  };
};
