import { expect, test } from 'vitest';
import { ordersChanged } from './orders-live.ts';

const updates = (count: number) => Array.from({ length: count }, (_, nth) => ({ orderKey: `order ${nth}` }));

test('each order that changed is named once, and inventory is none', () => {
  expect(ordersChanged([...updates(2), { orderKey: null }, ...updates(2)])).toEqual({
    changed: ['order 0', 'order 1'],
    isMore: false,
    isStart: false,
  });
});

test('of 200 orders all are named, and of more it is said that there are more', () => {
  expect(ordersChanged(updates(200))).toMatchObject({ isMore: false });
  const many = ordersChanged(updates(201));
  expect([many.changed.length, many.isMore]).toEqual([200, true]);
});
