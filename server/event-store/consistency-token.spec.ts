import { expect, test } from 'vitest';
import { beginning } from '#domain/shared/store-position.ts';
import { judgeToken } from './consistency-token.ts';

const headOf = { incarnation: 2, nextTransactionId: 1_000 };

test('a token of this incarnation below the head is usable', () => {
  const position = { incarnation: 2, transactionId: 999, position: 5 };
  expect(judgeToken(position, headOf)).toEqual({ status: 'usable', position });
});

test.each([1, 3, 0])('a token of incarnation %i is reset', (incarnation) => {
  const position = { incarnation, transactionId: 900, position: 5 };
  expect(judgeToken(position, headOf)).toEqual({ status: 'reset', reason: 'other-incarnation' });
});

test('a token that this server has not handed out yet is reset', () => {
  const position = { incarnation: 2, transactionId: 1_000, position: 5 };
  expect(judgeToken(position, headOf)).toEqual({ status: 'reset', reason: 'beyond-head' });
});

test('the horizon of an idle server, and the beginning, are usable', () => {
  const horizon = { incarnation: 2, transactionId: 1_000, position: 0 };
  expect(judgeToken(horizon, headOf).status).toBe('usable');
  expect(judgeToken({ ...horizon, transactionId: 1_001 }, headOf).status).toBe('reset');
  expect(judgeToken(beginning, headOf).status).toBe('usable');
});
