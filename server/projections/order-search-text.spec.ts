import { expect, test } from 'vitest';
import { erased } from '#domain/shared/personal.ts';
import { evolveOrderSearchText, type OrderSearchTextRow, searchTextKey } from './order-search-text.ts';
import { phoneDigits, searchable } from './search-text.ts';
import { orderLife } from './testing/histories.ts';
import { recorded } from './testing/recorded.ts';

const shippedSeed = Array.from({ length: 50 }, (_, seed) => seed).find((seed) =>
  orderLife({ seed }).some(({ event }) => event.type === 'FulfillmentShipped'),
);
const events = recorded(orderLife({ seed: shippedSeed ?? 0 })).filter(({ orderKey }) => orderKey !== null);
const fold = (some: typeof events) => some.reduce<OrderSearchTextRow | undefined>(evolveOrderSearchText, undefined);

test('an order is found by number, mail, phone, SKU, payment reference and tracking number', () => {
  const row = fold(events);
  for (const { event } of events) {
    if (event.type === 'OrderPlaced' && 'email' in event.contact) {
      expect(row?.identifiers).toContain(searchable(event.orderNumber));
      expect(row?.identifiers).toContain(searchable(event.contact.email));
      expect(row?.identifiers).toContain(phoneDigits(event.contact.phone ?? ''));
      for (const { sku, name } of event.lines) {
        expect(row?.identifiers).toContain(searchable(sku));
        expect(row?.words).toContain(searchable(name));
      }
      expect(row?.words).toContain(searchable(event.contact.name));
      expect(row?.words).toContain(searchable(event.shipTo.postalCode));
    }
    if (event.type === 'PaymentAuthorized') expect(row?.identifiers).toContain(searchable(event.gatewayReference));
    if (event.type === 'FulfillmentShipped') expect(row?.identifiers).toContain(searchable(event.trackingNumber));
  }
});

test('names are compared without accents and case', () => {
  expect(searchable('  Zoë\u00a0 LÉVÊQUE ')).toBe('zoe leveque');
  expect(phoneDigits('+351 91 234-56 78')).toBe('351912345678');
  expect(phoneDigits('00351912345678')).toBe('351912345678');
});

test('an event that changes no text leaves the very same row, or is not even looked up', () => {
  const row = fold(events);
  for (const event of events) {
    if (searchTextKey(event) === null) expect(evolveOrderSearchText(row, event)).toBe(row);
    else if (event.event.type !== 'OrderPlaced') expect(evolveOrderSearchText(row, event)).toBe(row); // said before
  }
});

test('once erased, nothing that is personal can be found', () => {
  const forgotten = events.map((one) =>
    one.event.type === 'OrderPlaced'
      ? { ...one, event: { ...one.event, contact: erased, shipTo: { ...one.event.shipTo, recipient: erased } } }
      : one,
  );
  const row = fold(forgotten);
  expect(row?.words).not.toMatch(/@|marta|jonas|ayumi|zoe|nowak/);
  expect(row?.identifiers.some((identifier) => identifier.includes('@'))).toBe(false);
});
