import { beforeEach, expect, test } from 'vitest';
import { createPresenceBook, type PresenceBook, type PresenceSign } from './presence-book.ts';

let now: number;
let book: PresenceBook;
beforeEach(() => {
  now = 0;
  book = createPresenceBook(8_000, () => now);
});

const sign = (change: Partial<PresenceSign> = {}): PresenceSign => ({
  orderId: 'order',
  tabId: 'tab',
  personId: 'ines',
  name: 'Inês Sousa',
  doing: null,
  kind: 'stays',
  ...change,
});
const looking = (personId: string, name: string) => ({ personId, name, doing: null });

test('whoever came is there, and a heartbeat that says nothing new changes nothing', () => {
  expect([book.hear(sign({ kind: 'came' })), book.hear(sign()), book.hear(sign({ doing: 'refund' }))]).toEqual([
    true,
    false,
    true,
  ]);
  expect(book.peopleOn('order')).toEqual([{ personId: 'ines', name: 'Inês Sousa', doing: 'refund' }]);
});

test('a person with two tabs is one, and does what one of the tabs does', () => {
  book.hear(sign({ doing: 'note' }));
  book.hear(sign({ tabId: 'other' }));
  book.hear(sign({ personId: 'ana', name: 'Ana Reis', tabId: 'third' }));
  expect(book.peopleOn('order')).toEqual([
    looking('ana', 'Ana Reis'),
    { personId: 'ines', name: 'Inês Sousa', doing: 'note' },
  ]);
});

test('without a sign of life somebody is gone, with one they stay', () => {
  book.hear(sign());
  book.hear(sign({ personId: 'ana', name: 'Ana Reis', tabId: 'third' }));
  now = 6_000;
  book.hear(sign());
  now = 9_000;
  expect(book.sweep()).toEqual(['order']);
  expect(book.peopleOn('order')).toEqual([looking('ines', 'Inês Sousa')]);
});

test('a heartbeat that was under way does not bring back who left', () => {
  book.hear(sign());
  expect(book.hear(sign({ kind: 'left' }))).toBe(true);
  expect(book.hear(sign())).toBe(false);
  expect(book.peopleOn('order')).toEqual([]);
});

test('a stream that was cut and stands again brings its tab back at once', () => {
  book.hear(sign({ kind: 'left' }));
  expect(book.hear(sign({ kind: 'came' }))).toBe(true);
  expect(book.hear(sign())).toBe(false);
  expect(book.peopleOn('order')).toEqual([looking('ines', 'Inês Sousa')]);
});

test('nobody can speak for the tab of somebody else', () => {
  book.hear(sign());
  book.hear(sign({ personId: 'ana', name: 'Ana Reis', kind: 'left' }));
  expect(book.peopleOn('order')).toEqual([looking('ines', 'Inês Sousa')]);
});

test('who is on one order is not on another', () => {
  book.hear(sign());
  expect(book.peopleOn('another')).toEqual([]);
});
