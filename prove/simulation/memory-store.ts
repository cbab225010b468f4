import { type DomainEvent, eventTypes, streamOf } from '#domain/events/registry.ts';
import type { EventMetadata, RecordedEvent } from '#domain/shared/envelope.ts';
import { eventIdOf } from '#domain/shared/event-id.ts';
import { beginning, comparePositions, type StorePosition } from '#domain/shared/store-position.ts';
import { EventStoreError } from '#server/event-store/errors.ts';
import type {
  AppendCommand,
  AppendOutcome,
  AppendUnit,
  EventStore,
  StoredOutcome,
} from '#server/event-store/event-store.ts';
import type { CommandRequest } from '#server/event-store/stored-outcomes.ts';
import type { Random } from '#server/projections/testing/histories.ts';
import { SimulatedCrash } from './simulation-error.ts';

type Recorded = RecordedEvent<DomainEvent>;

type StoredCommand = {
  readonly actorId: string;
  readonly actorRole: string;
  readonly bodyHmac: string | null;
  readonly stored: Omit<StoredOutcome, 'sameRequest'>;
};

export type MemoryStoreOptions = {
  readonly random: Random;
  readonly now: () => Date;
  /** How often an append fails before it is written, and how often its answer is lost after; 0 to 1 each. */
  readonly faults: () => { readonly beforeAppend: number; readonly afterAppend: number };
  /** Every event, as it is written. */
  readonly onEvent: (recorded: Recorded) => void;
};

export type MemoryStore = EventStore & {
  /** Lets the horizon rise over some of what was written: by `share` of it, 1 for all. */
  raiseHorizon(share: number): void;
  /** All events that are readable, and all that will be, in store order. */
  readonly log: () => readonly Recorded[];
  readonly hidden: () => number;
};

const hmacText = (hmac: Uint8Array | null): string | null => hmac && Buffer.from(hmac).toString('hex');

/**
 * An event store in memory with the contract of the real one (design, section 3): expected versions, a whole order
 * read, exactly-once by command id, order by transaction id, and a horizon below which events become readable later
 * and in batches. Events of different keys that wait above the horizon take any order among themselves, as the
 * transactions of different connections do; those of one key keep theirs, and what follows from an event follows it.
 */
export const createMemoryStore = ({ random, now, faults, onEvent }: MemoryStoreOptions): MemoryStore => {
  const streams = new Map<string, Recorded[]>();
  const orders = new Map<string, Recorded[]>();
  const commands = new Map<string, StoredCommand>();
  const lastTransactionOf = new Map<string, number>();
  const takenTransactions = new Set<number>();
  const transactionOfEvent = new Map<string, number>();
  const written: Recorded[] = [];
  let sorted = true;
  let horizon = 1;
  let highest = 1;
  let position = 0;

  const log = (): readonly Recorded[] => {
    if (!sorted) written.sort((a, b) => comparePositions(a.at, b.at));
    sorted = true;
    return written;
  };

  const newTransaction = (keys: ReadonlySet<string>, causes: readonly (string | null)[]): number => {
    const before = [...keys].map((key) => lastTransactionOf.get(key) ?? 0);
    // Begun when its cause was known, so committed: it has a later id.
    for (const cause of causes) before.push(transactionOfEvent.get(cause ?? '') ?? 0);
    let transaction = Math.max(horizon, ...before.map((id) => id + 1));
    transaction += random.int(6);
    while (takenTransactions.has(transaction)) transaction += 1;
    takenTransactions.add(transaction);
    highest = Math.max(highest, transaction);
    for (const key of keys) lastTransactionOf.set(key, transaction);
    return transaction;
  };

  const storedFor = (request: CommandRequest): StoredOutcome | null => {
    const known = commands.get(request.commandId.toLowerCase());
    if (!known) return null;
    const sameRequest =
      known.actorId === request.actor.id &&
      known.actorRole === request.actor.role &&
      known.bodyHmac === hmacText(request.bodyHmac);
    return { ...known.stored, commandId: request.commandId, sameRequest };
  };

  const lockKeys = (unit: AppendUnit): Set<string> => {
    const keys = new Set<string>();
    for (const command of unit.commands)
      for (const event of command.events) {
        const { orderKey, streamId } = streamOf(event);
        keys.add(orderKey ?? streamId);
      }
    for (const { streamId } of unit.expected) {
      if (streamId.startsWith('order-')) keys.add(streamId.slice('order-'.length));
      else if (streamId.startsWith('inventory-')) keys.add(streamId);
    }
    return keys;
  };

  const conflictOf = (unit: AppendUnit): AppendOutcome | null => {
    for (const { streamId, version } of unit.expected) {
      const actual = streams.get(streamId)?.length ?? 0;
      if (version !== 'any' && version !== actual) return { status: 'conflict', streamId, expected: version, actual };
    }
    if (unit.wholeOrder === undefined) return null;
    const last = orders.get(unit.wholeOrder)?.at(-1);
    return last && comparePositions(last.at, unit.readTo) > 0
      ? { status: 'conflict', orderKey: unit.wholeOrder }
      : null;
  };

  const checkEvent = ({ type, ...data }: DomainEvent): void => {
    const entry = eventTypes.get(type);
    if (!entry) throw new EventStoreError('UnknownEventType', type);
    const parsed = entry.schema.safeParse(data);
    if (!parsed.success) throw new EventStoreError('InvalidEvent', `${type}: ${parsed.error.message}`);
  };

  const write = (command: AppendCommand, transactionId: number): Recorded[] => {
    const { commandId, actor, correlationId, causationId, origin } = command;
    const metadata: EventMetadata = { actor, commandId, correlationId, causationId };
    // The handlers read the machine's clock; here time is virtual.
    const at = now().toISOString();
    return command.events.map((event, index) => {
      position += 1;
      const ref = streamOf(event);
      const stream = streams.get(ref.streamId) ?? [];
      const recorded: Recorded = {
        eventId: eventIdOf(commandId, index),
        at: { incarnation: 1, transactionId, position },
        ...ref,
        version: stream.length + 1,
        event,
        metadata,
        occurredAt: at,
        recordedAt: at,
        origin,
      };
      stream.push(recorded);
      streams.set(ref.streamId, stream);
      if (ref.orderKey !== null) {
        const order = orders.get(ref.orderKey) ?? [];
        order.push(recorded);
        orders.set(ref.orderKey, order);
      }
      written.push(recorded);
      transactionOfEvent.set(recorded.eventId, transactionId);
      sorted = false;
      return recorded;
    });
  };

  const appendUnit = (unit: AppendUnit): AppendOutcome => {
    const ids = unit.commands.map(({ commandId }) => commandId.toLowerCase());
    if (new Set(ids).size < ids.length) throw new EventStoreError('CommandTwice', 'Twice in one unit');
    for (const command of unit.commands) command.events.forEach(checkEvent);
    if (ids.some((id) => commands.has(id)))
      return { status: 'duplicate', commands: unit.commands.map((command) => storedFor(command)) };
    const conflict = conflictOf(unit);
    if (conflict) return conflict;
    const causes = unit.commands.map(({ causationId }) => causationId);
    const transactionId = newTransaction(lockKeys(unit), causes);
    const stored = unit.commands.map((command): StoredOutcome => {
      const events = write(command, transactionId);
      const last = events.at(-1)?.at ?? beginning;
      const token = comparePositions(last, unit.readTo) >= 0 ? last : unit.readTo;
      const { commandId, actor, outcome } = command;
      const kept = { commandId, outcome: structuredClone(outcome), token, events };
      commands.set(commandId.toLowerCase(), {
        actorId: actor.id,
        actorRole: actor.role,
        bodyHmac: hmacText(command.bodyHmac),
        stored: kept,
      });
      return { ...kept, sameRequest: true };
    });
    for (const { events } of stored) events.forEach(onEvent);
    return { status: 'appended', commands: stored };
  };

  const faulty = (unit: AppendUnit): AppendOutcome => {
    const { beforeAppend, afterAppend } = faults();
    if (beforeAppend > 0 && random.chance(beforeAppend)) throw new SimulatedCrash('cut before the append');
    const outcome = appendUnit(unit);
    if (afterAppend > 0 && random.chance(afterAppend)) throw new SimulatedCrash('cut after the append');
    return outcome;
  };

  const readable = (after: StorePosition, limit: number): Recorded[] => {
    const all = log();
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = all[middle]?.at;
      if (at && comparePositions(at, after) <= 0) low = middle + 1;
      else high = middle;
    }
    const some: Recorded[] = [];
    for (let index = low; index < all.length && some.length < limit; index += 1) {
      const recorded = all[index];
      if (!recorded || recorded.at.transactionId >= horizon) break;
      some.push(recorded);
    }
    return some;
  };

  const hidden = (): Recorded[] => written.filter(({ at }) => at.transactionId >= horizon);

  return {
    append: async (units) => units.map(faulty),
    appendGrouped: async (unit) => faulty(unit),
    readOutcomes: async (requests) => requests.map(storedFor),
    readStream: async (streamId, fromVersion = 1) => (streams.get(streamId) ?? []).slice(fromVersion - 1),
    readOrder: async (orderKey) => [...(orders.get(orderKey) ?? [])],
    readOrders: async (orderKeys) =>
      new Map(orderKeys.flatMap((key) => (orders.has(key) ? [[key, [...(orders.get(key) ?? [])]] as const] : []))),
    readAll: async (after, limit) => {
      const events = readable(after, limit);
      const more = events.length === limit;
      const edge = { incarnation: 1, transactionId: horizon, position: 0 };
      return { events, more, readTo: more ? (events.at(-1)?.at ?? edge) : edge };
    },
    head: async () => log().at(-1)?.at ?? beginning,
    readTokenStatus: () => Promise.reject(new Error('Nobody asks for tokens in the simulation')),
    // As good as a store whose snapshots were all void.
    readSnapshot: async () => null,
    writeSnapshot: async () => undefined,
    raiseHorizon: (share) => {
      if (share >= 1) {
        horizon = highest + 1;
        return;
      }
      const waiting = [...new Set(hidden().map(({ at }) => at.transactionId))].sort((a, b) => a - b);
      const next = waiting[Math.ceil(waiting.length * share)];
      horizon = next ?? highest + 1;
    },
    log,
    hidden: () => hidden().length,
  };
};
