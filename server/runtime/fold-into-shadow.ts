import type { Database } from '#db/clients.ts';
import { joinRows } from '#db/separated-text.ts';
import { type Fold, type RowFold, sourceKeyOf } from '#server/projections/define-projection.ts';
import { type Barred, type Delta, deltasOf, foldBatch, type Poison, type Row } from './fold-batch.ts';
import { aggregateColumns, type ProjectionTarget } from './projection-target.ts';
import type { FedEvent } from './read-safely.ts';
import { columnsOf, encodeRows, insertSql, type TableColumns } from './table-sql.ts';

/** How many chunks may wait for the one that is being inserted: beyond it the scan waits too. */
const chunksWaiting = 4;

/** Rows that wait, as text: as objects they were most of what outlived a collection of the nursery, and was copied there. */
type Part = { readonly text: string; readonly rows: number };

/**
 * Gathers rows and inserts them in chunks, each a statement and a transaction of its own, sized so that none takes
 * long. Not COPY: its transaction has an xid while it waits for the client, whose event loop is busy folding; measured,
 * that held the horizon back for 1.7 s on a loaded machine. Here all has arrived before the statement begins.
 */
const createInserter = (sql: Database, into: string, columns: TableColumns, msMax: number) => {
  const text = insertSql(columns, { into, parameter: '$1', guard: 'true' });
  let parts: Part[] = [];
  let waiting = 0;
  let chunk = 200;
  let draining: Promise<void> = Promise.resolve();

  const insert = async (some: readonly Part[], rows: number): Promise<void> => {
    const began = performance.now();
    await sql.unsafe(text, [joinRows(some.map((part) => part.text))], { prepare: true });
    const ms = performance.now() - began;
    waiting -= rows;
    if (ms > msMax) chunk = Math.max(50, Math.floor(chunk / 2));
    else if (ms < msMax / 2 && rows >= chunk) chunk = Math.min(2_000, chunk * 2);
  };
  const drain = async (least: number): Promise<void> => {
    while (waiting >= least && waiting > 0) {
      let [count, rows] = [0, 0];
      for (; count < parts.length && rows < chunk; count += 1) rows += parts[count]?.rows ?? 0;
      const some = parts.slice(0, count);
      parts = parts.slice(count);
      await insert(some, rows);
    }
  };
  return {
    add: async (more: readonly Row[]): Promise<void> => {
      for (let from = 0; from < more.length; from += chunk) {
        const some = more.slice(from, from + chunk);
        parts.push({ text: encodeRows(columns, some), rows: some.length });
      }
      waiting += more.length;
      // One at a time a table; the next are read and folded while it is on its way.
      draining = draining.then(() => drain(chunk));
      draining.catch(() => undefined);
      if (waiting >= chunksWaiting * chunk) await draining;
    },
    end: async (): Promise<void> => {
      await draining;
      await drain(1);
    },
  };
};

type Sums = Map<string, { readonly table: string; readonly row: Record<string, unknown> }>;

const addTo = (sums: Sums, fold: RowFold, deltas: readonly Delta[]): void => {
  for (const { table, row } of deltas) {
    const aggregate = fold.aggregates.find(({ name }) => name === table);
    if (!aggregate) throw new Error(`${fold.table.name} has no aggregate table ${table}`);
    const id = `${table}\n${Object.keys(aggregate.key)
      .map((key) => row[key])
      .join('\n')}`;
    const sum = sums.get(id) ?? {
      table,
      row: { ...row, ...Object.fromEntries(aggregate.measures.map((m) => [m, 0])) },
    };
    for (const measure of aggregate.measures)
      sum.row[measure] = Number(sum.row[measure] ?? 0) + Number(row[measure] ?? 0);
    sums.set(id, sum);
  }
};

/** Tells whether a row of a log is said for the first time. No index does as yet: the rows of one owner come together. */
const createNewsFilter = (fold: Fold): ((row: Row) => boolean) => {
  if (fold.form !== 'log' || fold.owner === null) return () => true;
  const { owner } = fold;
  let current: unknown;
  const said = new Set<string>();
  return (row) => {
    if (row[owner] !== current) said.clear();
    current = row[owner];
    const text = JSON.stringify(row);
    if (said.has(text)) return false;
    said.add(text);
    return true;
  };
};

/** Folds events that come source by source into one fold's shadow table. Nothing is loaded: each row is made whole. */
const createFoldScan = (
  sql: Database,
  target: ProjectionTarget,
  fold: Fold,
  barred: Barred & { parked: Set<string> },
  msMax: number,
) => {
  const inserter = createInserter(sql, target.tableNamed(fold.table.name), columnsOf(fold.table.columns), msMax);
  const isNews = createNewsFilter(fold);
  const sums: Sums = new Map();
  const poison: Poison[] = [];
  /** Rows of the source that the last page ended in: more of its events may come. */
  let open = new Map<string, Row>();

  const emit = async (rows: readonly Row[]): Promise<void> => {
    if (fold.form === 'aggregate')
      addTo(
        sums,
        fold,
        deltasOf(
          fold,
          rows.map((row) => ({ key: '', before: undefined, after: row })),
        ),
      );
    await inserter.add(rows);
  };

  const keysOf = (of: RowFold, events: readonly FedEvent[], sourceKey: string): Set<string> => {
    const keys = new Set<string>();
    for (const event of events) {
      if (sourceKeyOf(event) !== sourceKey || event.unreadable || barred.parked.has(sourceKey)) continue;
      const key = of.key(event);
      if (key !== null) keys.add(key);
    }
    return keys;
  };

  const page = async (events: readonly FedEvent[], lastSource: string, isContinued: boolean): Promise<void> => {
    const folded = foldBatch(fold, events, (key) => open.get(key), barred);
    for (const one of folded.poison) {
      barred.parked.add(one.sourceKey);
      poison.push(one);
    }
    if (fold.form === 'log') return inserter.add(folded.inserts.filter(isNews));
    const rows = new Map(open);
    for (const { key, after } of folded.changes) {
      if (after) rows.set(key, after);
      else rows.delete(key);
    }
    const unfinished = keysOf(fold, events, lastSource);
    // The page lies within one source: what was open stays so.
    if (isContinued) for (const key of open.keys()) unfinished.add(key);
    const finished: Row[] = [];
    open = new Map();
    for (const [key, row] of rows) {
      if (unfinished.has(key)) open.set(key, row);
      else finished.push(row);
    }
    await emit(finished);
  };

  const end = async (): Promise<void> => {
    await emit([...open.values()]);
    await inserter.end();
    if (fold.form === 'log') return;
    for (const aggregate of fold.aggregates) {
      const columns = columnsOf(aggregateColumns(aggregate));
      const into = createInserter(sql, target.tableNamed(aggregate.name), columns, msMax);
      await into.add([...sums.values()].filter(({ table }) => table === aggregate.name).map(({ row }) => row));
      await into.end();
    }
  };

  return { page, end, poison };
};

export type ShadowScan = {
  /** The next events, source by source. Only those that the projection reads matter. */
  page(events: readonly FedEvent[]): Promise<void>;
  /** Writes what is still open. Returns what could not be folded. */
  end(): Promise<readonly Poison[]>;
};

/** Folds a scan by key into a projection's shadow tables. `skipped`: event ids by fold. */
export const createShadowScan = (
  sql: Database,
  target: ProjectionTarget,
  skipped: ReadonlyMap<string, ReadonlySet<string>>,
  msMax = 30,
): ShadowScan => {
  const scans = target.projection.folds.map((fold) =>
    createFoldScan(sql, target, fold, { parked: new Set(), skipped: skipped.get(fold.table.name) ?? new Set() }, msMax),
  );
  const { reads } = target.projection;
  let openSource: string | null = null;
  return {
    page: async (events) => {
      const [first] = events;
      const last = events.at(-1);
      if (!first || !last) return;
      // A page is all orders or all stock.
      if (reads !== 'all' && (reads === 'orders') !== (first.orderKey !== null)) return;
      const lastSource = sourceKeyOf(last);
      const isContinued = openSource === lastSource && sourceKeyOf(first) === lastSource;
      for (const scan of scans) await scan.page(events, lastSource, isContinued);
      openSource = lastSource;
    },
    end: async () => {
      for (const scan of scans) await scan.end();
      return scans.flatMap(({ poison }) => poison);
    },
  };
};
