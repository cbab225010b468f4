import { runKills } from '../kills.ts';
import type { Part } from '../part.ts';

const killsOf = { small: 3, full: 100 };

export const part: Part = {
  name: 'kill-worker',
  about:
    'kills the worker, with kill -9, under orders, amendments, picking, shipping, cancellations, returns and refunds',
  sizes: { small: `${killsOf.small} kills`, full: `${killsOf.full} kills` },
  isInTests: false,
  run: (context) =>
    runKills(context, {
      what: 'worker',
      kills: killsOf[context.size],
      compareEvery: 10,
      // About 500 events/s, the recoveries' pauses included.
      ordersPerSecond: 36,
      shipmentsPerSecond: 6,
      storiesPerSecond: 2,
      victim: () => 'worker',
    }),
};
