import { expect, test } from 'vitest';
import { isDataError } from './projection-runner.ts';

const refusedWith = (code: string) => Object.assign(new Error('refused'), { code });

test('what a table refuses is an event’s fault, also two events of a batch that want one row', () => {
  for (const code of ['21000', '22P02', '23505', '54000']) expect(isDataError(refusedWith(code)), code).toBe(true);
});

test('what is the connection’s or the server’s fault is not', () => {
  for (const code of ['08006', '40001', '53300', '57P01', 'ECONNRESET'])
    expect(isDataError(refusedWith(code)), code).toBe(false);
  expect(isDataError(new Error('no code'))).toBe(false);
});
