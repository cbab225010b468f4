import { runKills } from '../kills.ts';
import type { Part } from '../part.ts';

const killsOf = { small: 2, full: 20 };

export const part: Part = {
  name: 'kill-web',
  about: 'kills the web process, with kill -9, under orders, picking, shipping and cancellations',
  sizes: { small: `${killsOf.small} kills`, full: `${killsOf.full} kills` },
  isInTests: false,
  run: (context) =>
    runKills(context, {
      what: 'web',
      kills: killsOf[context.size],
      compareEvery: 10,
      ordersPerSecond: 38,
      shipmentsPerSecond: 5,
      victim: () => 'web',
    }),
};
