import { Worker } from 'node:worker_threads';
import type { Part } from '../part.ts';
import { type BrokenSeed, joined, type Range, type RangeResult, runRange } from '../simulation/run-range.ts';

const seedsOf = { small: 60, full: 10_000 } as const;
const threads = 2;

const inThread = (range: Range, onSeed: (broken: BrokenSeed | null) => void): Promise<RangeResult> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('../simulation/seed-worker.ts', import.meta.url), { workerData: range });
    worker.on(
      'message',
      (message: { type: 'seed'; broken: BrokenSeed | null } | { type: 'result'; result: RangeResult }) => {
        if (message.type === 'seed') onSeed(message.broken);
        else resolve(message.result);
      },
    );
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`A thread of the simulation ended with ${code}`)));
  });

/** Everything in memory, on a clock of its own: a seed is a story of some weeks, told in milliseconds. */
export const part: Part = {
  name: 'simulation',
  about: 'the whole domain in memory, by seed, with a virtual clock and faults at every port, watched by an oracle',
  sizes: { small: '60 seeds', full: '10,000 seeds' },
  isInTests: false,
  run: async ({ size, seed, say, check }) => {
    const count = seedsOf[size];
    let done = 0;
    const onSeed = (broke: BrokenSeed | null): void => {
      done += 1;
      if (done % 1_000 === 0) say(`${done.toLocaleString('en-US')} seeds`);
      if (!broke) return;
      say(`seed ${broke.seed} broke; again: npm run prove -- --only simulation --size small --seed ${broke.seed}`);
      for (const line of [broke.error, ...broke.steps]) say(line);
    };
    const results =
      size === 'small'
        ? [await runRange({ from: seed, count, step: 1 }, onSeed)]
        : await Promise.all(
            Array.from({ length: threads }, (_, nth) =>
              inThread({ from: seed + nth, count: count / threads, step: threads }, onSeed),
            ),
          );
    const { seeds, twins, orders, events, endings, broken } = joined(results);
    const figures = { seeds, orders, events, ...endings, broken: broken.length };
    check('Every promise of the domain is kept in every seed', broken.length === 0 && seeds === count, figures);
    check(
      'Webhooks doubled, shuffled and three days late lead to the same end as in order',
      broken.length === 0 && twins >= Math.floor(count / 4),
      { seeds: twins },
    );
  },
};
