import { describe, expect, test } from 'vitest';
import { eventTypes } from '#domain/events/registry.ts';
import { erased } from '#domain/shared/personal.ts';
import { type OrderSearchRow, orderSearchFold } from './order-search-filters.ts';
import { type OrderStatusRow, orderStatusFold } from './order-status.ts';
import { orderLife } from './testing/histories.ts';
import { recorded } from './testing/recorded.ts';
import { rowAfter, rowOf } from './testing/row-after.ts';

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
    const row = rowOf(orderStatusFold, events);
    const versions: Record<string, number> = {};
    for (const { streamId, version } of events) versions[streamId] = version;
    expect(row?.waybill.versions).toEqual(versions);
    expect(row).toMatchObject({ ...events.at(-1)?.at, updatedAt: events.at(-1)?.occurredAt });
  });

  test('places once: the time of placing stays, the time of the last change moves', () => {
    const events = life(11);
    const rows = events.map((_, nth) => rowOf(orderStatusFold, events.slice(0, nth + 1)));
    expect(new Set(rows.map((row) => row?.placedAt))).toEqual(new Set([events[0]?.occurredAt]));
    expect(rows.map((row) => row?.updatedAt)).toEqual(events.map(({ occurredAt }) => occurredAt));
  });

  test('refuses an event whose order was never placed', () => {
    const [, second] = life(11);
    expect(() => second && orderStatusFold.evolve(undefined, second)).toThrow('before OrderPlaced');
  });
});

test('a row is the same whether its events come one by one, in twos, or all at once', () => {
  for (let seed = 0; seed < 60; seed += 1) {
    const events = life(seed);
    for (const most of [1, 2]) {
      expect(rowOf(orderStatusFold, events, most)).toEqual(rowOf(orderStatusFold, events));
      expect(rowOf(orderSearchFold, events, most)).toEqual(rowOf(orderSearchFold, events));
    }
  }
});

test('order_search derives the same statuses, sums and holds from its short memory as the whole waybill gives', () => {
  for (let seed = 0; seed < 120; seed += 1) {
    let status: OrderStatusRow | undefined;
    let search: OrderSearchRow | undefined;
    for (const event of life(seed)) {
      status = rowAfter(orderStatusFold)(status, event);
      search = rowAfter(orderSearchFold)(search, event);
      expect([search?.orderStatus, search?.paymentStatus, search?.fulfillmentStatus, search?.holds]).toEqual([
        status?.orderStatus,
        status?.paymentStatus,
        status?.fulfillmentStatus,
        status?.holds,
      ]);
      expect(search?.isHeld).toBe((status?.holds.length ?? 0) > 0);
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
  const known = rowOf(orderSearchFold, life(11));
  expect(known?.customerName).toEqual(expect.any(String));
  expect(rowOf(orderSearchFold, events)).toEqual({
    ...known,
    customerName: null,
  });
});
