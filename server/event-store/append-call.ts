import { oneByteJson } from '#db/one-byte-json.ts';
import { joinRows, rowOfFields, textField } from '#db/separated-text.ts';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { EventMetadata, RecordedEvent } from '#domain/shared/envelope.ts';
import type { StreamId } from '#domain/shared/ids.ts';
import { beginning, comparePositions, type StorePosition } from '#domain/shared/store-position.ts';
import type { AppendCommand, AppendOutcome, AppendUnit, PreparedUnit, StoredOutcome } from './append-unit.ts';
import type { EncodedEvent } from './codec.ts';

/** One call of es.append (db/migrations/0073-append-separated.sql): what goes in, as parallel lists numbered from 1. */
export type AppendCall = {
  readonly units: readonly PreparedUnit[];
  readonly keys: string[];
  readonly keyUnits: number[];
  readonly streams: StreamId[];
  readonly expected: number[];
  readonly streamUnits: number[];
  /** As rows of text, made when asked for: one event alone goes as scalars. */
  readonly commands: () => string;
  readonly events: () => string;
  /** For each event, in order: its stream (from 0) and its place among the unit's events of that stream (from 1). */
  readonly places: readonly { readonly stream: number; readonly nth: number }[];
};

/**
 * What es.append answers. `b` follows the streams, and `t` too unless it has one stamp for all; `p` follows the events
 * of the units that were appended.
 */
export type AppendAnswer = {
  readonly u: readonly number[];
  readonly i?: number;
  readonly x?: number;
  readonly b?: readonly number[];
  readonly t?: readonly number[];
  readonly p?: readonly number[];
};

export const metadataOf = ({ actor, commandId, correlationId, causationId }: AppendCommand): EventMetadata => ({
  actor: { id: actor.id, role: actor.role },
  commandId,
  correlationId,
  causationId,
});

type GivenCommand = { readonly unitNumber: number; readonly unit: AppendUnit; readonly command: AppendCommand };

/** By id, as uuids sort: rivals for the same ids under other keys wait for each other in one order. */
const commandRows = (given: readonly GivenCommand[]): string[] =>
  given
    .map(({ unitNumber, unit: { readTo, wholeOrder }, command }) => {
      const id = command.commandId.toLowerCase();
      const row = rowOfFields([
        unitNumber,
        textField(id),
        readTo.incarnation,
        readTo.transactionId,
        readTo.position,
        textField(command.actor.id),
        textField(command.actor.role),
        command.bodyHmac ? `\\x${Buffer.from(command.bodyHmac).toString('hex')}` : null,
        oneByteJson(command.outcome),
        wholeOrder === undefined ? null : textField(wholeOrder),
      ]);
      return { id, row };
    })
    .toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .map(({ row }) => row);

type GivenEvent = {
  readonly unitNumber: number;
  readonly stream: number;
  readonly nth: number;
  readonly event: EncodedEvent;
  readonly command: AppendCommand;
};

const eventRows = (given: readonly GivenEvent[]): string[] => {
  let last: AppendCommand | null = null;
  let metadata = '';
  return given.map(({ unitNumber, stream, nth, event, command }) => {
    if (command !== last) metadata = oneByteJson(metadataOf(command));
    last = command;
    return rowOfFields([
      unitNumber,
      stream,
      nth,
      textField(event.eventId),
      textField(event.type),
      textField(event.streamType),
      event.orderKey === null ? null : textField(event.orderKey),
      event.schemaVersion,
      oneByteJson(event.data),
      metadata,
      textField(command.occurredAt),
      textField(command.origin),
    ]);
  });
};

export const buildAppendCall = (units: readonly PreparedUnit[]): AppendCall => {
  const keys: string[] = [];
  const keyUnits: number[] = [];
  const streams: StreamId[] = [];
  const expected: number[] = [];
  const streamUnits: number[] = [];
  const commands: GivenCommand[] = [];
  const events: GivenEvent[] = [];
  const places: { stream: number; nth: number }[] = [];

  for (const [index, { unit, events: eventsOf, lockKeys }] of units.entries()) {
    const unitNumber = index + 1;
    for (const key of lockKeys) {
      keys.push(key);
      keyUnits.push(unitNumber);
    }
    const numberOf = new Map<StreamId, number>();
    const addStream = (streamId: StreamId, version: number | 'any'): number => {
      const known = numberOf.get(streamId);
      if (known !== undefined) return known;
      streams.push(streamId);
      expected.push(version === 'any' ? -1 : version);
      streamUnits.push(unitNumber);
      numberOf.set(streamId, streams.length);
      return streams.length;
    };
    for (const { streamId, version } of unit.expected) addStream(streamId, version);
    const countOf = new Map<number, number>();
    for (const [commandIndex, command] of unit.commands.entries()) {
      for (const event of eventsOf[commandIndex] ?? []) {
        const stream = addStream(event.streamId, 'any');
        const nth = (countOf.get(stream) ?? 0) + 1;
        countOf.set(stream, nth);
        places.push({ stream: stream - 1, nth });
        events.push({ unitNumber, stream, nth, event, command });
      }
      commands.push({ unitNumber, unit, command });
    }
  }
  return {
    units,
    keys,
    keyUnits,
    streams,
    expected,
    streamUnits,
    commands: () => joinRows(commandRows(commands)),
    events: () => joinRows(eventRows(events)),
    places,
  };
};

const recordedEvent = (
  encoded: EncodedEvent,
  command: AppendCommand,
  metadata: EventMetadata,
  at: StorePosition,
  version: number,
  recordedAt: string,
): RecordedEvent<DomainEvent> => ({
  eventId: encoded.eventId,
  at,
  streamId: encoded.streamId,
  streamType: encoded.streamType,
  orderKey: encoded.orderKey,
  version,
  event: encoded.event,
  metadata,
  occurredAt: new Date(command.occurredAt).toISOString(),
  recordedAt,
  origin: command.origin,
});

/** The token of a command: its last event, or what was read where that stands later. */
export const tokenOf = (events: readonly RecordedEvent[], readTo: StorePosition): StorePosition => {
  const last = events.at(-1)?.at ?? beginning;
  return comparePositions(last, readTo) >= 0 ? last : readTo;
};

/** What became of one unit: 'duplicate' is still to be read back, 'busy' to be tried again. */
export type UnitResult = Exclude<AppendOutcome, { status: 'duplicate' }> | { status: 'duplicate' } | { status: 'busy' };

const conflictOf = (call: AppendCall, unitNumber: number, base: readonly number[]): UnitResult => {
  for (const [index, streamId] of call.streams.entries()) {
    if (call.streamUnits[index] !== unitNumber) continue;
    const expected = call.expected[index] ?? -1;
    const actual = base[index] ?? 0;
    if (expected >= 0 && expected !== actual) return { status: 'conflict', streamId, expected, actual };
  }
  const orderKey = call.units[unitNumber - 1]?.unit.wholeOrder;
  if (orderKey === undefined) throw new Error('es.append reported a conflict that its versions do not show');
  return { status: 'conflict', orderKey };
};

/** Reads the answer of es.append: one result per unit, in order. */
export const readAppendAnswer = (call: AppendCall, answer: AppendAnswer): UnitResult[] => {
  const { i: incarnation = 0, x: transactionId = 0, b: base = [], t: stamps = [] } = answer;
  // They were handed out in the order of the events, so they rise; SQL promises no order of what it returns.
  const positions = answer.p?.toSorted((a, b) => a - b) ?? [];
  if (!Number.isSafeInteger(transactionId)) throw new RangeError(`Transaction id ${transactionId} is not safe.`);
  let eventIndex = 0;
  let positionIndex = 0;
  return call.units.map(({ unit, events: eventsOf }, index): UnitResult => {
    const status = answer.u[index];
    if (status !== 0) {
      for (const events of eventsOf) eventIndex += events.length;
      if (status === 1) return { status: 'duplicate' };
      if (status === 3) return { status: 'busy' };
      return conflictOf(call, index + 1, base);
    }
    const commands = unit.commands.map((command, commandIndex): StoredOutcome => {
      const metadata = metadataOf(command);
      const events = (eventsOf[commandIndex] ?? []).map((encoded) => {
        const place = call.places[eventIndex];
        const position = positions[positionIndex];
        if (!place || position === undefined) throw new Error('es.append answered with too few positions');
        eventIndex += 1;
        positionIndex += 1;
        const recordedAt = new Date(stamps[place.stream] ?? stamps[0] ?? 0).toISOString();
        const version = (base[place.stream] ?? 0) + place.nth;
        return recordedEvent(encoded, command, metadata, { incarnation, transactionId, position }, version, recordedAt);
      });
      const { commandId, outcome } = command;
      return { commandId, outcome, token: tokenOf(events, unit.readTo), events, sameRequest: true };
    });
    return { status: 'appended', commands };
  });
};
