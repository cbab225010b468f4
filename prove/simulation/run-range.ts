import { runSeed } from './run-seed.ts';
import { runTwins } from './twins.ts';

export type Range = { readonly from: number; readonly count: number; readonly step: number };

export type BrokenSeed = {
  readonly seed: number;
  readonly error: string;
  /** The last steps before it. */
  readonly steps: readonly string[];
};

export type RangeResult = {
  readonly seeds: number;
  readonly twins: number;
  readonly orders: number;
  readonly events: number;
  readonly endings: Readonly<Record<string, number>>;
  readonly types: Readonly<Record<string, number>>;
  readonly broken: readonly BrokenSeed[];
};

/** Webhooks are compared in every fourth seed: such a seed tells its story twice. */
const twinsEvery = 4;
/** Past this many broken seeds the rest would say no more. */
const brokenMost = 5;

const add = (sums: Record<string, number>, more: Readonly<Record<string, number>>): void => {
  for (const [name, count] of Object.entries(more)) sums[name] = (sums[name] ?? 0) + count;
};

/** Runs the seeds `from`, `from + step`, …; `onSeed` hears of each. */
export const runRange = async (
  { from, count, step }: Range,
  onSeed: (broken: BrokenSeed | null) => void = () => undefined,
): Promise<RangeResult> => {
  const endings: Record<string, number> = {};
  const types: Record<string, number> = {};
  const broken: BrokenSeed[] = [];
  let [seeds, twins, orders, events] = [0, 0, 0, 0];
  for (let nth = 0; nth < count && broken.length < brokenMost; nth += 1) {
    const seed = from + nth * step;
    const steps: string[] = [];
    let broke: BrokenSeed | null = null;
    try {
      const figures = await runSeed(seed, steps);
      orders += figures.orders;
      events += figures.events;
      add(endings, figures.endings);
      add(types, figures.types);
      if (seed % twinsEvery === 0) {
        await runTwins(seed);
        twins += 1;
      }
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      broke = { seed, error: text.slice(0, 3_000), steps: steps.slice(-8) };
      broken.push(broke);
    }
    seeds += 1;
    onSeed(broke);
  }
  return { seeds, twins, orders, events, endings, types, broken };
};

/** What several ranges came to together. */
export const joined = (results: readonly RangeResult[]): RangeResult => {
  const endings: Record<string, number> = {};
  const types: Record<string, number> = {};
  for (const result of results) {
    add(endings, result.endings);
    add(types, result.types);
  }
  const total = (figure: 'seeds' | 'twins' | 'orders' | 'events') =>
    results.reduce((all, result) => all + result[figure], 0);
  return {
    seeds: total('seeds'),
    twins: total('twins'),
    orders: total('orders'),
    events: total('events'),
    endings,
    types,
    broken: results.flatMap(({ broken }) => broken),
  };
};
