import { z } from 'zod';
import type { EventTypeEntry } from './create-registry.ts';

/** One published version of one event type. */
export type LockedVersion = {
  readonly aggregate: string;
  /** Personal fields are stored encrypted, so what is personal is part of the published shape. */
  readonly personalPaths: readonly (readonly string[])[];
  readonly jsonSchema: unknown;
};
/** By `<type>@<version>`: every version that was ever published. */
export type RegistryLock = Readonly<Record<string, LockedVersion>>;

type EventTypes = ReadonlyMap<string, EventTypeEntry>;

const keyOf = (type: string, schemaVersion: number): string => `${type}@${schemaVersion}`;
const isSame = (a: LockedVersion | undefined, b: LockedVersion): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The versions that are written today. */
export const currentVersions = (eventTypes: EventTypes): RegistryLock =>
  Object.fromEntries(
    [...eventTypes].map(([type, { aggregate, personalPaths, schemaVersion, schema }]) => [
      keyOf(type, schemaVersion),
      { aggregate, personalPaths, jsonSchema: z.toJSONSchema(schema) },
    ]),
  );

/** The lock with today's new versions added. What is locked already stays as it is: history is not rewritten. */
export const lockWith = (lock: RegistryLock, eventTypes: EventTypes): RegistryLock =>
  Object.fromEntries(
    Object.entries({ ...currentVersions(eventTypes), ...lock }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

/** What is wrong between the registry and its lock, in words that say what to do; empty when all is well. */
export const lockProblems = (lock: RegistryLock, eventTypes: EventTypes): string[] => {
  const altered = Object.entries(currentVersions(eventTypes)).flatMap(([key, version]) => {
    if (!(key in lock)) return [`${key} is not locked yet: run npm run registry:lock.`];
    if (isSame(lock[key], version)) return [];
    return [
      `${key} was published with another shape, and events of it may be stored. Put the old shape back, or add an ` +
        `upcaster to domain/events/upcasters.ts, which makes this the next version; then run npm run registry:lock.`,
    ];
  });
  const lost = Object.keys(lock).flatMap((key) => {
    const [type = '', version] = key.split('@');
    const entry = eventTypes.get(type);
    if (!entry) return [`${type} is gone, but events of it may be stored: keep its schema and its fold.`];
    if (Number(version) > entry.schemaVersion)
      return [`${key} was published, but its upcaster is gone: put it back in domain/events/upcasters.ts.`];
    return [];
  });
  const skipped = [...eventTypes].flatMap(([type, { schemaVersion }]) =>
    Array.from({ length: schemaVersion - 1 }, (_, index) => keyOf(type, index + 1))
      .filter((key) => !(key in lock))
      .map((key) => `${key} is missing from the lock: versions are locked one by one.`),
  );
  return [...altered, ...lost, ...skipped];
};
