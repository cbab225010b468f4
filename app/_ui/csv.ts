import { type CsvCell, csvMark, toCsv } from '#domain/shared/csv.ts';

/** Hands the rows to the browser as "<name>.csv". */
export const downloadCsv = (name: string, rows: readonly (readonly CsvCell[])[]): void => {
  const url = URL.createObjectURL(new Blob([csvMark, toCsv(rows)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(url);
};
