import { finished } from 'node:stream/promises';
import type { Database } from '#db/clients.ts';
import type { ColumnType } from '#server/projections/define-projection.ts';
import type { Row } from './fold-batch.ts';
import type { TableColumns } from './table-sql.ts';

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const escaped = (text: string): string =>
  /[\\\n\r\t]/.test(text) ? text.replaceAll(/[\\\n\r\t]/g, (character) => escapes[character] ?? character) : text;

const arrayLiteral = (values: readonly unknown[]): string =>
  `{${values.map((value) => `"${String(value).replaceAll(/["\\]/g, (character) => `\\${character}`)}"`).join(',')}}`;

const field = (value: unknown, type: ColumnType | undefined): string => {
  if (value === null || value === undefined) return '\\N';
  if (type === 'jsonb') return escaped(JSON.stringify(value));
  if (type === 'text[]') return escaped(arrayLiteral(value as readonly unknown[]));
  return typeof value === 'string' ? escaped(value) : String(value);
};

/** A row as a line of COPY's text format. */
export const copyLine = ({ properties, types }: TableColumns, row: Row): string => {
  let line = '';
  for (let nth = 0; nth < properties.length; nth += 1) {
    if (nth > 0) line += '\t';
    line += field(row[properties[nth] ?? ''], types[nth]);
  }
  return `${line}\n`;
};

/** Copies lines into a table, in one statement and one transaction of its own. */
export const copyLines = async (
  sql: Database,
  into: string,
  columns: TableColumns,
  lines: readonly string[],
): Promise<void> => {
  const stream = await sql.unsafe(`copy ${into} (${columns.names.join(', ')}) from stdin`).writable();
  stream.end(lines.join(''));
  await finished(stream);
};
