import type { DraftOrderCreated, DraftOrderRevised } from '#domain/order/draft-events.ts';
import type { OrderPlaced } from '#domain/order/events.ts';
import { phoneNumbers, searchable } from '#domain/search/search-text.ts';
import { isErased } from '#domain/shared/personal.ts';
import type { AggregateTable, Contribution, ReadEvent, TableOf } from './define-projection.ts';
import { waybillEventOf } from './waybill-event.ts';

/** The words that an order can be found by: names, postal code, city, products. Personal. */
export type OrderSearchWordsRow = {
  readonly orderKey: string;
  /** `searchable`, with a space before the first word too, so that a word's start is a trigram like any other. */
  readonly words: string;
};

/** One whole value that an order can be found by, `searchable`; a phone number as its digits. Personal. */
export type OrderSearchIdentifierRow = { readonly identifier: string; readonly orderKey: string };

// An order of 2,000 lines needn't be found by the name of each.
const wordsMax = 8_000;
const skusMax = 200;

const distinct = (texts: readonly (string | null)[]): string[] => [
  ...new Set(texts.filter((text): text is string => text !== null && text !== '').map(searchable)),
];

const wordsIn = (texts: readonly (string | null)[]): string =>
  distinct(texts)
    .map((text) => ` ${text}`)
    .join('')
    .slice(0, wordsMax);

type Written = OrderPlaced | DraftOrderCreated | DraftOrderRevised;

const wordsOf = (event: Written): string =>
  wordsIn([
    isErased(event.contact) ? null : event.contact.name,
    isErased(event.shipTo.recipient) ? null : event.shipTo.recipient.name,
    event.shipTo.postalCode,
    event.shipTo.city,
    ...event.lines.map(({ name }) => name),
  ]);

/** On the phone WB-48213 is "forty-eight two thirteen". */
const digitsAtEnd = (number: string): string | null => /\d{3,}$/.exec(number)?.[0] ?? null;

/** A draft that is written anew keeps its number. */
const numbersOf = (event: Written): readonly (string | null)[] => {
  if (!('orderNumber' in event)) return [];
  const external = 'externalReference' in event ? event.externalReference : null;
  return [event.orderNumber, digitsAtEnd(event.orderNumber), external, external && digitsAtEnd(external)];
};

const saidOnPlacing = (event: Written): readonly (string | null)[] => {
  const contact = isErased(event.contact) ? null : event.contact;
  return [
    ...numbersOf(event),
    event.orderId,
    contact?.email ?? null,
    ...(contact?.phone ? phoneNumbers(contact.phone) : []),
    ...event.lines.slice(0, skusMax).map(({ sku }) => sku),
  ];
};

/** What an event says that its order can be found by. */
export const searchIdentifiers = (recorded: ReadEvent): readonly OrderSearchIdentifierRow[] => {
  const event = waybillEventOf(recorded);
  const rows = (texts: readonly (string | null)[]) =>
    distinct(texts).map((identifier) => ({ identifier, orderKey: event?.orderId ?? '' }));
  switch (event?.type) {
    case 'DraftOrderCreated':
    case 'DraftOrderRevised':
    case 'OrderPlaced':
      return rows(saidOnPlacing(event));
    case 'FulfillmentShipped':
      return rows([event.trackingNumber]);
    case 'PaymentAuthorized':
      return rows([event.gatewayReference]);
    case 'OrderLineAdded':
      return rows([event.line.sku]);
    default:
      // Not a fold over the union: most events name nothing new, and a new one that does is found by its test.
      return [];
  }
};

const namesNewWords: ReadonlySet<string> = new Set([
  'DraftOrderCreated',
  'DraftOrderRevised',
  'OrderPlaced',
  'OrderLineAdded',
  'ShippingAddressChanged',
]);

/** Spares the runner from loading the words of orders whose event can't change them. */
export const searchWordsKey = (recorded: ReadEvent): string | null =>
  namesNewWords.has(recorded.event.type) ? recorded.orderKey : null;

export const evolveSearchWords = (
  row: OrderSearchWordsRow | undefined,
  recorded: ReadEvent,
): OrderSearchWordsRow | undefined => {
  const event = waybillEventOf(recorded);
  switch (event?.type) {
    case 'DraftOrderCreated':
    case 'DraftOrderRevised':
    case 'OrderPlaced':
      return { orderKey: event.orderId, words: wordsOf(event) };
    // What it was once found by still finds it.
    case 'OrderLineAdded':
      return row && { ...row, words: wordsIn([row.words, event.line.name]) };
    case 'ShippingAddressChanged': {
      const { recipient, postalCode, city } = event.to;
      return (
        row && { ...row, words: wordsIn([row.words, isErased(recipient) ? null : recipient.name, postalCode, city]) }
      );
    }
    default:
      return row;
  }
};

export const orderSearchWordsTable: TableOf<OrderSearchWordsRow> = {
  name: 'order_search_words',
  key: ['orderKey'],
  columns: { orderKey: 'uuid', words: 'text' },
  personal: ['words'],
};

/** Words of letters, long enough to be misspelled. */
const vocabularyWord = /^\p{L}{4,30}$/u;
/** An order of 2,000 lines has no words of its own. */
const vocabularyMost = 60;

/** What an order adds to the vocabulary: each of its words once. */
export const searchVocabulary = ({ words }: OrderSearchWordsRow): Contribution[] =>
  [...new Set(words.split(/[^\p{L}\p{N}]+/u).filter((word) => vocabularyWord.test(word)))]
    .slice(0, vocabularyMost)
    .map((word) => ({ table: orderSearchVocabularyTable.name, key: { word }, measures: { orders: 1 } }));

export const orderSearchVocabularyTable: AggregateTable = {
  name: 'order_search_vocabulary',
  key: { word: 'text' },
  measures: ['orders'],
};

export const orderSearchIdentifiersTable: TableOf<OrderSearchIdentifierRow> = {
  name: 'order_search_identifiers',
  key: ['identifier', 'orderKey'],
  columns: { identifier: 'text', orderKey: 'uuid' },
  personal: ['identifier'],
};
