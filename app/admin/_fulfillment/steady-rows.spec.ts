import { expect, test } from 'vitest';
import { steadyRows } from './steady-rows.ts';

const row = (key: string, text = key) => ({ key, text });
const keyOf = ({ key }: { key: string }) => key;

test('a row that arrives between others waits, and is counted', () => {
  const shown = [row('a'), row('c')];
  expect(steadyRows(shown, [row('a'), row('b'), row('c')], keyOf)).toEqual({ rows: shown, arrived: 1 });
});

test('a row keeps its place and takes its newest contents', () => {
  expect(steadyRows([row('a'), row('b')], [row('b', 'newer'), row('a')], keyOf)).toEqual({
    rows: [row('a'), row('b', 'newer')],
    arrived: 0,
  });
});

test('a row that is gone stays until the person looks away', () => {
  expect(steadyRows([row('a'), row('b')], [row('b')], keyOf).rows).toEqual([row('a'), row('b')]);
});

test('rows beyond the last are added: they move nothing', () => {
  expect(steadyRows([row('a')], [row('a'), row('b')], keyOf)).toEqual({ rows: [row('a'), row('b')], arrived: 0 });
});
