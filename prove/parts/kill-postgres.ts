import { runKills } from '../kills.ts';
import type { Part } from '../part.ts';

const killsOf = { small: 2, full: 20 };

export const part: Part = {
  name: 'kill-postgres',
  about:
    'kills PostgreSQL, with kill -9: all of its processes, and by turns the postmaster alone, under orders, picking, shipping and cancellations',
  sizes: { small: `${killsOf.small} kills`, full: `${killsOf.full} kills` },
  isInTests: false,
  run: (context) =>
    runKills(context, {
      what: 'postgres',
      kills: killsOf[context.size],
      compareEvery: 10,
      ordersPerSecond: 38,
      shipmentsPerSecond: 5,
      victim: (nth) => (nth % 2 === 0 ? 'postmaster' : 'postgres'),
    }),
};
