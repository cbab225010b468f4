import { LRUCache } from 'lru-cache';
import type { DomainEvent } from '#domain/events/registry.ts';
import { registryVersion } from '#domain/events/registry.ts';
import { allLines } from '#domain/inventory/by-line.ts';
import { decide, type InventoryCommand, type InventoryRejection } from '#domain/inventory/decide.ts';
import type { InventoryEvent } from '#domain/inventory/events.ts';
import { evolve } from '#domain/inventory/evolve.ts';
import { type Inventory, inventoryFoldVersion, untracked } from '#domain/inventory/state.ts';
import { fold } from '#domain/shared/decider.ts';
import type { Actor, Origin, RecordedEvent } from '#domain/shared/envelope.ts';
import type { StreamId } from '#domain/shared/ids.ts';
import { beginning, formatPosition, type StorePosition } from '#domain/shared/store-position.ts';
import type { AppendCommand, AppendOutcome, AppendUnit, StoredOutcome } from '#server/event-store/event-store.ts';
import { bodyHmac, type CommandRuntime } from './handle-command.ts';
import type { OnAppended } from './handle-waybill-commands.ts';

export type InventoryRequest = {
  readonly commandId: string;
  readonly actor: Actor;
  readonly body: unknown;
  readonly command: InventoryCommand;
  readonly correlationId?: string;
  readonly causationId?: string | null;
  readonly occurredAt?: string;
  readonly origin?: Origin;
};

export type InventoryOutcome =
  | { readonly status: 'accepted'; readonly events: readonly RecordedEvent<DomainEvent>[]; readonly token: string }
  | { readonly status: 'rejected'; readonly rejection: InventoryRejection; readonly token: string }
  | { readonly status: 'refused'; readonly reason: 'CommandIdReused' };

type Loaded = {
  readonly state: Inventory;
  readonly version: number;
  readonly readTo: StorePosition;
  /** Events beyond the newest snapshot. */
  readonly unsnapped: number;
  /** From so many on, a new one is worth its cost. */
  readonly snapAfter: number;
};

const attemptsMost = 50;
/**
 * As many events as the state had lines, so that what a snapshot costs an event stays the same however many are waiting;
 * a hundred at least. A process that has just started folds the rest of every SKU that is asked for.
 */
const snapAfterLeast = 100;
/** States after our own last appends. The append expects their version, so one that is overtaken can do no harm. */
const remembered = new WeakMap<CommandRuntime['store'], LRUCache<StreamId, Loaded>>();
const rememberedMost = 1_000;
/** A store that was restored meanwhile may count the same versions again; nothing older than this is trusted. */
const rememberedMs = 30_000;
const snapshotTag = { foldVersion: inventoryFoldVersion, registryVersion: String(registryVersion) };

const isInventoryEvent = (event: RecordedEvent<DomainEvent>): event is RecordedEvent<InventoryEvent> =>
  event.streamType === 'inventory';

const memoryOf = ({ store }: CommandRuntime): LRUCache<StreamId, Loaded> => {
  const known = remembered.get(store);
  if (known) return known;
  const memory = new LRUCache<StreamId, Loaded>({ max: rememberedMost, ttl: rememberedMs });
  remembered.set(store, memory);
  return memory;
};

const snapAfterOf = (state: Inventory): number =>
  state.status === 'untracked'
    ? snapAfterLeast
    : Math.max(snapAfterLeast, allLines(state.reservations).length + allLines(state.allocations).length);

const snap = async (runtime: CommandRuntime, streamId: StreamId, loaded: Loaded): Promise<Loaded> => {
  if (loaded.unsnapped < loaded.snapAfter) return loaded;
  const { state, version, readTo } = loaded;
  await runtime.store.writeSnapshot(streamId, snapshotTag, { version, state: { state, readTo } });
  return { ...loaded, unsnapped: 0, snapAfter: snapAfterOf(state) };
};

/** Folds a SKU's stream from its newest snapshot, and leaves a new one when many events came since. */
const load = async (runtime: CommandRuntime, streamId: StreamId): Promise<Loaded> => {
  const snapshot = await runtime.store.readSnapshot<{ state: Inventory; readTo: StorePosition }>(streamId, snapshotTag);
  const recorded = await runtime.store.readStream(streamId, (snapshot?.version ?? 0) + 1);
  const before = snapshot?.state.state ?? untracked;
  const state = fold(
    evolve,
    before,
    recorded.filter(isInventoryEvent).map(({ event }) => event),
  );
  const version = recorded.at(-1)?.version ?? snapshot?.version ?? 0;
  const readTo = recorded.at(-1)?.at ?? snapshot?.state.readTo ?? beginning;
  return snap(runtime, streamId, {
    state,
    version,
    readTo,
    unsnapped: recorded.length,
    snapAfter: snapAfterOf(before),
  });
};

/** What is known after a unit of ours was appended: the state that its last command was decided to leave. */
const after = (before: Loaded, state: Inventory, outcome: Extract<AppendOutcome, { status: 'appended' }>): Loaded => {
  const events = outcome.commands.flatMap((stored) => stored.events);
  const last = events.at(-1);
  if (!last) return before;
  return { ...before, state, version: last.version, readTo: last.at, unsnapped: before.unsnapped + events.length };
};

const commandFor = (
  runtime: CommandRuntime,
  request: InventoryRequest,
  decision: ReturnType<typeof decide>,
): AppendCommand => ({
  commandId: request.commandId,
  actor: request.actor,
  bodyHmac: bodyHmac(runtime.commandHmacKey, request.body),
  correlationId: request.correlationId ?? request.commandId,
  causationId: request.causationId ?? null,
  origin: request.origin ?? 'live',
  occurredAt: request.occurredAt ?? new Date().toISOString(),
  outcome: decision.ok ? { status: 'accepted' } : { status: 'rejected', rejection: decision.rejection },
  events: decision.ok ? decision.events : [],
});

/** Decides many commands against one SKU, each on the state that the one before left: first come, first served. */
const unitFor = (
  runtime: CommandRuntime,
  streamId: StreamId,
  requests: readonly InventoryRequest[],
  loaded: Loaded,
): { readonly unit: AppendUnit; readonly state: Inventory } => {
  let { state } = loaded;
  const commands = requests.map((request) => {
    const decision = decide(request.command, state);
    if (decision.ok) state = fold(evolve, state, decision.events);
    return commandFor(runtime, request, decision);
  });
  return { unit: { expected: [{ streamId, version: loaded.version }], commands, readTo: loaded.readTo }, state };
};

const answer = (stored: StoredOutcome): InventoryOutcome => {
  if (!stored.sameRequest) return { status: 'refused', reason: 'CommandIdReused' };
  const token = formatPosition(stored.token);
  return stored.outcome.status === 'accepted'
    ? { status: 'accepted', events: stored.events, token }
    : { status: 'rejected', rejection: stored.outcome.rejection as InventoryRejection, token };
};

const handleForSku = async (
  runtime: CommandRuntime,
  streamId: StreamId,
  requests: readonly InventoryRequest[],
  onAppended?: OnAppended,
): Promise<Map<string, InventoryOutcome>> => {
  const answers = new Map<string, InventoryOutcome>();
  let waiting = requests;
  for (let attempt = 0; waiting.length > 0; attempt += 1) {
    if (attempt === attemptsMost)
      throw new Error(`${streamId} moved ${attemptsMost} times while commands were decided`);
    const memory = memoryOf(runtime);
    const loaded = memory.get(streamId) ?? (await load(runtime, streamId));
    memory.delete(streamId);
    const { unit, state } = unitFor(runtime, streamId, waiting, loaded);
    const outcome = await runtime.store.appendGrouped(unit);
    if (outcome.status === 'conflict') continue;
    if (outcome.status === 'appended') {
      onAppended?.({ events: outcome.commands.flatMap(({ events }) => events), versionsBefore: null });
      memory.set(streamId, await snap(runtime, streamId, after(loaded, state, outcome)));
    }
    // Redelivered commands have their first answers; the rest of the unit was not written and is decided again.
    for (const stored of outcome.commands) if (stored) answers.set(stored.commandId, answer(stored));
    waiting = waiting.filter(({ commandId }) => !answers.has(commandId));
  }
  return answers;
};

/**
 * Decides and appends commands on stock: those against one SKU together, in their order, in one transaction;
 * different SKUs at once. Answers in the order of the requests. Throws on infrastructure errors only.
 */
export const handleInventoryCommands = async (
  runtime: CommandRuntime,
  requests: readonly InventoryRequest[],
  onAppended?: OnAppended,
): Promise<InventoryOutcome[]> => {
  const bySku = Map.groupBy(requests, ({ command }): StreamId => `inventory-${command.sku}`);
  const answers = await Promise.all(
    [...bySku].map(([streamId, forSku]) => handleForSku(runtime, streamId, forSku, onAppended)),
  );
  const all = new Map(answers.flatMap((some) => [...some]));
  return requests.map(({ commandId }) => {
    const found = all.get(commandId);
    if (!found) throw new Error(`No outcome for command ${commandId}`);
    return found;
  });
};
