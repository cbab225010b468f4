import { expect, test } from 'vitest';
import { type AnalyticsOrderRow, contributions, evolveAnalyticsOrder } from './analytics.ts';
import { orderLife } from './testing/histories.ts';
import { recorded } from './testing/recorded.ts';

const rows = Array.from({ length: 150 }, (_, seed) => {
  const events = recorded(orderLife({ seed })).filter(({ orderKey }) => orderKey !== null);
  return { events, row: events.reduce<AnalyticsOrderRow | undefined>(evolveAnalyticsOrder, undefined) };
});
const total = (measure: string, table = 'analytics_daily') =>
  rows
    .flatMap(({ row }) => (row ? contributions(row) : []))
    .filter((contribution) => contribution.table === table)
    .reduce((sum, { measures }) => sum + (measures[measure] ?? 0), 0);
const eventsOf = (type: string) => rows.flatMap(({ events }) => events.filter(({ event }) => event.type === type));
const amounts = (type: string) =>
  eventsOf(type).reduce((sum, { event }) => sum + ('amountMinor' in event ? event.amountMinor : 0), 0);

test('revenue is what was captured, to the cent; refunds are what was given back', () => {
  expect(total('revenueMinor')).toBe(amounts('PaymentCaptured'));
  expect(total('refundedMinor')).toBe(amounts('PaymentRefunded'));
  expect(total('refunds')).toBe(eventsOf('PaymentRefunded').length);
});

test('every order counts once: as placed, or as rejected', () => {
  const rejected = eventsOf('OrderRejected').length;
  expect(rejected).toBeGreaterThan(0);
  expect(total('rejected')).toBe(rejected);
  expect(total('orders')).toBe(rows.length - rejected);
  expect(total('canceled')).toBe(eventsOf('OrderCanceled').length);
  expect(total('shipped')).toBe(eventsOf('FulfillmentShipped').length);
});

test("the SKUs' days add up to the orders' days", () => {
  expect(total('orderedMinor', 'analytics_daily_skus')).toBe(total('orderedMinor'));
  expect(total('units', 'analytics_daily_skus')).toBe(total('units'));
});

test('an amount stands on the day on which it moved, not on which the order was placed', () => {
  const [refund] = eventsOf('PaymentRefunded');
  const own = rows.find(({ events }) => events.some((event) => event === refund))?.row;
  const day = refund?.occurredAt.slice(0, 10);
  expect(own?.placedOn).not.toBe(day);
  const days = own ? contributions(own).filter(({ measures }) => measures.refundedMinor) : [];
  expect(days.map(({ key }) => key.day)).toEqual([day]);
});
