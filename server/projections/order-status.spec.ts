import { describe, expect, test } from 'vitest';
import { eventTypes } from '#domain/events/registry.ts';
import { erased } from '#domain/shared/personal.ts';
import { evolveOrderSearch, type OrderSearchRow } from './order-search-filters.ts';
import { evolveOrderStatus, type OrderStatusRow } from './order-status.ts';
import { orderLife } from './testing/histories.ts';
import { recorded } from './testing/recorded.ts';

const life = (seed: number) => recorded(orderLife({ seed })).filter(({ orderKey }) => orderKey !== null);

test('the histories of these tests are ones that the registry accepts', () => {
  for (let seed = 0; seed < 60; seed += 1) {
    for (const { event } of orderLife({ seed })) {
      const { type, ...data } = event;
      expect(eventTypes.get(type)?.schema.safeParse(data).error).toBeUndefined();
    }
  }
});

describe('order_status', () => {
  test('carries the state and the version of every stream under the order key', () => {
    const events = life(11);
    const row = events.reduce<OrderStatusRow | undefined>(evolveOrderStatus, undefined);
    const versions: Record<string, number> = {};
    for (const { streamId, version } of events) versions[streamId] = version;
    expect(row?.waybill.versions).toEqual(versions);
    expect(row).toMatchObject({ ...events.at(-1)?.at, updatedAt: events.at(-1)?.occurredAt });
  });

  test('places once: the time of placing stays, the time of the last change moves', () => {
    const events = life(11);
    const rows = events.map((_, nth) =>
      events.slice(0, nth + 1).reduce<OrderStatusRow | undefined>(evolveOrderStatus, undefined),
    );
    expect(new Set(rows.map((row) => row?.placedAt))).toEqual(new Set([events[0]?.occurredAt]));
    expect(rows.map((row) => row?.updatedAt)).toEqual(events.map(({ occurredAt }) => occurredAt));
  });

  test('refuses an event whose order was never placed', () => {
    const [, second] = life(11);
    expect(() => second && evolveOrderStatus(undefined, second)).toThrow('before OrderPlaced');
  });
});

test('order_search derives the same statuses, sums and holds from its short memory as the whole waybill gives', () => {
  for (let seed = 0; seed < 120; seed += 1) {
    let status: OrderStatusRow | undefined;
    let search: OrderSearchRow | undefined;
    for (const event of life(seed)) {
      status = evolveOrderStatus(status, event);
      search = evolveOrderSearch(search, event);
      expect([search?.orderStatus, search?.paymentStatus, search?.fulfillmentStatus, search?.holds]).toEqual([
        status?.orderStatus,
        status?.paymentStatus,
        status?.fulfillmentStatus,
        status?.holds,
      ]);
      expect([search?.paidMinor, search?.refundedMinor]).toEqual([status?.paidMinor, status?.refundedMinor]);
    }
  }
});

test('an order of an erased person folds as any other: the name is null, the rest stands', () => {
  const events = life(11).map((one) =>
    one.event.type === 'OrderPlaced'
      ? { ...one, event: { ...one.event, contact: erased, shipTo: { ...one.event.shipTo, recipient: erased } } }
      : one,
  );
  const known = life(11).reduce<OrderSearchRow | undefined>(evolveOrderSearch, undefined);
  expect(known?.customerName).toEqual(expect.any(String));
  expect(events.reduce<OrderSearchRow | undefined>(evolveOrderSearch, undefined)).toEqual({
    ...known,
    customerName: null,
  });
});
