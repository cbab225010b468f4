import type { Database } from '#db/clients.ts';
import { comparePositions, type StorePosition } from '#domain/shared/store-position.ts';
import { columnName, type Projection } from '#server/projections/define-projection.ts';
import { liveTarget, shadowTarget, tablesOf } from './projection-target.ts';

const unqualified = (table: string): string => table.replace(/^read\./, '');

/** Makes empty tables like the live ones, beside them, without indexes. What an earlier attempt has left is dropped. */
export const createShadows = async (sql: Database, projection: Projection): Promise<void> => {
  const [live, shadow] = [liveTarget(projection), shadowTarget(projection)];
  for (const table of tablesOf(projection)) {
    await sql.unsafe(`drop table if exists ${shadow.tableNamed(table)}`);
    await sql.unsafe(
      `create table ${shadow.tableNamed(table)} (like ${live.tableNamed(table)} including all excluding indexes)`,
    );
    // LIKE leaves out the storage parameters: fillfactor decides whether updates stay HOT.
    const [settings] = await sql<{ options: string[] | null }[]>`
      select reloptions as options from pg_class where oid = ${live.tableNamed(table)}::regclass`;
    if (settings?.options)
      await sql.unsafe(`alter table ${shadow.tableNamed(table)} set (${settings.options.join(', ')})`);
    // And how much of it ANALYZE looks at.
    const targets = await sql<{ name: string; target: number }[]>`
      select quote_ident(attname) as name, attstattarget as target from pg_attribute
      where attrelid = ${live.tableNamed(table)}::regclass and attnum > 0 and attstattarget >= 0`;
    const changes = targets.map(({ name, target }) => `alter column ${name} set statistics ${target}`);
    if (changes.length > 0) await sql.unsafe(`alter table ${shadow.tableNamed(table)} ${changes.join(', ')}`);
  }
};

export const dropShadows = async (sql: Database, projection: Projection): Promise<void> => {
  const { consumer, tableNamed } = shadowTarget(projection);
  for (const table of tablesOf(projection)) await sql.unsafe(`drop table if exists ${tableNamed(table)}`);
  await sql`delete from read.parked where projection = ${consumer} and version = ${projection.version}`;
  await sql`delete from read.refolds where projection = ${consumer} and version = ${projection.version}`;
  await sql`delete from read.checkpoints where consumer = ${consumer} and version = ${projection.version}`;
};

export type TableCount = { readonly table: string; readonly live: number; readonly rebuilt: number };
export type Comparison = {
  readonly counts: readonly TableCount[];
  /** Both stood at the same event when they were counted. */
  readonly isExact: boolean;
};

/** Counts the rows of live tables and shadows, with the checkpoints of the same instant. */
export const compareCounts = async (sql: Database, projection: Projection): Promise<Comparison> => {
  const [live, shadow] = [liveTarget(projection), shadowTarget(projection)];
  const tables = tablesOf(projection);
  const aggregates = projection.folds.flatMap((fold) => (fold.form === 'log' ? [] : fold.aggregates));
  // A sum that went back to nothing leaves a row of zeros in the live table alone.
  const counted = (table: string): string => {
    const aggregate = aggregates.find(({ name }) => name === table);
    if (!aggregate) return '';
    return `where ${aggregate.measures.map((measure) => `${columnName(measure)} <> 0`).join(' or ')}`;
  };
  const numbers = tables.flatMap((table, nth) => [
    `(select count(*) from ${live.tableNamed(table)} ${counted(table)}) as live${nth}`,
    `(select count(*) from ${shadow.tableNamed(table)} ${counted(table)}) as rebuilt${nth}`,
  ]);
  const position = (parameter: string) =>
    `(select (incarnation, transaction_id, position) from read.checkpoints where consumer = ${parameter} and version = $3)`;
  const [row] = await sql.unsafe<Record<string, number | boolean | null>[]>(
    `select ${numbers.join(', ')}, ${position('$1')} = ${position('$2')} as is_exact`,
    [live.consumer, shadow.consumer, projection.version],
  );
  return {
    counts: tables.map((table, nth) => ({
      table: unqualified(live.tableNamed(table)),
      live: Number(row?.[`live${nth}`] ?? 0),
      rebuilt: Number(row?.[`rebuilt${nth}`] ?? 0),
    })),
    isExact: row?.is_exact === true,
  };
};

type PositionRow = {
  readonly consumer: string;
  readonly incarnation: number;
  readonly transaction_id: number;
  readonly position: number;
};

const isLockTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && (error.code === '55P03' || error.code === '40P01');

/**
 * Puts the shadows in the place of the live tables, which are dropped. False, and nothing is changed, when a lock was
 * not to be had within `lockTimeoutMs`, or when the shadows are behind the live tables: try again.
 */
export const swapShadows = async (sql: Database, projection: Projection, lockTimeoutMs = 50): Promise<boolean> => {
  const [live, shadow] = [liveTarget(projection), shadowTarget(projection)];
  const tables = tablesOf(projection);
  const retired = (table: string) => `${live.tableNamed(table)}_retired`;
  for (const table of tables) await sql.unsafe(`drop table if exists ${retired(table)}`);
  try {
    const swapped = await sql.begin(async (transaction) => {
      await transaction.unsafe(`set local lock_timeout = ${lockTimeoutMs}`);
      // Tables first, checkpoints after: in the order in which the runner's statement takes its locks.
      await transaction.unsafe(
        `lock table ${tables.flatMap((table) => [live.tableNamed(table), shadow.tableNamed(table)]).join(', ')} in access exclusive mode`,
      );
      const rows = await transaction<PositionRow[]>`
        select consumer, incarnation, transaction_id, position from read.checkpoints
        where consumer in (${live.consumer}, ${shadow.consumer}) and version = ${projection.version}`;
      const at = (consumer: string): StorePosition | null => {
        const row = rows.find((candidate) => candidate.consumer === consumer);
        return row ? { incarnation: row.incarnation, transactionId: row.transaction_id, position: row.position } : null;
      };
      const [liveAt, shadowAt] = [at(live.consumer), at(shadow.consumer)];
      // A checkpoint must never go back: who has read at a token would read less next time.
      if (!shadowAt || (liveAt && comparePositions(shadowAt, liveAt) < 0)) return false;
      for (const table of tables) {
        await transaction.unsafe(
          `alter table ${live.tableNamed(table)} rename to ${unqualified(retired(table))};
           alter table ${shadow.tableNamed(table)} rename to ${unqualified(live.tableNamed(table))}`,
        );
      }
      // The new token shuts out whoever drives the live tables, with the rows that it remembers: it begins anew.
      await transaction`
        insert into read.checkpoints as checkpoint (consumer, version, incarnation, transaction_id, position, lease_token)
        values (${live.consumer}, ${projection.version}, ${shadowAt.incarnation}, ${shadowAt.transactionId},
          ${shadowAt.position}, 1)
        on conflict (consumer, version) do update set incarnation = excluded.incarnation,
          transaction_id = excluded.transaction_id, position = excluded.position,
          moved_at = clock_timestamp(), lease_token = checkpoint.lease_token + 1`;
      await transaction`
        delete from read.parked where projection = ${live.consumer} and version = ${projection.version}`;
      await transaction`
        update read.parked set projection = ${live.consumer}
        where projection = ${shadow.consumer} and version = ${projection.version}`;
      await transaction`
        delete from read.checkpoints where consumer = ${shadow.consumer} and version = ${projection.version}`;
      return true;
    });
    if (!swapped) return false;
  } catch (error) {
    if (isLockTimeout(error)) return false;
    throw error;
  }
  for (const table of tables) await sql.unsafe(`drop table if exists ${retired(table)}`);
  return true;
};
