import type { OrderPlaced } from '#domain/order/events.ts';
import { isErased } from '#domain/shared/personal.ts';
import type { ReadEvent, TableOf } from './define-projection.ts';
import { phoneDigits, searchable } from './search-text.ts';
import { waybillEventOf } from './waybill-event.ts';

/** What an order can be found by. Both columns are personal: they hold name, mail and phone until erased. */
export type OrderSearchTextRow = {
  readonly orderKey: string;
  readonly placedAt: string;
  /** Whole values in lower case: `identifiers @> array[$1]` is an exact hit. */
  readonly identifiers: readonly string[];
  /** Everything, `searchable`: for trigrams (`words like '%…%'`, `words %> …`) and full text. */
  readonly words: string;
};

// An order of 2,000 lines needn't be found by the name of each.
const wordsMax = 8_000;

const distinct = (texts: readonly (string | null)[]): string[] => [
  ...new Set(texts.filter((text): text is string => text !== null && text !== '').map(searchable)),
];

const placed = (event: OrderPlaced, at: string): OrderSearchTextRow => {
  const contact = isErased(event.contact) ? null : event.contact;
  const recipient = isErased(event.shipTo.recipient) ? null : event.shipTo.recipient;
  const skus = event.lines.slice(0, 200).map(({ sku }) => sku);
  const identifiers = distinct([
    event.orderNumber,
    event.externalReference,
    event.orderId,
    contact?.email ?? null,
    contact?.phone ? phoneDigits(contact.phone) : null,
    ...skus,
  ]);
  const words = distinct([
    contact?.name ?? null,
    recipient?.name ?? null,
    event.shipTo.postalCode,
    event.shipTo.city,
    ...event.lines.map(({ name }) => name),
  ]);
  return { orderKey: event.orderId, placedAt: at, identifiers, words: joined([...identifiers, ...words]) };
};

const joined = (parts: readonly string[]): string => parts.join(' ').slice(0, wordsMax);

const alsoFoundBy = (row: OrderSearchTextRow | undefined, identifier: string): OrderSearchTextRow | undefined => {
  const text = searchable(identifier);
  if (!row || text === '' || row.identifiers.includes(text)) return row;
  return { ...row, identifiers: [...row.identifiers, text], words: joined([text, row.words]) };
};

export const evolveOrderSearchText = (
  row: OrderSearchTextRow | undefined,
  recorded: ReadEvent,
): OrderSearchTextRow | undefined => {
  const event = waybillEventOf(recorded);
  if (event?.type === 'OrderPlaced') return placed(event, recorded.occurredAt);
  if (event?.type === 'FulfillmentShipped') return alsoFoundBy(row, event.trackingNumber);
  if (event?.type === 'PaymentAuthorized') return alsoFoundBy(row, event.gatewayReference);
  return row;
};

const changesText = new Set<string>(['OrderPlaced', 'FulfillmentShipped', 'PaymentAuthorized']);

/** Spares the runner from loading the text of orders whose event can't change it. */
export const searchTextKey = (recorded: ReadEvent): string | null =>
  changesText.has(recorded.event.type) ? recorded.orderKey : null;

export const orderSearchTextTable: TableOf<OrderSearchTextRow> = {
  name: 'order_search_text',
  key: ['orderKey'],
  columns: { orderKey: 'uuid', placedAt: 'timestamptz', identifiers: 'text[]', words: 'text' },
  personal: ['identifiers', 'words'],
};
