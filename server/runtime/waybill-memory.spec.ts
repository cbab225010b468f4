import { expect, test } from 'vitest';
import { orderLife } from '#server/projections/testing/histories.ts';
import { recorded } from '#server/projections/testing/recorded.ts';
import { advanced, createWaybillMemory, knownFrom } from './waybill-memory.ts';

const events = recorded(orderLife({ seed: 3 })).filter(({ orderKey }) => orderKey !== null);
const orderKey = events[0]?.orderKey ?? '';

test('an order that is followed from its first event is what reading it whole gives', () => {
  const memory = createWaybillMemory();
  memory.follow(events.slice(0, 2));
  memory.follow(events.slice(2));
  expect(memory.get(orderKey)).toEqual(knownFrom(events));
  expect(events.length).toBeGreaterThan(3);
});

test('events that come again, after our own append has told of them, change nothing', () => {
  const memory = createWaybillMemory();
  memory.follow(events.slice(0, 1));
  const known = memory.get(orderKey);
  memory.keep(orderKey, (known && advanced(known, events.slice(1))) ?? knownFrom([]));
  memory.follow(events);
  expect(memory.get(orderKey)).toEqual(knownFrom(events));
});

test('an order of which an event is missing, or can not be read, is forgotten', () => {
  const memory = createWaybillMemory();
  memory.follow(events.slice(0, 1));
  const stream = events.filter(({ streamId }) => streamId === `order-${orderKey}`);
  const [, , third] = stream;
  memory.follow(third ? [third] : []);
  expect(third).toBeDefined();
  expect(memory.get(orderKey)).toBeUndefined();

  memory.follow(events.slice(0, 1));
  memory.follow(events.slice(1, 2).map((event) => ({ ...event, unreadable: 'no key' })));
  expect(memory.get(orderKey)).toBeUndefined();
});

test('an order whose beginning was not seen is not known', () => {
  const memory = createWaybillMemory();
  memory.follow(events.slice(1));
  expect(memory.get(orderKey)).toBeUndefined();
});
