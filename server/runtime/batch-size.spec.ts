import { expect, test } from 'vitest';
import { logFold, type Projection, rowFold } from '#server/projections/define-projection.ts';
import { createBatching } from './batch-size.ts';
import type { FedEvent } from './read-safely.ts';

const table = { name: 'rows', key: ['id'], columns: { id: 'text' }, personal: [] } as const;
const ofRows: Projection = {
  name: 'rows',
  version: 1,
  reads: 'orders',
  folds: [rowFold<{ id: string }>({ table, key: ({ orderKey }) => orderKey, evolve: (row) => row })],
};
const ofEvents: Projection = { ...ofRows, folds: [logFold<{ id: string }>({ table, row: () => null })] };

/** The events of some orders, in turns. */
const page = (orders: number, count: number) => {
  const events = Array.from({ length: count }, (_, nth) => {
    const orderKey = `order ${nth % orders}`;
    return { orderKey, streamId: `order-${nth % orders}`, at: { incarnation: 1, transactionId: 1, position: nth } };
  }) as unknown as FedEvent[];
  return { events, readTo: { incarnation: 1, transactionId: 1, position: count - 1 }, more: false };
};

test('a page of few orders is one batch, however many events it has', () => {
  const batching = createBatching(ofRows, 5_000, 100);
  const batch = batching.cut(page(300, 4_000));
  expect(batch).toMatchObject({ count: 300, page: { more: false } });
  expect(batch.page.events).toHaveLength(4_000);
});

test('a page of many orders is cut where it has as many as one write may have, and what is cut off comes next', () => {
  const batching = createBatching(ofRows, 5_000, 100);
  const { count, page: cut } = batching.cut(page(800, 4_000));
  expect(count).toBe(500);
  expect(cut.events).toHaveLength(500);
  expect(cut.readTo.position).toBe(499);
  expect(cut.more).toBe(true);
});

test('a write that took too long is followed by one half as large, a short one by a larger', () => {
  const batching = createBatching(ofRows, 5_000, 100);
  batching.took(120, batching.cut(page(800, 4_000)));
  expect(batching.cut(page(800, 4_000)).count).toBe(250);
  batching.took(40, batching.cut(page(800, 4_000)));
  expect(batching.cut(page(800, 4_000)).count).toBe(375);
});

test('a log has a row an event: what it asks for is what it writes', () => {
  const batching = createBatching(ofEvents, 5_000, 100);
  expect(batching.eventsNow()).toBe(500);
  const batch = batching.cut(page(3, 500));
  expect(batch.count).toBe(500);
  batching.took(20, batch);
  expect(batching.eventsNow()).toBe(750);
});

test('as many events are asked for as two batches had', () => {
  const batching = createBatching(ofRows, 5_000, 100);
  for (let times = 0; times < 5; times += 1) batching.took(80, batching.cut(page(400, batching.eventsNow())));
  expect(batching.eventsNow()).toBe(5_000);
  for (let times = 0; times < 5; times += 1) batching.took(80, batching.cut(page(9_000, batching.eventsNow())));
  expect(batching.eventsNow()).toBe(1_000);
});
