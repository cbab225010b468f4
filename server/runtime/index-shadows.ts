import type { Database } from '#db/clients.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { liveTarget, shadowTarget, tablesOf } from './projection-target.ts';

type Index = { readonly definition: string; readonly is_primary: boolean };

const signOfLifeEveryMs = 500;

/** Waits for a statement that may take long, with signs of life meanwhile; cancels it when one of those throws. */
const stayAliveDuring = async (
  statement: PromiseLike<unknown> & { cancel(): void },
  signOfLife: () => Promise<void>,
): Promise<void> => {
  let over = false;
  const ended = Promise.resolve(statement).finally(() => {
    over = true;
  });
  try {
    while (!over) {
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([ended, new Promise((resolve) => (timer = setTimeout(resolve, signOfLifeEveryMs)))]);
      clearTimeout(timer);
      if (!over) await signOfLife();
    }
  } catch (error) {
    if (!over) statement.cancel();
    await ended.catch(() => undefined); // that it was canceled
    throw error;
  }
};

export type ShadowTable = { readonly projection: Projection; readonly name: string };

/** The shadows of projections, the largest first: begun last, its indexes would be built alone at the end. */
export const shadowsBySize = async (sql: Database, projections: readonly Projection[]): Promise<ShadowTable[]> => {
  const tables = projections.flatMap((projection) => tablesOf(projection).map((name) => ({ projection, name })));
  const shadows = tables.map(({ projection, name }) => shadowTarget(projection).tableNamed(name));
  const rows = await sql<{ size: string }[]>`
    select pg_table_size(shadow::regclass) as size from unnest(${shadows}::text[]) with ordinality as given (shadow, nth)
    order by nth`;
  return tables
    .map((table, nth) => ({ ...table, size: Number(rows[nth]?.size) }))
    .toSorted((one, other) => other.size - one.size);
};

/**
 * Gives a shadow the indexes of its live table, once it is full: sorting is a third of the work of inserting row by row
 * (measured). Concurrently, since that reads and sorts without a transaction id, so that the horizon moves on.
 */
export const indexShadow = async (
  sql: Database,
  { projection, name }: ShadowTable,
  signOfLife: () => Promise<void>,
): Promise<void> => {
  const [live, table] = [liveTarget(projection).tableNamed(name), shadowTarget(projection).tableNamed(name)];
  const connection = await sql.reserve();
  try {
    // An index of millions of rows is one transaction, which holds nothing back.
    await connection`set transaction_timeout = 0`;
    // Of a worker that was killed nothing builds on: whoever begins anew drops the table.
    await connection`set client_connection_check_interval = '500ms'`;
    const indexes = await connection<Index[]>`
      select pg_get_indexdef(indexrelid) as definition, indisprimary as is_primary from pg_index
      where indrelid = ${live}::regclass order by indisprimary desc, indexrelid`;
    for (const { definition, is_primary } of indexes) {
      // Without a name: the database finds one that is free.
      const build = definition.replace(/^CREATE (UNIQUE )?INDEX \S+ ON \S+/, `create $1index concurrently on ${table}`);
      await stayAliveDuring(connection.unsafe(build), signOfLife);
      if (!is_primary) continue;
      const [made] = await connection<{ name: string }[]>`
        select relname as name from pg_index join pg_class on pg_class.oid = indexrelid
        where indrelid = ${table}::regclass`;
      await connection.unsafe(`alter table ${table} add primary key using index ${made?.name}`);
    }
  } finally {
    // Where the connection is lost, so are its settings, and what lost it has been thrown.
    await connection`reset transaction_timeout`.catch(() => undefined);
    await connection`reset client_connection_check_interval`.catch(() => undefined);
    connection.release();
  }
};
