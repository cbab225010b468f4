import { type DomainEvent, streamOf } from '#domain/events/registry.ts';
import { fold } from '#domain/shared/decider.ts';
import type { Actor, RecordedEvent } from '#domain/shared/envelope.ts';
import type { StreamId } from '#domain/shared/ids.ts';
import { comparePositions } from '#domain/shared/store-position.ts';
import { decide, type WaybillCommand } from '#domain/waybill/decide.ts';
import { evolve, type Waybill } from '#domain/waybill/state.ts';
import { EventStoreError, isOfTheCommand } from '#server/event-store/errors.ts';
import type { AppendCommand, AppendUnit, CommandOutcome } from '#server/event-store/event-store.ts';
import type { CommandRuntime } from './handle-command.ts';
import { advanced, type KnownWaybill, knownFrom } from './waybill-memory.ts';

/** A command of the house itself: a process, a timer, the gateway's webhook. */
export type SystemRequest = {
  /** uuidv5: the same id again returns the first outcome. */
  readonly commandId: string;
  readonly actor: Actor;
  readonly orderKey: string;
  /** Made from what the order is now; null when there is nothing left to do, and then nothing is stored. */
  readonly command: (waybill: Waybill) => WaybillCommand | null;
  readonly correlationId: string;
  readonly causationId: string | null;
};

export type SystemOutcome =
  | CommandOutcome
  | { readonly status: 'moot' }
  /** Its events can't be stored: a bug, or a stream that is another order's. Trying again at once won't mend it. */
  | { readonly status: 'failed'; readonly error: EventStoreError };

/** What commands have just led to; never what they had led to before. */
export type Appended = {
  readonly events: readonly RecordedEvent<DomainEvent>[];
  /** The versions of all streams of the order at that moment, without these events; null of stock. */
  readonly versionsBefore: Waybill['versions'] | null;
};

export type OnAppended = (appended: Appended) => void;

const attemptsMost = 50;

/** Decides the commands of one order one after the other, each on what the one before left, for one atomic append. */
const unitFor = (
  orderKey: string,
  requests: readonly SystemRequest[],
  { waybill: before, readTo }: KnownWaybill,
): { readonly unit: AppendUnit; readonly moot: readonly string[] } => {
  const moot: string[] = [];
  const written = new Set<StreamId>([`order-${orderKey}`]);
  let waybill = before;
  const commands = requests.flatMap((request): AppendCommand[] => {
    const command = request.command(waybill);
    if (!command) {
      moot.push(request.commandId);
      return [];
    }
    const decision = decide(command, waybill);
    const events = decision.ok ? decision.events : [];
    waybill = fold(evolve, waybill, events);
    for (const event of events) written.add(streamOf(event).streamId);
    const { commandId, actor, correlationId, causationId } = request;
    return [
      {
        commandId,
        actor,
        bodyHmac: null,
        correlationId,
        causationId,
        origin: 'live',
        occurredAt: new Date().toISOString(),
        outcome: decision.ok ? { status: 'accepted' } : { status: 'rejected', rejection: decision.rejection },
        events,
      },
    ];
  });
  const unit: AppendUnit = {
    expected: [...written].map((streamId) => ({ streamId, version: before.versions[streamId] ?? 0 })),
    commands,
    readTo,
    // Streams born since the read are nobody's expectation. Before the order itself there can be none.
    ...(before.order.status === 'absent' ? {} : { wholeOrder: orderKey }),
  };
  return { unit, moot };
};

/** Of this order alone: whoever feeds the processes parks it, and goes on with the others. */
const unsettled = (orderKey: string, what: string): EventStoreError =>
  new EventStoreError('Unsettled', `Order ${orderKey} ${what}.`);

const handleForOrder = async (
  { store, waybills }: CommandRuntime,
  orderKey: string,
  requests: readonly SystemRequest[],
  first: KnownWaybill & { readonly isRemembered: boolean },
  onAppended?: OnAppended,
): Promise<Map<string, SystemOutcome>> => {
  const answers = new Map<string, SystemOutcome>();
  let known: KnownWaybill = first;
  let isRemembered = first.isRemembered;
  for (let attempt = 0; attempt < attemptsMost; attempt += 1) {
    const waiting = requests.filter(({ commandId }) => !answers.has(commandId));
    if (waiting.length === 0) return answers;
    const { unit, moot } = unitFor(orderKey, waiting, known);
    if (isRemembered && unit.commands.length < waiting.length) {
      // No append will say whether what was remembered still holds: that nothing is left to do takes a look.
      isRemembered = false;
      known = knownFrom(await store.readOrder(orderKey));
      continue;
    }
    const areMoot = () => {
      for (const commandId of moot) answers.set(commandId, { status: 'moot' });
    };
    if (unit.commands.length === 0) {
      areMoot();
      return answers;
    }
    const outcome = await store.appendGrouped(unit);
    // Nothing was left to do after what the others in the unit do: true only when they did it.
    if (outcome.status === 'appended') areMoot();
    if (outcome.status !== 'conflict')
      for (const stored of outcome.commands) if (stored) answers.set(stored.commandId, stored.outcome);
    if (outcome.status === 'appended') {
      const events = outcome.commands.flatMap((stored) => stored.events);
      onAppended?.({ events, versionsBefore: known.waybill.versions });
      const after = advanced(known, events);
      if (after) waybills?.keep(orderKey, after);
      continue;
    }
    // A conflict and a duplicate both mean that the order has moved; what a redelivered command led to stands. Who moved
    // it is often another part of this worker, and then it is known already how.
    const newer = outcome.status === 'conflict' ? waybills?.get(orderKey) : undefined;
    if (newer && comparePositions(newer.readTo, known.readTo) > 0) {
      known = newer;
      isRemembered = true;
      continue;
    }
    waybills?.forget(orderKey);
    const again = knownFrom(await store.readOrder(orderKey));
    const hasMoved = isRemembered || comparePositions(again.readTo, known.readTo) !== 0;
    // What stands in the way is not under its key: a stream that it would begin is another order's.
    if (outcome.status === 'conflict' && !hasMoved) throw unsettled(orderKey, 'is refused what it was read to allow');
    isRemembered = false;
    known = again;
  }
  throw unsettled(orderKey, `moved ${attemptsMost} times while commands were decided`);
};

/**
 * Decides and appends many commands at once: all orders that are not in memory are read in one round trip, the
 * commands of one order go in one unit, and the units are committed in groups. Answers in the order of the requests.
 * Throws on infrastructure errors only; all of it may then be given again.
 */
export const handleWaybillCommands = async (
  runtime: CommandRuntime,
  requests: readonly SystemRequest[],
  onAppended?: OnAppended,
): Promise<SystemOutcome[]> => {
  if (requests.length === 0) return [];
  const byOrder = Map.groupBy(requests, ({ orderKey }) => orderKey);
  const remembered = new Map([...byOrder.keys()].map((orderKey) => [orderKey, runtime.waybills?.get(orderKey)]));
  const unknown = [...remembered].filter(([, known]) => !known).map(([orderKey]) => orderKey);
  const recorded = unknown.length === 0 ? new Map() : await runtime.store.readOrders(unknown);
  const answers = await Promise.all(
    [...byOrder].map(async ([orderKey, some]): Promise<Map<string, SystemOutcome>> => {
      try {
        const kept = remembered.get(orderKey);
        const known = kept ?? knownFrom(recorded.get(orderKey) ?? []);
        const first = { ...known, isRemembered: kept !== undefined };
        return await handleForOrder(runtime, orderKey, some, first, onAppended);
      } catch (error) {
        if (!isOfTheCommand(error)) throw error;
        return new Map(some.map(({ commandId }) => [commandId, { status: 'failed', error }]));
      }
    }),
  );
  const all = new Map(answers.flatMap((some) => [...some]));
  return requests.map(({ commandId }) => {
    const found = all.get(commandId);
    if (!found) throw new Error(`No outcome for command ${commandId}`);
    return found;
  });
};
