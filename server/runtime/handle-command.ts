import { createHmac, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { DomainEvent, WaybillEvent } from '#domain/events/registry.ts';
import { streamOf } from '#domain/events/registry.ts';
import { fold } from '#domain/shared/decider.ts';
import type { Actor, Origin, RecordedEvent } from '#domain/shared/envelope.ts';
import { eventIdOf } from '#domain/shared/event-id.ts';
import type { StreamId } from '#domain/shared/ids.ts';
import { beginning, formatPosition, type StorePosition } from '#domain/shared/store-position.ts';
import { conflictsWith } from '#domain/waybill/conflicts.ts';
import { decide, type WaybillCommand, type WaybillDecision, type WaybillRejection } from '#domain/waybill/decide.ts';
import { blankWaybill, evolve, type Waybill } from '#domain/waybill/state.ts';
import type { AppendUnit, EventStore, StoredOutcome } from '#server/event-store/event-store.ts';
import type { WaybillMemory } from './waybill-memory.ts';

/** What a handler needs of the runtime. */
export type CommandRuntime = {
  readonly store: EventStore;
  /** Keys the HMAC of the client's body; 32 bytes. */
  readonly commandHmacKey: KeyObject;
  /** Where whoever decides follows the events too: orders as they last were, which spares reading them. */
  readonly waybills?: WaybillMemory;
};

export type WaybillRequest = {
  /** Made by the client (uuidv7), or derived by a process (uuidv5). The same id again returns the first outcome. */
  readonly commandId: string;
  readonly actor: Actor;
  /** What the client sent, for the HMAC; null where a process acts. */
  readonly body: unknown;
  readonly orderKey: string;
  readonly command: WaybillCommand;
  readonly correlationId?: string;
  readonly causationId?: string | null;
  /** The versions that the person looked at; absent where nobody looked. */
  readonly decidedOn?: Readonly<Record<StreamId, number>>;
  /** Business time; now by default. */
  readonly occurredAt?: string;
  readonly origin?: Origin;
};

export type WaybillOutcome =
  | { readonly status: 'accepted'; readonly events: readonly RecordedEvent<DomainEvent>[]; readonly token: string }
  | { readonly status: 'rejected'; readonly rejection: WaybillRejection; readonly token: string }
  /** Somebody changed what this command declares to conflict with; `events` is what they did. */
  | { readonly status: 'conflict'; readonly events: readonly RecordedEvent<DomainEvent>[]; readonly token: string }
  /** The id was used before, for another body or by another actor; or the change's own id was, for another change. */
  | { readonly status: 'refused'; readonly reason: 'CommandIdReused' };

/** A busy order may move between reading and appending; past this many times something is wrong. */
const attemptsMost = 50;

const isWaybillEvent = (event: RecordedEvent<DomainEvent>): event is RecordedEvent<WaybillEvent> =>
  event.streamType !== 'inventory';

/** An order with its payments and fulfillments, as its events have made it. */
export const foldWaybill = (events: readonly RecordedEvent<DomainEvent>[]): Waybill =>
  fold(
    evolve,
    blankWaybill,
    events.filter(isWaybillEvent).map((recorded) => recorded.event),
  );

/** The HMAC under which a client's body is remembered (never the body itself). Null for processes. */
export const bodyHmac = (key: KeyObject, body: unknown): Uint8Array | null =>
  body === null || body === undefined
    ? null
    : createHmac('sha256', key)
        .update(canonicalize(body) ?? '')
        .digest();

/** By the version of each stream that a person looked at: what they had seen, and what others did since. */
export const partedBy = (
  recorded: readonly RecordedEvent<DomainEvent>[],
  decidedOn: Readonly<Record<StreamId, number>>,
) => {
  const isSeen = ({ streamId, version }: RecordedEvent<DomainEvent>) => version <= (decidedOn[streamId] ?? 0);
  return { seen: recorded.filter(isSeen), since: recorded.filter((event) => !isSeen(event)) };
};

/** Whether what happened since hinders the command: a declared event, or a decision that comes out differently. */
const isConflict = (
  command: WaybillCommand,
  since: readonly RecordedEvent<DomainEvent>[],
  seen: readonly RecordedEvent<DomainEvent>[],
  decision: WaybillDecision,
): boolean => {
  if (since.length === 0) return false;
  const declared: readonly string[] = conflictsWith[command.type];
  if (since.some(({ event }) => declared.includes(event.type))) return true;
  // Who says to have seen a payment but not its order has seen no state that ever was.
  if (!seen.some(({ streamType }) => streamType === 'order')) return true;
  return canonicalize(decide(command, foldWaybill(seen))) !== canonicalize(decision);
};

const unitFor = (
  request: WaybillRequest,
  hmac: Uint8Array | null,
  waybill: Waybill,
  decision: WaybillDecision,
  readTo: StorePosition,
): AppendUnit => {
  const events: readonly DomainEvent[] = decision.ok ? decision.events : [];
  const written = new Set(events.map((event) => streamOf(event).streamId));
  // A no-op and a rejection are true of the version that they were decided on, so they expect the order's too.
  written.add(`order-${request.orderKey}`);
  return {
    expected: [...written].map((streamId) => ({ streamId, version: waybill.versions[streamId] ?? 0 })),
    commands: [
      {
        commandId: request.commandId,
        actor: request.actor,
        bodyHmac: hmac,
        correlationId: request.correlationId ?? request.commandId,
        causationId: request.causationId ?? null,
        origin: request.origin ?? 'live',
        occurredAt: request.occurredAt ?? new Date().toISOString(),
        outcome: decision.ok ? { status: 'accepted' } : { status: 'rejected', rejection: decision.rejection },
        events,
      },
    ],
    readTo,
    // Streams born since the read are nobody's expectation. Before the order itself there can be none.
    ...(waybill.order.status === 'absent' ? {} : { wholeOrder: request.orderKey }),
  };
};

const answer = (stored: StoredOutcome): WaybillOutcome => {
  if (!stored.sameRequest) return { status: 'refused', reason: 'CommandIdReused' };
  const token = formatPosition(stored.token);
  return stored.outcome.status === 'accepted'
    ? { status: 'accepted', events: stored.events, token }
    : { status: 'rejected', rejection: stored.outcome.rejection as WaybillRejection, token };
};

const firstAnswer = async (runtime: CommandRuntime, request: WaybillRequest, hmac: Uint8Array | null) => {
  const [stored] = await runtime.store.readOutcomes([
    { commandId: request.commandId, actor: request.actor, bodyHmac: hmac },
  ]);
  return stored ? answer(stored) : null;
};

/**
 * Whether the client gave this change an id that the order knows from an earlier one: payments, refunds and parcels are
 * derived from it, and would be those of the other change. The state forgets amendments that are over; events don't.
 */
const isIdTaken = (
  command: WaybillCommand,
  recorded: readonly RecordedEvent<DomainEvent>[],
  { order, payments }: Waybill,
): boolean => {
  if (command.type === 'CancelLines') {
    const refundId = eventIdOf(command.cancellationId, 0);
    return Object.values(payments).some(({ refunds }) => refunds[refundId] !== undefined);
  }
  if (command.type !== 'RequestAmendment') return false;
  const { amendmentId } = command;
  // The same again while it waits is a no-op, and the decider's to say.
  if (order.status !== 'absent' && order.amendment?.amendmentId === amendmentId) return false;
  return recorded.some(({ event }) => event.type === 'AmendmentRequested' && event.amendmentId === amendmentId);
};

/**
 * Decides a command on the newest state of its order and appends what it led to, exactly once per command id.
 * Decides again when the order moved meanwhile. Throws on infrastructure errors only.
 */
export const handleWaybillCommand = async (
  runtime: CommandRuntime,
  request: WaybillRequest,
): Promise<WaybillOutcome> => {
  const hmac = bodyHmac(runtime.commandHmacKey, request.body);
  for (let attempt = 0; attempt < attemptsMost; attempt += 1) {
    // A new order has nothing to read, and the append finds out if that is not so.
    const isNew = request.command.type === 'PlaceOrder' && attempt === 0;
    const recorded = isNew ? [] : await runtime.store.readOrder(request.orderKey);
    const waybill = foldWaybill(recorded);
    if (isIdTaken(request.command, recorded, waybill)) {
      const first = await firstAnswer(runtime, request, hmac);
      return first ?? { status: 'refused', reason: 'CommandIdReused' };
    }
    const decision = decide(request.command, waybill);
    const readTo = recorded.at(-1)?.at ?? beginning;
    if (request.decidedOn) {
      const { seen, since } = partedBy(recorded, request.decidedOn);
      if (isConflict(request.command, since, seen, decision)) {
        // Our own first try may be what moved the order: then its answer stands.
        const first = await firstAnswer(runtime, request, hmac);
        return first ?? { status: 'conflict', events: since, token: formatPosition(readTo) };
      }
    }
    const outcome = await runtime.store.appendGrouped(unitFor(request, hmac, waybill, decision, readTo));
    if (outcome.status === 'conflict') continue;
    const [stored] = outcome.commands;
    if (!stored) throw new Error(`The store answered without an outcome for command ${request.commandId}`);
    return answer(stored);
  }
  throw new Error(`Order ${request.orderKey} moved ${attemptsMost} times while a command was decided`);
};
