export type CsvCell = string | number;

// A cell that starts like a formula is one for a spreadsheet; the wide signs are taken for plain ones.
const formulaStart = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

const quoted = (cell: CsvCell): string => {
  if (typeof cell === 'number') return String(cell);
  const safe = formulaStart.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** RFC 4180, lines end in CRLF. No text becomes a formula. */
export const toCsv = (rows: readonly (readonly CsvCell[])[]): string =>
  rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');

/** At the start of a file it makes spreadsheets read UTF-8. */
export const csvMark = '\ufeff';
