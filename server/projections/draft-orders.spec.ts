import { expect, test } from 'vitest';
import { draftCreated, draftDiscarded, draftRevised, placeDraft } from '#domain/order/draft.builders.ts';
import { assigned, orderConfirmed, tagged } from '#domain/order/order.builders.ts';
import { type AnalyticsOrderRow, contributions, evolveAnalyticsOrder } from './analytics.ts';
import type { ReadEvent } from './define-projection.ts';
import { orderSearchFold } from './order-search-filters.ts';
import { evolveSearchWords, type OrderSearchWordsRow, searchIdentifiers, searchWordsKey } from './order-search-text.ts';
import { orderStatusFold } from './order-status.ts';
import type { TimedEvent } from './testing/histories.ts';
import { recorded } from './testing/recorded.ts';
import { rowOf } from './testing/row-after.ts';

const at = (minute: number): string => `2026-11-21T10:0${minute}:00.000Z`;
const told = (...events: TimedEvent['event'][]): ReadEvent[] =>
  recorded(events.map((event, minute) => ({ event, occurredAt: at(minute) })));

const begun = [draftCreated(), tagged('vip'), assigned('ines'), draftRevised()];
const placed = { ...placeDraft({ quantity: 3 }).placed, type: 'OrderPlaced' as const };

const status = (events: readonly ReadEvent[]) => rowOf(orderStatusFold, events);
const search = (events: readonly ReadEvent[]) => rowOf(orderSearchFold, events);
const analytics = (events: readonly ReadEvent[]) =>
  events.reduce<AnalyticsOrderRow | undefined>(evolveAnalyticsOrder, undefined);

test('a draft is listed as one, with what it would cost and as old as its first line', () => {
  const drafted = { orderStatus: 'draft', fulfillmentStatus: null, orderNumber: 'WB-48213', itemCount: 4 };
  expect(status(told(...begun))).toMatchObject({ ...drafted, grandTotalMinor: 21_990, placedAt: at(0), paidMinor: 0 });
  expect(search(told(...begun))).toMatchObject({ ...drafted, totalMinor: 21_990, placedAt: at(0), channel: 'phone' });
});

test('placed, it is as old as its placing, and keeps what colleagues put on it', () => {
  const events = told(...begun, placed, orderConfirmed);
  expect(status(events)).toMatchObject({ orderStatus: 'confirmed', placedAt: at(4), updatedAt: at(5) });
  expect(search(events)).toMatchObject({
    orderStatus: 'confirmed',
    placedAt: at(4),
    tags: ['vip'],
    assignee: 'ines',
    totalMinor: 21_990,
  });
});

test('a draft counts in no figure until it is placed, and a discarded one never', () => {
  expect(analytics(told(...begun))).toBeUndefined();
  expect(analytics(told(...begun, draftDiscarded))).toBeUndefined();
  const row = analytics(told(...begun, placed));
  const [first] = row ? contributions(row) : [];
  expect(first).toMatchObject({ key: { channel: 'phone' }, measures: { orders: 1, orderedMinor: 21_990 } });
});

test('a draft is found by its number, its customer and its goods', () => {
  const [created, , , revised] = told(...begun);
  if (!created || !revised) throw new Error('They were told');
  expect(searchIdentifiers(created).map(({ identifier }) => identifier)).toEqual(
    expect.arrayContaining(['wb-48213', '48213', 'marta@example.com']),
  );
  expect([created, revised].map(searchWordsKey)).toEqual([created.orderKey, revised.orderKey]);
  const words = [created, revised].reduce<OrderSearchWordsRow | undefined>(evolveSearchWords, undefined);
  expect(words?.words).toContain('marta oliveira');
  expect(words?.words).toContain('desk lamp');
});

test('discarded, it stays to be found as that', () => {
  expect(status(told(...begun, draftDiscarded))?.orderStatus).toBe('discarded');
  expect(search(told(...begun, draftDiscarded))?.orderStatus).toBe('discarded');
});
