import { expect, test } from 'vitest';
import { checkIJson, eventBytesMax } from './i-json.ts';

const check = (value: unknown) => () => checkIJson(value, 'It');

test.each<[string, unknown, RegExp]>([
  ['NUL', { note: 'a\u0000b' }, /note holds a NUL/],
  ['a lone high surrogate', { note: 'a\ud83d' }, /note holds half of a surrogate pair/],
  ['a lone low surrogate', { list: ['\udc00'] }, /list\.0 holds half/],
  ['a lone surrogate in a key', { '\ud800': 1 }, /half of a surrogate pair/],
  ['NUL in a key', { 'a\u0000': 1 }, /NUL/],
  ['a float', { price: 0.1 }, /price is 0\.1, not an integer/],
  ['an unsafe integer', { price: 2 ** 53 }, /beyond safe integers/],
  ['not a number', { price: Number.NaN }, /not an integer/],
  ['infinity', { price: Number.POSITIVE_INFINITY }, /not an integer/],
  ['a bigint', { price: 1n }, /is a bigint/],
  ['a date', { at: new Date(0) }, /at is a Date, not a plain object/],
  ['a map', { lines: new Map() }, /lines is a Map/],
  ['a function', { run: () => 1 }, /is a function/],
  ['undefined in an array', { list: [undefined] }, /list\.0 is undefined/],
])('refuses %s, and says where', (_, value, message) => {
  expect(check(value)).toThrow(message);
  expect(check(value)).toThrow(expect.objectContaining({ code: 'NotIJson' }));
});

test('takes surrogate pairs, the largest safe integers, null and properties without a value', () => {
  expect(
    check({ note: '😀', most: Number.MAX_SAFE_INTEGER, least: Number.MIN_SAFE_INTEGER, no: null, un: undefined }),
  ).not.toThrow();
});

test('takes exactly 1 MB, and not a byte more, counted in UTF-8', () => {
  const frame = JSON.stringify({ text: '' }).length;
  expect(check({ text: 'x'.repeat(eventBytesMax - frame) })).not.toThrow();
  expect(check({ text: 'x'.repeat(eventBytesMax - frame + 1) })).toThrow(
    expect.objectContaining({ code: 'EventTooLarge' }),
  );
  expect(check({ text: 'é'.repeat(eventBytesMax / 2) })).toThrow(expect.objectContaining({ code: 'EventTooLarge' }));
});
