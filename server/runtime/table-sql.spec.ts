import fc from 'fast-check';
import { expect, it } from 'vitest';
import { columnsOf, encodeRows } from './table-sql.ts';

const columns = columnsOf({ name: 'text', lines: 'json' });

it('puts rows into one JSON text that has one byte for each letter, whatever they hold', () => {
  const anyText = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(
      fc.array(fc.record({ name: fc.option(anyText), lines: fc.jsonValue({ stringUnit: 'binary' }) })),
      (rows) => {
        const text = encodeRows(columns, rows);
        expect(JSON.parse(text)).toEqual(
          JSON.parse(JSON.stringify(rows.map(({ name, lines }) => ({ c0: name, c1: lines })))),
        );
        expect(Buffer.from(text, 'latin1').toString('latin1')).toBe(text);
      },
    ),
  );
  expect(encodeRows(columns, [{ name: 'B♭ trumpet 🎺', lines: ['–'] }])).toBe(
    String.raw`[{"c0":"B\u266d trumpet \ud83c\udfba","c1":["\u2013"]}]`,
  );
});
