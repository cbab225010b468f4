import { runKills } from '../kills.ts';
import type { Part } from '../part.ts';

const killsOf = { small: 2, full: 20 };

export const part: Part = {
  name: 'kill-postgres',
  about:
    'kills PostgreSQL, with kill -9: all of its processes, and by turns the postmaster alone, under orders, amendments, picking, shipping, cancellations, returns and refunds',
  sizes: { small: `${killsOf.small} kills`, full: `${killsOf.full} kills` },
  isInTests: false,
  run: (context) =>
    runKills(context, {
      what: 'postgres',
      kills: killsOf[context.size],
      compareEvery: 10,
      ordersPerSecond: 32,
      shipmentsPerSecond: 5,
      storiesPerSecond: 2,
      victim: (nth) => (nth % 2 === 0 ? 'postmaster' : 'postgres'),
    }),
};
