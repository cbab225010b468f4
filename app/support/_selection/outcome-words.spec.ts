import { expect, test } from 'vitest';
import { orderIdOf } from '#domain/shared/ids.builders.ts';
import type { BulkResult } from './bulk-run.ts';
import { outcomeWords } from './outcome-words.ts';

const results = (...states: readonly BulkResult['state'][]): readonly BulkResult[] =>
  states.map((state, at) => ({
    order: { orderId: orderIdOf(at), orderNumber: `WB-${at}` },
    state: state as 'failed',
    words: 'Because.',
    isSent: true,
  }));

test('says of every order what became of it', () => {
  expect(outcomeWords(results('done', 'done', 'unchanged', 'refused', 'failed', 'sending'), 'tagged vip')).toBe(
    '2 orders tagged vip, 1 was so already, 1 on the way, 1 refused, 1 failed',
  );
});

test('one order is called by its number', () => {
  expect(outcomeWords(results('done'), 'tagged vip')).toBe('WB-0 tagged vip');
});

test('does not claim that what was so already was done', () => {
  expect(outcomeWords(results('unchanged', 'unchanged'), 'tagged vip')).toBe('2 were so already');
});
