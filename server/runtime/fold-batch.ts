import { isDeepStrictEqual } from 'node:util';
import { type Fold, type RowFold, sourceKeyOf, type Table } from '#server/projections/define-projection.ts';
import type { FedEvent } from './read-safely.ts';

export type Row = Readonly<Record<string, unknown>>;

/** An event that a fold could not take. Its order (or inventory stream) waits behind it. */
export type Poison = {
  readonly fold: string;
  readonly sourceKey: string;
  readonly event: FedEvent;
  readonly error: string;
};

/** A row before and after a batch; undefined where there is none. Only rows that changed. */
export type RowChange = { readonly key: string; readonly before: Row | undefined; readonly after: Row | undefined };

/** What is to be added to one row of an aggregate table: its key and measures, together one row. */
export type Delta = { readonly table: string; readonly row: Row };

export type FoldedBatch = {
  readonly changes: readonly RowChange[];
  readonly deltas: readonly Delta[];
  /** Rows of a log. */
  readonly inserts: readonly Row[];
  readonly poison: readonly Poison[];
};

/** Which events a fold leaves alone. */
export type Barred = {
  /** Source keys that wait behind a poison. */
  readonly parked: ReadonlySet<string>;
  /** Event ids that a person decided to leave out. */
  readonly skipped: ReadonlySet<string>;
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const isSameRow = (table: Table, before: Row | undefined, after: Row | undefined): boolean => {
  if (before === after) return true;
  if (!before || !after) return false;
  return Object.keys(table.columns).every((column) => {
    const [a, b] = [before[column] ?? null, after[column] ?? null];
    return a === b || (typeof a === 'object' && typeof b === 'object' && isDeepStrictEqual(a, b));
  });
};

/** What changed rows add to the aggregate tables: the difference of what each contributed before and contributes now. */
export const deltasOf = (fold: RowFold, changes: readonly RowChange[]): Delta[] => {
  if (fold.form === 'row') return [];
  const entries = new Map<string, { table: string; key: Row; measures: Record<string, number> }>();
  const book = (row: Row | undefined, sign: 1 | -1): void => {
    for (const { table, key, measures } of row ? fold.contributions(row) : []) {
      const id = `${table}\n${Object.values(key).join('\n')}`;
      const entry = entries.get(id) ?? { table, key, measures: {} };
      entries.set(id, entry);
      for (const [measure, amount] of Object.entries(measures))
        entry.measures[measure] = (entry.measures[measure] ?? 0) + sign * amount;
    }
  };
  for (const { before, after } of changes) {
    book(before, -1);
    book(after, 1);
  }
  return [...entries.values()]
    .filter(({ measures }) => Object.values(measures).some((amount) => amount !== 0))
    .map(({ table, key, measures }) => ({ table, row: { ...key, ...measures } }));
};

/** The keys whose rows a batch needs, where they can be told. */
export const keysOfBatch = (fold: RowFold, events: readonly FedEvent[], barred: Barred): string[] => {
  const keys = new Set<string>();
  for (const event of events) {
    if (event.unreadable || barred.parked.has(sourceKeyOf(event))) continue;
    try {
      const key = fold.key(event);
      if (key !== null) keys.add(key);
    } catch {
      // Folding it will throw as well, and park it.
    }
  }
  return [...keys];
};

type Run = {
  readonly poison: Poison[];
  /** Calls `work` unless the event's source is barred; what throws is parked. */
  readonly guard: (event: FedEvent, work: () => void) => void;
  /** The same for what comes of a row that earlier events of the batch have made, barred since or not. */
  readonly guardRow: (event: FedEvent, work: () => void) => void;
};

const guarded = (fold: Fold, barred: Barred): Run => {
  const parked = new Set(barred.parked);
  const poison: Poison[] = [];
  const guardRow: Run['guardRow'] = (event, work) => {
    try {
      work();
    } catch (error) {
      const sourceKey = sourceKeyOf(event);
      if (!parked.has(sourceKey)) poison.push({ fold: fold.table.name, sourceKey, event, error: messageOf(error) });
      parked.add(sourceKey);
    }
  };
  const guard: Run['guard'] = (event, work) => {
    if (parked.has(sourceKeyOf(event)) || barred.skipped.has(event.eventId)) return;
    guardRow(event, () => {
      if (event.unreadable) throw new Error(event.unreadable);
      work();
    });
  };
  return { poison, guard, guardRow };
};

const foldRows = (
  fold: RowFold,
  events: readonly FedEvent[],
  rowOf: (key: string) => Row | undefined,
  barred: Barred,
): FoldedBatch => {
  const { poison, guard, guardRow } = guarded(fold, barred);
  const states = new Map<string, { state: Row | undefined; event: FedEvent }>();
  for (const event of events) {
    guard(event, () => {
      const key = fold.key(event);
      if (key === null) return;
      const folded = states.get(key);
      states.set(key, { state: fold.evolve(folded ? folded.state : rowOf(key), event), event });
    });
  }
  const changes: RowChange[] = [];
  for (const [key, { state, event }] of states) {
    const before = rowOf(key);
    if (state === before) continue;
    guardRow(event, () => {
      const after = state && fold.toRow(state);
      if (isSameRow(fold.table, before, after)) return;
      // Tried before it is booked: what throws here must leave no half of a difference.
      if (after && fold.form === 'aggregate') fold.contributions(after);
      changes.push({ key, before, after });
    });
  }
  return { changes, deltas: deltasOf(fold, changes), inserts: [], poison };
};

/** Folds a batch, in order, over the rows as they are. Pure but for calling `rowOf`. */
export const foldBatch = (
  fold: Fold,
  events: readonly FedEvent[],
  rowOf: (key: string) => Row | undefined,
  barred: Barred,
): FoldedBatch => {
  if (fold.form !== 'log') return foldRows(fold, events, rowOf, barred);
  const { poison, guard } = guarded(fold, barred);
  const inserts: Row[] = [];
  for (const event of events) guard(event, () => void inserts.push(...fold.rows(event)));
  return { changes: [], deltas: [], inserts, poison };
};
