import type { KeyObject } from 'node:crypto';
import type { DomainEvent, EventTypeEntry, StreamRef } from '#domain/events/registry.ts';
import type { EventMetadata, Origin, RecordedEvent } from '#domain/shared/envelope.ts';
import type { StreamId, StreamType } from '#domain/shared/ids.ts';
import { erased, isErased } from '#domain/shared/personal.ts';
import { decryptField, encryptField, isPersonalEnvelope, type PersonalEnvelope } from './envelope-crypto.ts';
import { EventStoreError } from './errors.ts';
import { checkIJson } from './i-json.ts';
import { isoInstant } from './iso-instant.ts';
import type { SubjectKey, SubjectKeys } from './subject-keys.ts';

/** What the codec needs of `domain/events/registry.ts`; tests may pass one of their own. */
export type EventRegistry = {
  readonly eventTypes: ReadonlyMap<string, EventTypeEntry>;
  readonly streamOf: (event: DomainEvent) => StreamRef;
  readonly upcast: (type: string, schemaVersion: number, data: Readonly<Record<string, unknown>>) => DomainEvent;
};

type Data = Readonly<Record<string, unknown>>;

/** An event ready for the table. `data` holds envelopes in place of personal fields; `event` is as it will be read. */
export type EncodedEvent = StreamRef & {
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: Data;
  readonly event: DomainEvent;
};

/** A row of es.events, with the store's own columns as the driver gives them. */
export type EventRow = {
  readonly position: number;
  readonly transaction_id: string;
  readonly incarnation: number;
  readonly version: number;
  readonly event_id: string;
  /** As PostgreSQL writes it (`isoInstant`). */
  readonly occurred_at: string;
  readonly recorded_at: string;
  readonly schema_version: number;
  readonly stream_id: StreamId;
  readonly stream_type: StreamType;
  readonly order_key: string | null;
  readonly type: string;
  readonly origin: Origin;
  readonly data: Data;
  readonly metadata: EventMetadata;
};

export type Codec = {
  /** Validates, checks the values and encrypts. Throws `EventStoreError`; nothing is written then. */
  encode(events: readonly { readonly eventId: string; readonly event: DomainEvent }[]): Promise<EncodedEvent[]>;
  /** Decrypts, then upcasts. Fields whose key was destroyed come back as `Erased`. */
  decode(rows: readonly EventRow[]): Promise<RecordedEvent<DomainEvent>[]>;
};

// Copies only what lies on the path.
const replaceAt = (data: Data, path: readonly string[], replace: (value: unknown) => unknown): Data => {
  const [key, ...rest] = path;
  if (key === undefined) return data;
  const value = data[key];
  if (value === undefined || value === null) return data;
  return { ...data, [key]: rest.length === 0 ? replace(value) : replaceAt(value as Data, rest, replace) };
};

type FoundEnvelope = { readonly path: readonly string[]; readonly envelope: PersonalEnvelope };

const findEnvelopes = (value: unknown, path: readonly string[], found: FoundEnvelope[]): FoundEnvelope[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return found;
  if (isPersonalEnvelope(value)) found.push({ path, envelope: value });
  else for (const [key, child] of Object.entries(value)) findEnvelopes(child, [...path, key], found);
  return found;
};

/** The one way between domain events and stored rows (design, section 4). */
export const createCodec = (registry: EventRegistry, keys: SubjectKeys): Codec => {
  const validate = (event: DomainEvent): { readonly entry: EventTypeEntry; readonly data: Data } => {
    const entry = registry.eventTypes.get(event.type);
    if (!entry) throw new EventStoreError('UnknownEventType', `No event type ${event.type} is registered.`);
    const { type, ...given } = event;
    checkIJson(given, type);
    const parsed = entry.schema.safeParse(given);
    if (!parsed.success) {
      // Paths and messages only: values may be personal, and errors are logged.
      const issues = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')}: ${issue.message}`);
      throw new EventStoreError('InvalidEvent', `${type} breaks its schema: ${issues.join('; ')}`);
    }
    return { entry, data: parsed.data as Data };
  };

  const encrypt = (entry: EventTypeEntry, data: Data, eventId: string, subjects: ReadonlyMap<string, SubjectKey>) =>
    entry.personalPaths.reduce(
      (hidden, path) =>
        replaceAt(hidden, path, (value) => {
          if (isErased(value)) return value;
          const subject = subjects.get(data.subjectId as string);
          if (!subject) throw new EventStoreError('KeyMissing', `No key for the subject of event ${eventId}.`);
          return encryptField(subject, value, eventId, path);
        }),
      data,
    );

  const encode: Codec['encode'] = async (events) => {
    const checked = events.map(({ eventId, event }) => ({ eventId, event, ...validate(event) }));
    const subjectIds = checked.flatMap(({ entry, data }) =>
      entry.personalPaths.length > 0 && typeof data.subjectId === 'string' ? [data.subjectId] : [],
    );
    const subjects = subjectIds.length === 0 ? new Map<string, SubjectKey>() : await keys.forWriting(subjectIds);
    return checked.map(({ eventId, event, entry, data }) => ({
      ...registry.streamOf(event),
      eventId,
      type: event.type,
      schemaVersion: entry.schemaVersion,
      data: encrypt(entry, data, eventId, subjects),
      event: { ...data, type: event.type } as DomainEvent,
    }));
  };

  const mayHoldEnvelopes = (row: EventRow): boolean => {
    const entry = registry.eventTypes.get(row.type);
    // An older version may have had its personal fields elsewhere.
    return !entry || entry.personalPaths.length > 0 || entry.schemaVersion !== row.schema_version;
  };

  const decode: Codec['decode'] = async (rows) => {
    const envelopes = rows.map((row) => (mayHoldEnvelopes(row) ? findEnvelopes(row.data, [], []) : []));
    const keyIds = envelopes.flatMap((found) => found.map(({ envelope }) => envelope.keyId));
    const keyOf = keyIds.length === 0 ? new Map<string, KeyObject | null>() : await keys.byId(keyIds);
    return rows.map((row, index) => {
      const data = (envelopes[index] ?? []).reduce((open, { path, envelope }) => {
        const key = keyOf.get(envelope.keyId);
        return replaceAt(open, path, () => (key ? decryptField(key, envelope, row.event_id, path) : erased));
      }, row.data);
      return {
        eventId: row.event_id,
        at: { incarnation: row.incarnation, transactionId: Number(row.transaction_id), position: row.position },
        streamId: row.stream_id,
        streamType: row.stream_type,
        orderKey: row.order_key,
        version: row.version,
        event: registry.upcast(row.type, row.schema_version, data),
        metadata: row.metadata,
        occurredAt: isoInstant(row.occurred_at),
        recordedAt: isoInstant(row.recorded_at),
        origin: row.origin,
      };
    });
  };

  return { encode, decode };
};
