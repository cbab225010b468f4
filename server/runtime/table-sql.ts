import { oneByteJson } from '#db/one-byte-json.ts';
import { joinRows, rowOfFields, rowsOfText, textField } from '#db/separated-text.ts';
import { type ColumnType, columnName, type Table } from '#server/projections/define-projection.ts';
import type { Row } from './fold-batch.ts';

/**
 * SQL for the read tables, generated from their descriptions. Rows travel as one text a table: one statement, one plan
 * and one parameter whatever the number of rows (db/separated-text.ts). As one JSON for `json_to_recordset`, which reads
 * it three times, a write took the server a third longer.
 */
export type TableColumns = {
  /** Properties of the row, in a fixed order. */
  readonly properties: readonly string[];
  readonly names: readonly string[];
  /** What each is called among the rows given. */
  readonly given: readonly string[];
  readonly types: readonly ColumnType[];
  readonly encode: readonly ((value: unknown) => string)[];
};

const encodeTexts = (texts: readonly string[]): string =>
  textField(`{${texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`);

const encoderOf = (type: ColumnType): ((value: unknown) => string) => {
  switch (type) {
    case 'json':
    case 'jsonb':
      return oneByteJson;
    case 'text':
      return (value) => textField(String(value));
    case 'text[]':
      return (value) => encodeTexts(value as readonly string[]);
    default:
      return String;
  }
};

const described = new WeakMap<object, TableColumns>();

export const columnsOf = (columns: Readonly<Record<string, ColumnType>>): TableColumns => {
  const known = described.get(columns);
  if (known) return known;
  const properties = Object.keys(columns);
  const types = properties.map((property) => columns[property] ?? 'text');
  const made = {
    properties,
    names: properties.map(columnName),
    given: properties.map((_, nth) => `c${nth}`),
    types,
    encode: types.map(encoderOf),
  };
  described.set(columns, made);
  return made;
};

/** Rows as the text of the parameter, or as a part of it. */
export const encodeRows = ({ properties, encode }: TableColumns, rows: readonly Row[]): string =>
  joinRows(
    rows.map((row) =>
      rowOfFields(
        properties.map((property, nth) => {
          const value = row[property];
          return value === null || value === undefined ? null : (encode[nth]?.(value) ?? null);
        }),
      ),
    ),
  );

const fieldAs = (type: ColumnType, field: string): string => {
  if (type === 'text') return `unistr(${field})`;
  return type === 'text[]' ? `unistr(${field})::text[]` : `${field}::${type}`;
};

/** The rows given, as `given` with the columns c0, c1, … */
const recordset = ({ given, types }: TableColumns, parameter: string): string =>
  `(select ${given.map((name, nth) => `${fieldAs(types[nth] ?? 'text', `fields[${nth + 1}]`)} as ${name}`).join(', ')}
    from ${rowsOfText(parameter)} as line) as given`;

/** `guard`: a condition that must hold, such as that the checkpoint was moved. */
export type WriteSql = { readonly into: string; readonly parameter: string; readonly guard: string };

export const insertSql = (columns: TableColumns, { into, parameter, guard }: WriteSql): string =>
  `insert into ${into} (${columns.names.join(', ')})
   select ${columns.given.join(', ')}
   from ${recordset(columns, parameter)} where ${guard}`;

export const upsertSql = (columns: TableColumns, key: readonly string[], write: WriteSql): string => {
  const keyNames = key.map(columnName);
  const rest = columns.names.filter((name) => !keyNames.includes(name));
  return `${insertSql(columns, write)}
   on conflict (${keyNames.join(', ')}) do update set ${rest.map((name) => `${name} = excluded.${name}`).join(', ')}`;
};

/** Adds measures to the rows of an aggregate table. */
export const addSql = (columns: TableColumns, key: readonly string[], write: WriteSql): string => {
  const keyNames = key.map(columnName);
  const measures = columns.names.filter((name) => !keyNames.includes(name));
  const values = columns.names.map((name, nth) => (keyNames.includes(name) ? `c${nth}` : `coalesce(c${nth}, 0)`));
  return `insert into ${write.into} as sums (${columns.names.join(', ')})
   select ${values.join(', ')} from ${recordset(columns, write.parameter)} where ${write.guard}
   on conflict (${keyNames.join(', ')}) do update set
     ${measures.map((name) => `${name} = sums.${name} + excluded.${name}`).join(', ')}`;
};

/** The one column that a row fold's table is keyed by. */
export const keyColumn = (
  table: Table,
): { readonly property: string; readonly name: string; readonly type: string } => {
  const [property, ...others] = table.key;
  if (property === undefined || others.length > 0) throw new Error(`${table.name}: a row is keyed by one column`);
  return { property, name: columnName(property), type: table.columns[property] ?? 'text' };
};

export const deleteSql = (table: Table, { into, parameter, guard }: WriteSql): string => {
  const { name, type } = keyColumn(table);
  return `delete from ${into} where ${name} = any (${parameter}::${type}[]) and ${guard}`;
};

/** Deletes the rows of one owner that are not among those given. */
export const deleteOthersSql = (table: Table, owner: string, write: WriteSql, ownerParameter: string): string => {
  const columns = columnsOf(table.columns);
  const type = table.columns[owner] ?? 'text';
  return `delete from ${write.into} as standing where ${columnName(owner)} = ${ownerParameter}::${type}
    and not exists (select from ${recordset(columns, write.parameter)}
      where ${columns.names.map((name, nth) => `given.c${nth} = standing.${name}`).join(' and ')})
    and ${write.guard}`;
};

/** Loads rows by key. */
export const loadSql = (table: Table, from: string): string => {
  const { names, types } = columnsOf(table.columns);
  const key = keyColumn(table);
  // The driver would make a day an instant in the time zone of this process.
  const selected = names.map((name, nth) => (types[nth] === 'date' ? `${name}::text` : name));
  return `select ${selected.join(', ')} from ${from} where ${key.name} = any ($1::${key.type}[])`;
};

/** A row as its fold knows it, from one that the driver gave. */
export const decodeRow = ({ properties, names }: TableColumns, loaded: Row): Row => {
  const row: Record<string, unknown> = {};
  for (const [nth, property] of properties.entries()) {
    const value = loaded[names[nth] ?? ''];
    row[property] = value instanceof Date ? value.toISOString() : value;
  }
  return row;
};
