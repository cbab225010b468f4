import type { Database } from '#db/clients.ts';
import { formatPosition, type StorePosition } from '#domain/shared/store-position.ts';
import type { Fold, LogFold } from '#server/projections/define-projection.ts';
import type { Delta, FoldedBatch, Poison, Row } from './fold-batch.ts';
import type { Lease } from './leases.ts';
import { aggregateColumns, type ProjectionTarget } from './projection-target.ts';
import {
  addSql,
  columnsOf,
  deleteOthersSql,
  deleteSql,
  encodeRows,
  insertSql,
  keyColumn,
  upsertSql,
  type WriteSql,
} from './table-sql.ts';

/** The lease has gone to another, or the rows were changed behind this holder's back: nothing was written. */
export class LeaseLost extends Error {
  constructor({ consumer, version }: Lease, at: StorePosition) {
    super(`The lease of ${consumer} v${version} is lost at ${formatPosition(at)}; nothing was written.`);
    this.name = 'LeaseLost';
  }
}

export type FoldResult = { readonly fold: Fold; readonly folded: FoldedBatch };

export type BatchWrite = {
  readonly target: ProjectionTarget;
  readonly lease: Lease;
  /** Where the checkpoint must stand, and where it goes. */
  readonly from: StorePosition;
  readonly to: StorePosition;
  readonly eventCount: number;
  readonly results: readonly FoldResult[];
  /** The source that is folded again: its rows stand in the logs already. */
  readonly refolded?: string;
  /** Source keys that no longer wait, by fold. */
  readonly unpark?: readonly { readonly fold: string; readonly sourceKey: string }[];
  /** Requests in read.refolds that are done with. */
  readonly refoldsDone?: readonly number[];
};

type Parameter = string | number | readonly string[] | readonly number[];

const parkColumns = columnsOf({
  projection: 'text',
  version: 'int',
  fold: 'text',
  sourceKey: 'text',
  eventId: 'uuid',
  eventType: 'text',
  incarnation: 'int',
  transactionId: 'bigint',
  position: 'bigint',
  error: 'text',
});

const movedGuard = 'exists (select from write0)';

/** Builds one statement: a list of writes that all hang on the first, the checkpoint's. */
const createStatement = () => {
  const parameters: Parameter[] = [];
  const writes: string[] = [];
  const parameter = (value: Parameter): string => `$${parameters.push(value)}`;
  return {
    parameter,
    write: (sql: string) => void writes.push(sql),
    writeInto: (into: string, value: Parameter, sqlOf: (write: WriteSql) => string) =>
      void writes.push(sqlOf({ into, parameter: parameter(value), guard: movedGuard })),
    parameters,
    text: (moved: string) => {
      const parts = [moved, ...writes].map((sql, nth) => `write${nth} as (${sql} returning 1)`);
      // Looked at by the server's clock, after all is written: here the event loop may be busy when the answer comes.
      const written = parts.map((_, nth) => `(select count(*) from write${nth})`).join(' + ');
      return `with ${parts.join(', ')}
       select (select count(*) from write0)::int as moved, case when ${written} >= 0
         then extract(epoch from clock_timestamp() - statement_timestamp())::float8 * 1000 end as ms`;
    },
  };
};
type Statement = ReturnType<typeof createStatement>;

const moveCheckpoint = (statement: Statement, { lease, from, to, eventCount }: BatchWrite): string => {
  const value = statement.parameter;
  // Token and position stand in the row itself, so that a concurrent takeover is seen on its newest version.
  return `update read.checkpoints set
      incarnation = ${value(to.incarnation)}::int, transaction_id = ${value(to.transactionId)}::bigint,
      position = ${value(to.position)}::bigint, events = events + ${value(eventCount)}::int, moved_at = clock_timestamp(),
      lease_expires_at = clock_timestamp() + ${value(lease.ttlMs)}::int * interval '1 millisecond'
    where consumer = ${value(lease.consumer)} and version = ${value(lease.version)}::int
      and lease_token = ${value(lease.token)}::bigint
      and (incarnation, transaction_id, position) = (${value(from.incarnation)}::int,
        ${value(from.transactionId)}::bigint, ${value(from.position)}::bigint)`;
};

const addDeltas = (statement: Statement, target: ProjectionTarget, fold: Fold, deltas: readonly Delta[]): void => {
  if (fold.form === 'log') return;
  for (const aggregate of fold.aggregates) {
    const rows = deltas.filter(({ table }) => table === aggregate.name).map(({ row }) => row);
    if (rows.length === 0) continue;
    const columns = columnsOf(aggregateColumns(aggregate));
    statement.writeInto(target.tableNamed(aggregate.name), encodeRows(columns, rows), (write) =>
      addSql(columns, Object.keys(aggregate.key), write),
    );
  }
};

const addLog = (statement: Statement, write: BatchWrite, fold: LogFold, inserts: readonly Row[]): void => {
  const columns = columnsOf(fold.table.columns);
  const into = write.target.tableNamed(fold.table.name);
  if (write.refolded !== undefined && fold.owner !== null) {
    // Not what stands and stays: a row can't be deleted and inserted by one statement.
    const kept = statement.parameter(encodeRows(columns, inserts));
    const source = statement.parameter(write.refolded);
    statement.write(deleteOthersSql(fold.table, fold.owner, { into, parameter: kept, guard: movedGuard }, source));
  }
  if (inserts.length === 0) return;
  statement.writeInto(into, encodeRows(columns, inserts), (insert) => {
    if (fold.owner !== null) return `${insertSql(columns, insert)} on conflict do nothing`;
    return write.refolded === undefined ? insertSql(columns, insert) : upsertSql(columns, fold.table.key, insert);
  });
};

const addRows = (statement: Statement, write: BatchWrite, { fold, folded }: FoldResult): void => {
  const columns = columnsOf(fold.table.columns);
  const into = write.target.tableNamed(fold.table.name);
  if (fold.form === 'log') {
    addLog(statement, write, fold, folded.inserts);
    return;
  }
  const upserts = folded.changes.flatMap(({ after }) => (after ? [after] : []));
  if (upserts.length > 0)
    statement.writeInto(into, encodeRows(columns, upserts), (upsert) => upsertSql(columns, fold.table.key, upsert));
  const deletes = folded.changes.flatMap(({ key, after }) => (after ? [] : [key]));
  if (deletes.length > 0) {
    keyColumn(fold.table);
    statement.writeInto(into, deletes, (remove) => deleteSql(fold.table, remove));
  }
  addDeltas(statement, write.target, fold, folded.deltas);
};

const addParked = (statement: Statement, { target, results }: BatchWrite): void => {
  const poison = results.flatMap(({ folded }) => folded.poison);
  if (poison.length === 0) return;
  const rows = poison.map(({ fold, sourceKey, event, error }: Poison) => ({
    projection: target.consumer,
    version: target.projection.version,
    fold,
    sourceKey,
    eventId: event.eventId,
    eventType: event.event.type,
    ...event.at,
    error: error.slice(0, 2_000),
  }));
  statement.writeInto('read.parked as parked', encodeRows(parkColumns, rows), (write) => {
    const insert = upsertSql(parkColumns, ['projection', 'version', 'fold', 'sourceKey'], write);
    return `${insert}, attempts = parked.attempts + 1`;
  });
};

const addHousekeeping = (statement: Statement, { target, unpark, refoldsDone }: BatchWrite): void => {
  const value = statement.parameter;
  if (unpark && unpark.length > 0) {
    const folds = value(unpark.map(({ fold }) => fold));
    const keys = value(unpark.map(({ sourceKey }) => sourceKey));
    statement.write(`delete from read.parked using unnest(${folds}::text[], ${keys}::text[]) as freed (fold, source_key)
      where parked.projection = ${value(target.consumer)} and parked.version = ${value(target.projection.version)}::int
        and parked.fold = freed.fold and parked.source_key = freed.source_key and ${movedGuard}`);
  }
  if (refoldsDone && refoldsDone.length > 0)
    statement.write(
      `delete from read.refolds where refold_id = any (${value(refoldsDone)}::bigint[]) and ${movedGuard}`,
    );
};

/**
 * Writes a folded batch and moves the checkpoint, in one statement and one short transaction: all or nothing. Returns how
 * long the server took, in ms: so long it held the horizon back. Throws `LeaseLost` when the lease, or the place of the
 * checkpoint, is no longer what the holder thinks.
 */
export const writeBatch = async (sql: Database, write: BatchWrite): Promise<number> => {
  const statement = createStatement();
  const moved = moveCheckpoint(statement, write);
  for (const result of write.results) addRows(statement, write, result);
  addParked(statement, write);
  addHousekeeping(statement, write);
  const [row] = await sql.unsafe<{ moved: number; ms: number }[]>(
    statement.text(moved),
    statement.parameters as string[],
    {
      prepare: true,
    },
  );
  if (row?.moved !== 1) throw new LeaseLost(write.lease, write.from);
  return row.ms;
};
