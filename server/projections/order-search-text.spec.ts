import { expect, test } from 'vitest';
import { phoneNumbers, searchable } from '#domain/search/search-text.ts';
import { erased } from '#domain/shared/personal.ts';
import {
  evolveSearchWords,
  type OrderSearchWordsRow,
  searchIdentifiers,
  searchVocabulary,
  searchWordsKey,
} from './order-search-text.ts';
import { orderLife } from './testing/histories.ts';
import { recorded } from './testing/recorded.ts';

const shippedSeed = Array.from({ length: 50 }, (_, seed) => seed).find((seed) =>
  orderLife({ seed }).some(({ event }) => event.type === 'FulfillmentShipped'),
);
const events = recorded(orderLife({ seed: shippedSeed ?? 0 })).filter(({ orderKey }) => orderKey !== null);
const wordsOf = (some: typeof events) =>
  some.reduce<OrderSearchWordsRow | undefined>(evolveSearchWords, undefined)?.words ?? '';
const identifiersOf = (some: typeof events) => some.flatMap(searchIdentifiers).map(({ identifier }) => identifier);

test('an order is found by number, mail, phone, SKU, payment reference and tracking number', () => {
  const identifiers = identifiersOf(events);
  for (const { event } of events) {
    if (event.type === 'OrderPlaced' && 'email' in event.contact) {
      expect(identifiers).toContain(searchable(event.orderNumber));
      expect(identifiers).toContain(searchable(event.contact.email));
      expect(identifiers).toEqual(expect.arrayContaining(phoneNumbers(event.contact.phone ?? '')));
      for (const { sku } of event.lines) expect(identifiers).toContain(searchable(sku));
    }
    if (event.type === 'PaymentAuthorized') expect(identifiers).toContain(searchable(event.gatewayReference));
    if (event.type === 'FulfillmentShipped') expect(identifiers).toContain(searchable(event.trackingNumber));
  }
  expect(events.map(({ event }) => event.type)).toEqual(expect.arrayContaining(['OrderPlaced', 'FulfillmentShipped']));
});

test('an order is found by the digits of its number alone', () => {
  const [placed] = events;
  const number = placed?.event.type === 'OrderPlaced' ? placed.event.orderNumber : '';
  expect(number).toMatch(/\d{3,}$/);
  expect(identifiersOf(events.slice(0, 1))).toContain(/\d+$/.exec(number)?.[0]);
});

test('names, products and the place are words, each with a space before it', () => {
  const [placed] = events;
  if (placed?.event.type !== 'OrderPlaced' || !('email' in placed.event.contact)) throw new Error('no order');
  const words = wordsOf(events);
  for (const text of [placed.event.contact.name, placed.event.shipTo.postalCode, placed.event.lines[0]?.name ?? ''])
    expect(words).toContain(` ${searchable(text)}`);
});

test('names are compared without accents and case', () => {
  expect(searchable('  Zoë\u00a0 LÉVÊQUE ')).toBe('zoe leveque');
  expect(phoneNumbers('+351 91 234-56 78')).toEqual(['351912345678', '912345678']);
  expect(phoneNumbers('00351912345678')).toEqual(['351912345678', '912345678']);
  expect(phoneNumbers('0912 345 678')).toEqual(['0912345678', '912345678']);
});

test('after placing no event touches the words, or even looks them up', () => {
  const [placed, ...later] = events;
  const row = placed && evolveSearchWords(undefined, placed);
  for (const event of later) {
    expect(searchWordsKey(event)).toBeNull();
    expect(evolveSearchWords(row, event)).toBe(row);
  }
});

test('once erased, nothing that is personal can be found', () => {
  const forgotten = events.map((one) =>
    one.event.type === 'OrderPlaced'
      ? { ...one, event: { ...one.event, contact: erased, shipTo: { ...one.event.shipTo, recipient: erased } } }
      : one,
  );
  expect(wordsOf(forgotten)).not.toMatch(/@|marta|jonas|ayumi|zoe|nowak/);
  expect(identifiersOf(forgotten).some((identifier) => identifier.includes('@'))).toBe(false);
});

test('an order adds each of its words of letters once to the vocabulary', () => {
  const words = ' marta sousa 4050-262 porto thing cup-2 of wool thing mug-3 of wool';
  expect(searchVocabulary({ orderKey: 'o', words }).map(({ key }) => key.word)).toEqual([
    'marta',
    'sousa',
    'porto',
    'thing',
    'wool',
  ]);
});
