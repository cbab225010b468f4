import type { z } from 'zod';
import type { StreamType } from '../shared/ids.ts';
import { personalPathsOf } from './personal-paths.ts';
import type { Upcasters } from './upcasters.ts';

export type EventTypeEntry = {
  readonly aggregate: StreamType;
  /** The version that is written; older ones are upcast when read. */
  readonly schemaVersion: number;
  /** Of `data`: the event without its `type`. */
  readonly schema: z.ZodType;
  /** Where the personal fields are, such as `['shipTo', 'recipient']`. */
  readonly personalPaths: readonly (readonly string[])[];
};

export type EventData = Readonly<Record<string, unknown>>;

export type Registry = {
  readonly eventTypes: ReadonlyMap<string, EventTypeEntry>;
  /** Lifts data of any published version to the current one. Throws on a type or version that is not known. */
  readonly upcast: (type: string, schemaVersion: number, data: EventData) => EventData & { readonly type: string };
};

/** A registry of these events' current schemas, by aggregate and type; each upcaster of a type raises its version. */
export const createRegistry = (
  schemas: Readonly<Partial<Record<StreamType, Readonly<Record<string, z.ZodType>>>>>,
  upcasters: Upcasters,
): Registry => {
  const entries = Object.entries(schemas).flatMap(([aggregate, ofAggregate]) =>
    Object.entries(ofAggregate).map(([type, schema]): [string, EventTypeEntry] => [
      type,
      {
        aggregate: aggregate as StreamType,
        schema,
        schemaVersion: 1 + (upcasters[type]?.length ?? 0),
        personalPaths: personalPathsOf(schema),
      },
    ]),
  );
  const eventTypes = new Map(entries);

  const upcast = (type: string, schemaVersion: number, data: EventData) => {
    const entry = eventTypes.get(type);
    if (!entry) throw new Error(`No event type ${type} is registered`);
    if (schemaVersion < 1 || schemaVersion > entry.schemaVersion)
      throw new Error(`${type} version ${schemaVersion} is not known; this release reads 1 to ${entry.schemaVersion}`);
    let lifted = data;
    for (const lift of (upcasters[type] ?? []).slice(schemaVersion - 1)) lifted = lift(lifted);
    // A hot read only upcasts: the data were validated when they were written.
    return { ...lifted, type };
  };

  return { eventTypes, upcast };
};
