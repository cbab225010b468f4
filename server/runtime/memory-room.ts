import { getHeapStatistics } from 'node:v8';

/** What an order takes in a worker's memories together, in bytes: 10,300 of a heap, with stand-ins for the process states. */
const bytesAnOrder = 12_000;
const shareOfHeap = 1 / 8;
const leastOrders = 10_000;

/**
 * How many orders a worker remembers for certain while they are in use, 47,000 on a machine of 24 GB; `recent.ts` keeps
 * twice as many at most. Once more of them wait for their next step than are remembered, each step of each one is read
 * from the database again, and the backlog grows the faster the longer it is.
 */
export const ordersRemembered = Math.max(
  leastOrders,
  Math.floor((getHeapStatistics().heap_size_limit * shareOfHeap) / bytesAnOrder),
);

/** What an event takes in the feeder's window, in bytes: 500 of a heap for its data, the rest estimated. */
const bytesAnEvent = 2_000;
const shareOfHeapForEvents = 1 / 36;
const leastEvents = 20_000;

/**
 * How many events the feeder keeps for projections that are behind, 60,000 on a machine of 24 GB: the last 15 s at
 * 400 orders/s. Whoever is behind even that has them read again, which sets back everybody, themselves too. With 155,000
 * fewer orders were confirmed right after a rush (ADR 17).
 */
export const eventsKept = Math.max(
  leastEvents,
  Math.floor((getHeapStatistics().heap_size_limit * shareOfHeapForEvents) / bytesAnEvent),
);
