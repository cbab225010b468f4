import { expect, test } from 'vitest';
import { toCsv } from './csv.ts';

test('quotes what would break a cell, and disarms formulas', () => {
  expect(
    toCsv([
      ['a,b', 'say "hi"'],
      ['=1+1', 12],
    ]),
  ).toBe('"a,b","say ""hi"""\r\n\'=1+1,12\r\n');
});

test.each(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])(
  'no cell that starts with %j is left to a spreadsheet to reckon',
  (start) => {
    expect(toCsv([[`${start}cmd|' /C calc'!A0`]])).toMatch(/^"?'/);
  },
);
