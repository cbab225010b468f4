import { escapeDigits, inOneByte } from './one-byte-text.ts';

// How rows travel to the server in one text: divided by the separators that ASCII has for it, which no JSON holds.
// `string_to_array(line, E'\x1f', E'\x1d')` of each line of `string_to_table(text, E'\x1e')` takes them apart.
const [nothing, rowSeparator, fieldSeparator] = ['\x1d', '\x1e', '\x1f'];

// All but printable Latin-1, and the backslash: the separators, and what V8 would keep with two bytes a letter
// (db/one-byte-json.ts).
const toEscape = /[^ -[\]-\xff]/;
const eachToEscape = /[^ -[\]-\xff]/g;

const escaped = (unit: string): string => (unit === '\\' ? '\\\\' : `\\${escapeDigits(unit)}`);

/** A text as a field; `unistr` makes it again what it was. */
export const textField = (text: string): string =>
  toEscape.test(text) ? inOneByte(text.replace(eachToEscape, escaped)) : text;

/** Fields as a row. null: nothing. */
export const rowOfFields = (fields: readonly (string | number | null)[]): string => {
  let text = '';
  for (let nth = 0; nth < fields.length; nth += 1) {
    if (nth > 0) text += fieldSeparator;
    text += fields[nth] ?? nothing;
  }
  return text;
};

/** Rows, or texts of rows, as one text. `join` makes a flat one, where adding up keeps all its parts. */
export const joinRows = (rows: readonly string[]): string => rows.join(rowSeparator);

/** The rows of a text, in SQL, as `(fields text[])`. `offset 0`: each is taken apart once, not once a column. */
export const rowsOfText = (parameter: string): string =>
  `(select string_to_array(line, E'\\x1f', E'\\x1d') as fields
      from string_to_table(${parameter}::text, E'\\x1e') as line offset 0)`;
