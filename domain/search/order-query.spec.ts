import { expect, test } from 'vitest';
import { parseOrderQuery, tokensOf } from './order-query.ts';

test('parts filters from the words that are searched for', () => {
  expect(parseOrderQuery('payment:authorized oliv hold:any rua')).toEqual({
    filters: [
      { field: 'payment', values: ['authorized'] },
      { field: 'hold', values: ['any'] },
    ],
    text: 'oliv rua',
    problems: [],
  });
});

test('a state that is none is answered with the likeliest ones, and narrows nothing', () => {
  expect(parseOrderQuery('payment:captred')).toEqual({
    filters: [],
    text: '',
    problems: [
      { token: 'payment:captred', words: 'payment:captred is not a state. Try captured, authorized, declined.' },
    ],
  });
});

test('a filter that is none is answered with those there are', () => {
  expect(parseOrderQuery('paymnt:authorized').problems[0]?.words).toBe(
    'paymnt: is not a filter. Try payment, status, fulfillment, hold.',
  );
});

test('several values mean any of them, and people’s own words are understood', () => {
  expect(parseOrderQuery('payment:paid,part-paid fulfillment:"on hold"').filters).toEqual([
    { field: 'payment', values: ['captured', 'partially_captured'] },
    { field: 'fulfillment', values: ['on_hold'] },
  ]);
});

test('quotes keep words together, also while they are still open', () => {
  expect(tokensOf('hold:"address check" "rua das')).toEqual(['hold:"address check"', '"rua das']);
});

test('a colon within a word makes no filter', () => {
  expect(parseOrderQuery('12:30').text).toBe('12:30');
});
