import { expect, test } from 'vitest';
import { fieldsBegun, partsOf, queryOf, searchInput, takeChips, unfinished } from './search-input.ts';

test('a filter is finished by a blank, a minus before it is part of it, and words keep their blanks', () => {
  expect(takeChips('payment:authorized -tag:vip  oliv total:>1')).toEqual({
    chips: ['payment:authorized', '-tag:vip'],
    rest: ' oliv total:>1',
  });
  expect(takeChips('marta-a:b ')).toEqual({ chips: [], rest: 'marta-a:b ' });
});

test('a filter without a value is one too: it says what is missing and is not left out unseen', () => {
  expect(takeChips('payment: authorized')).toEqual({ chips: ['payment:'], rest: 'authorized' });
});

test('a long value is looked at letter by letter: every way to cut it would take for ever', () => {
  expect(takeChips(`warehouse:${'a'.repeat(400)}`).chips).toEqual([]);
});

test('what is still being typed narrows nothing', () => {
  expect(queryOf({ chips: ['tag:vip'], rest: 'oliv pay:au' })).toBe('tag:vip oliv');
  expect(unfinished('oliv -payment:au')).toEqual({ negated: true, field: 'payment', value: 'au' });
  expect(unfinished('payment:au ')).toBeNull();
});

test('a query comes back in its parts', () => {
  expect(partsOf('oliv -hold:"address check" rua')).toEqual({ chips: ['-hold:"address check"'], rest: 'oliv rua' });
});

test('the beginning of a filter is offered whole', () => {
  expect(fieldsBegun('oliv -pa')).toEqual(['-payment:']);
  expect(fieldsBegun('p')).toEqual([]);
  expect(fieldsBegun('payment:')).toEqual([]);
});

test('words are searched for in all orders, filters in the view', () => {
  const list = { view: 'open', sort: '-total' } as const;
  expect(searchInput({ ...list, q: 'tag:vip' }).view).toBe('open');
  expect(searchInput({ ...list, q: 'tag:vip oliv ' })).toEqual({ view: 'all', sort: '-total', q: 'tag:vip oliv' });
});
