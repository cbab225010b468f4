import type { Database } from '#db/clients.ts';

/** A table as a backup sees it. Names are quoted where SQL needs it. */
export type TableShape = {
  /** With its schema: `es.events`. */
  readonly name: string;
  readonly columns: readonly string[];
  /** What its rows are ordered by, so that equal rows have equal hashes wherever they lie. */
  readonly orderBy: readonly string[];
};

type Row = TableShape & { readonly references: readonly string[] };

// Everything that is ours lies in schemas of our own; public holds the list of migrations, which the manifest has.
const ourSchemas = `nspname not in ('public', 'information_schema') and nspname !~ '^pg_'`;

/** Tables that a rebuild of the read side makes in passing: it begins anew wherever the backup is restored. */
const passing = '_(rebuild|retired)$';

const parentsFirst = (rows: readonly Row[]): TableShape[] => {
  const placed = new Set<string>();
  const sorted: TableShape[] = [];
  let waiting = [...rows];
  while (waiting.length > 0) {
    const ready = waiting.filter(({ references }) => references.every((name) => placed.has(name)));
    if (ready.length === 0) throw new Error(`Foreign keys in a circle: ${waiting.map(({ name }) => name).join(', ')}`);
    for (const { name, columns, orderBy } of ready) {
      placed.add(name);
      sorted.push({ name, columns, orderBy });
    }
    waiting = waiting.filter(({ name }) => !placed.has(name));
  }
  return sorted;
};

/** All tables that a backup holds, those that others refer to first. */
export const listTables = async (sql: Database): Promise<TableShape[]> => {
  const rows = await sql.unsafe<Row[]>(`
    select format('%I.%I', nspname, relname) as name,
      array(select quote_ident(attname) from pg_attribute
            where attrelid = class.oid and attnum > 0 and not attisdropped and attgenerated = ''
            order by attnum) as columns,
      case when format('%I.%I', nspname, relname) = 'es.events'
        then '{incarnation,transaction_id,position}'
        -- By bytes: two clusters may sort words differently.
        else coalesce(
          (select array_agg(quote_ident(attname) || case when attcollation = 0 then '' else ' collate "C"' end order by nth)
           from pg_index, unnest(indkey) with ordinality as key (attnum, nth)
           join pg_attribute as attribute on attribute.attnum = key.attnum
           where indrelid = class.oid and indisprimary and attrelid = class.oid),
          array['"row"::text collate "C"'])
      end as "orderBy",
      array(select distinct format('%I.%I', target_schema.nspname, target.relname)
            from pg_constraint join pg_class as target on target.oid = confrelid
            join pg_namespace as target_schema on target_schema.oid = target.relnamespace
            where conrelid = class.oid and contype = 'f' and confrelid <> class.oid) as "references"
    from pg_class as class join pg_namespace on pg_namespace.oid = relnamespace
    where relkind = 'r' and relpersistence <> 't' and ${ourSchemas} and relname !~ '${passing}'
    order by 1`);
  return parentsFirst(rows);
};

/** Where a sequence stands. Text, since a bigint passes safe integers. */
export type SequenceState = { readonly name: string; readonly lastValue: string; readonly isCalled: boolean };

/**
 * Where all sequences stand, those of identity columns too. A sequence knows no snapshot: read them after the tables,
 * and none stands before a value that a table holds.
 */
export const readSequences = async (sql: Database): Promise<SequenceState[]> => {
  const names = await sql.unsafe<{ name: string }[]>(`
    select format('%I.%I', nspname, relname) as name
    from pg_class as class join pg_namespace on pg_namespace.oid = relnamespace
    where relkind = 'S' and relpersistence <> 't' and ${ourSchemas}
      and not exists (select from pg_depend join pg_class as owner on owner.oid = refobjid
                      where objid = class.oid and deptype in ('a', 'i') and owner.relname ~ '${passing}')
    order by 1`);
  const states: SequenceState[] = [];
  for (const { name } of names) {
    const [state] = await sql.unsafe<Omit<SequenceState, 'name'>[]>(
      `select last_value::text as "lastValue", is_called as "isCalled" from ${name}`,
    );
    if (state) states.push({ name, ...state });
  }
  return states;
};
