import type { Database } from '#db/clients.ts';
import { eventIdOf } from '#domain/shared/event-id.ts';
import {
  type AppendAnswer,
  type AppendCall,
  buildAppendCall,
  metadataOf,
  readAppendAnswer,
  type UnitResult,
} from './append-call.ts';
import { appendFirst, isFirstOfStream } from './append-first.ts';
import { type AppendOutcome, type AppendUnit, claimsOf, lockKeysOf, type PreparedUnit } from './append-unit.ts';
import type { Codec } from './codec.ts';
import { EventStoreError } from './errors.ts';
import type { IdentityGuard } from './incarnation.ts';
import { readStoredOutcomes } from './stored-outcomes.ts';

/** The most lock keys that one transaction takes: they live in the server's shared lock table. */
export const lockKeysMax = 1_000;

export type Appender = {
  /** Validates, encrypts and finds the lock keys. Throws `EventStoreError` where a unit can't be written at all. */
  prepare(units: readonly AppendUnit[]): Promise<PreparedUnit[]>;
  /**
   * One round trip, one transaction, N units in, N results out. The units' lock keys must differ. With `wait: false`,
   * units whose keys others hold come back `busy`, untouched.
   */
  appendOnce(units: readonly PreparedUnit[], options: { wait: boolean }): Promise<UnitResult[]>;
  /** Reads the first outcomes back for a unit that came back `duplicate`. */
  readDuplicate(unit: AppendUnit): Promise<AppendOutcome>;
  /**
   * Appends every unit whole or not at all, and says what became of each, in order. One round trip where the units'
   * lock keys differ; one more for each time that they share one, and one to read duplicates back.
   */
  append(units: readonly AppendUnit[]): Promise<AppendOutcome[]>;
};

export type AppenderOptions = {
  readonly sql: Database;
  readonly codec: Codec;
  readonly identity: IdentityGuard;
  /** Called after each commit that wrote events. */
  readonly onAppended?: () => void;
};

const serverRestarted = 'WB003';

const sqlState = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;

/** A key that is there already, by the constraint's name. */
const isTaken = (error: unknown, key: 'commands_pkey' | 'events_pkey'): boolean =>
  sqlState(error) === '23505' && (error as { constraint_name?: string }).constraint_name === key;

/** Units that may go in one call: in order, none sharing a lock key or a command id with another. */
export const takeDisjoint = <Unit extends PreparedUnit>(
  units: readonly Unit[],
  taken: Set<string> = new Set(),
  unitsMax = lockKeysMax,
): { group: readonly Unit[]; rest: readonly Unit[] } => {
  if (units.length === 1 && taken.size === 0) return { group: units, rest: [] };
  const group: Unit[] = [];
  const rest: Unit[] = [];
  let keyCount = 0;
  for (const unit of units) {
    const fits = group.length < unitsMax && keyCount + unit.lockKeys.length <= lockKeysMax;
    if (fits && !unit.claims.some((claim) => taken.has(claim))) {
      group.push(unit);
      keyCount += unit.lockKeys.length;
    } else rest.push(unit);
    // Also those that stay behind, so that units on one key keep their order.
    for (const claim of unit.claims) taken.add(claim);
  }
  return { group, rest };
};

export const createAppender = ({ sql, codec, identity, onAppended }: AppenderOptions): Appender => {
  const prepare: Appender['prepare'] = async (units) => {
    const encoded = await codec.encode(
      units.flatMap(({ commands }) =>
        commands.flatMap(({ commandId, events }) =>
          events.map((event, index) => ({ eventId: eventIdOf(commandId, index), event })),
        ),
      ),
    );
    let next = 0;
    return units.map((unit) => {
      const events = unit.commands.map((command) => {
        const from = next;
        next += command.events.length;
        return encoded.slice(from, next);
      });
      const ids =
        unit.commands.length > 1 ? new Set(unit.commands.map(({ commandId }) => commandId.toLowerCase())) : null;
      if (ids && ids.size < unit.commands.length) {
        throw new EventStoreError('CommandTwice', 'The same command id stands twice in one unit.');
      }
      const lockKeys = lockKeysOf(unit, events);
      if (lockKeys.length > lockKeysMax) {
        throw new EventStoreError(
          'TooManyLockKeys',
          `An append takes at most ${lockKeysMax} lock keys, not ${lockKeys.length}.`,
        );
      }
      return { unit, events, lockKeys, claims: claimsOf(unit, lockKeys) };
    });
  };

  /** The statement for a call; one event of one command has a cheaper one. */
  const statementFor = (units: readonly PreparedUnit[], call: AppendCall, start: number, wait: boolean) => {
    const [only] = units;
    const [command] = only?.unit.commands ?? [];
    const [event] = only?.events[0] ?? [];
    const [place] = call.places;
    const isOne = units.length === 1 && call.places.length === 1 && call.keys.length === 1;
    if (!isOne || only?.unit.commands.length !== 1 || !command || !event || !place) return null;
    const { wholeOrder, readTo } = only.unit;
    return sql<{ answer: string }[]>`
      select es.append_one(${start}, ${wait}, ${call.keys[0] ?? ''}, ${call.streams}, ${call.expected},
        ${wholeOrder ?? null}, ${readTo.incarnation}, ${String(readTo.transactionId)}::xid8, ${readTo.position},
        ${command.commandId}, ${command.actor.id}, ${command.actor.role},
        ${command.bodyHmac && Buffer.from(command.bodyHmac)}, ${JSON.stringify(command.outcome)}::text::jsonb,
        ${place.stream + 1}, ${event.eventId}, ${event.type}, ${event.streamType}, ${event.orderKey},
        ${event.schemaVersion}, ${JSON.stringify(event.data)}::text::jsonb,
        ${JSON.stringify(metadataOf(command))}::text::jsonb, ${command.occurredAt}, ${command.origin}) as answer`;
  };

  const ask = async (
    units: readonly PreparedUnit[],
    call: AppendCall,
    { start, wait, careful }: { readonly start: number; readonly wait: boolean; readonly careful: boolean },
  ): Promise<AppendAnswer> => {
    const [row] = await (statementFor(units, call, start, wait) ??
      sql<{ answer: string }[]>`
        select es.append(${start}, ${wait}, ${careful}, ${units.length}, ${call.keys}, ${call.keyUnits},
          ${call.streams}, ${call.expected}, ${call.streamUnits}, ${call.commands()},
          ${call.events()}) as answer`);
    return JSON.parse(row?.answer ?? '') as AppendAnswer;
  };

  const appendOnce: Appender['appendOnce'] = async (units, { wait }) => {
    const call = buildAppendCall(units);
    let isFirst = isFirstOfStream(call);
    // A unit of one command finds out by its insert whether it was stored before.
    let careful = units.some(({ unit }) => unit.commands.length > 1);
    for (let attempt = 1; ; attempt += 1) {
      const known = identity.verifiedStart();
      const start = typeof known === 'number' ? known : await known;
      try {
        const answer = isFirst
          ? await appendFirst(sql, call, { verifiedStart: start, wait })
          : await ask(units, call, { start, wait, careful });
        const results = readAppendAnswer(call, answer);
        if (call.places.length > 0 && results.some(({ status }) => status === 'appended')) onAppended?.();
        return results;
      } catch (error) {
        if (sqlState(error) === serverRestarted) identity.forget();
        else if (isFirst && isTaken(error, 'events_pkey')) isFirst = false;
        else if (!isTaken(error, 'commands_pkey')) throw error;
        else if (units.length === 1 && units[0]?.unit.commands.length === 1) return [{ status: 'duplicate' }];
        else careful = true;
        if (attempt >= 5) throw error;
      }
    }
  };

  const readDuplicate: Appender['readDuplicate'] = async ({ commands }) => {
    const stored = await readStoredOutcomes(sql, codec, commands);
    return { status: 'duplicate', commands: stored };
  };

  const append: Appender['append'] = async (units) => {
    const prepared = (await prepare(units)).map((unit, index) => ({ ...unit, index }));
    const outcomes: AppendOutcome[] = [];
    const duplicates: number[] = [];
    let waiting: readonly (PreparedUnit & { readonly index: number })[] = prepared;
    while (waiting.length > 0) {
      const { group, rest } = takeDisjoint(waiting);
      const results = await appendOnce(group, { wait: true });
      for (const [nth, { index }] of group.entries()) {
        const result = results[nth];
        if (!result || result.status === 'busy') throw new Error('es.append waited, yet a unit came back busy');
        if (result.status === 'duplicate') duplicates.push(index);
        else outcomes[index] = result;
      }
      waiting = rest;
    }
    if (duplicates.length === 0) return outcomes;
    await Promise.all(
      duplicates.map(async (index) => {
        const unit = units[index];
        if (unit) outcomes[index] = await readDuplicate(unit);
      }),
    );
    return outcomes;
  };

  return { prepare, appendOnce, readDuplicate, append };
};
