import type { AppendOutcome, AppendUnit } from '#server/event-store/event-store.ts';
import { command, inventoryStream, receiving, stockReceived, unit } from '#server/event-store/testing/units.ts';
import type { Part, PartContext } from '../part.ts';
import { manyAtOnce, openStore, type StoreProcess } from '../store.ts';

const racesOf = { small: 160, full: 10_000 };
const crossingsOf = { small: 300, full: 10_000 };
const clients = 16;

const isConflictAt = (outcome: AppendOutcome, sku: string, expected: number): boolean =>
  outcome.status === 'conflict' &&
  'streamId' in outcome &&
  outcome.streamId === inventoryStream(sku) &&
  outcome.expected === expected &&
  outcome.actual === expected + 1;

/** Two processes append to one stream at the same version, singly and grouped by turns. */
const race = async ({ size, check }: PartContext, one: StoreProcess, other: StoreProcess): Promise<void> => {
  const lanes = 8;
  const rounds = Math.ceil(racesOf[size] / lanes);
  let fair = 0;
  const odd: string[] = [];
  const wins = [0, 0];
  await manyAtOnce(lanes, lanes, async (lane) => {
    const sku = `RACE-${lane}`;
    for (let version = 0; version < rounds; version += 1) {
      const single = ({ store }: StoreProcess) => store.append([receiving(sku, version)]).then(([outcome]) => outcome);
      const grouped = ({ store }: StoreProcess) => store.appendGrouped(receiving(sku, version));
      const write = version % 2 === 0 ? single : grouped;
      const outcomes = await Promise.all([write(one), write(other)]);
      const winner = outcomes.findIndex((outcome) => outcome?.status === 'appended');
      const loser = outcomes[1 - winner];
      if (winner >= 0 && loser && isConflictAt(loser, sku, version)) {
        fair += 1;
        wins[winner] = (wins[winner] ?? 0) + 1;
      } else odd.push(outcomes.map((outcome) => outcome?.status).join(' and '));
    }
  });
  check(
    'Of two writers at one version one wins, and the other gets a conflict that names stream and versions',
    odd.length === 0 && fair === rounds * lanes,
    { races: rounds * lanes, fair, 'wins of each': wins.join(' and '), ...(odd[0] ? { odd: odd[0] } : {}) },
  );
};

/** One unit that names two streams, in the order given. */
const crossing = (from: string, to: string): AppendUnit =>
  unit(
    [from, to].map((sku) => ({ streamId: inventoryStream(sku), version: 'any' as const })),
    [command([stockReceived(from), stockReceived(to)])],
  );

/** Appends that name two streams in opposite orders: in one unit, in two units of one call, and in a group. */
const cross = async ({ size, check, random }: PartContext, processes: readonly StoreProcess[]): Promise<void> => {
  const count = crossingsOf[size];
  const skus: readonly [string, ...string[]] = ['CROSS-1', 'CROSS-2', 'CROSS-3', 'CROSS-4'];
  const [first] = processes;
  if (!first) throw new Error('No process');
  const deadlocks = async () => {
    const [row] = await first.sql<{ deadlocks: number }[]>`
      select deadlocks from pg_stat_database where datname = current_database()`;
    return row?.deadlocks ?? 0;
  };
  const before = await deadlocks();
  const errors: string[] = [];
  let written = 0;
  await manyAtOnce(count, clients, async (nth) => {
    const { store } = processes[nth % processes.length] ?? first;
    const from = random.pick(skus);
    const to = skus[(skus.indexOf(from) + 1 + random.int(skus.length - 1)) % skus.length] ?? from;
    try {
      const outcomes =
        nth % 3 === 0
          ? [await store.appendGrouped(crossing(from, to))]
          : await store.append(nth % 3 === 1 ? [crossing(from, to)] : [receiving(from, 'any'), receiving(to, 'any')]);
      if (outcomes.every(({ status }) => status === 'appended')) written += 1;
      else errors.push(outcomes.map(({ status }) => status).join());
    } catch (error) {
      errors.push(String(error));
    }
  });
  const [row] = await first.sql<{ count: number }[]>`
    select count(*) as count from es.events where stream_id like 'inventory-CROSS-%'`;
  const deadlocked = (await deadlocks()) - before;
  check(
    'Appends that name two streams in opposite orders never deadlock, and all are written',
    deadlocked === 0 && written === count && row?.count === count * 2,
    {
      appends: count,
      written,
      events: row?.count ?? 0,
      deadlocks: deadlocked,
      ...(errors[0] ? { error: errors[0] } : {}),
    },
  );
};

export const part: Part = {
  name: 'version-race',
  about: 'two writers race for one version; appends name two streams in opposite orders',
  sizes: {
    small: `${racesOf.small} races, ${crossingsOf.small} crossings`,
    full: `${racesOf.full} races, ${crossingsOf.full} crossings`,
  },
  isInTests: true,
  run: (context) =>
    context.withDatabase(async (env) => {
      const processes = [openStore(env), openStore(env)] as const;
      try {
        await race(context, ...processes);
        await cross(context, processes);
      } finally {
        await Promise.all(processes.map(({ close }) => close()));
      }
    }),
};
