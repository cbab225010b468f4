import { stockHoldOf } from '#domain/waybill/amend.ts';
import { liveFulfillments } from '#domain/waybill/state.ts';
import { seeded } from '#server/projections/testing/histories.ts';
import { expectQuiet, expectSourced } from './ending.ts';
import { settle } from './settle.ts';
import { createWorld, type World } from './world.ts';

export type SeedFigures = {
  readonly orders: number;
  readonly events: number;
  readonly steps: number;
  /** How many orders ended how. */
  readonly endings: Readonly<Record<string, number>>;
  readonly refusals: Readonly<Record<string, number>>;
  readonly types: Readonly<Record<string, number>>;
};

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

type Step = readonly [weight: number, name: string, run: (world: World) => Promise<unknown>];

const steps: readonly Step[] = [
  [5, 'place', (world) => world.place()],
  [3, 'receive', (world) => world.receive()],
  [1, 'adjust', (world) => world.adjust()],
  [1, 'safety stock', (world) => world.setSafetyStock()],
  [1, 'draft', (world) => world.draft()],
  [2, 'step of a draft', (world) => world.stepDraft()],
  [1, 'cancel', (world) => world.cancel()],
  [3, 'refund', (world) => world.refund()],
  [2, 'hold', (world) => world.hold()],
  [3, 'release', (world) => world.release()],
  [1, 'note', (world) => world.note()],
  [1, 'tag', (world) => world.tag()],
  [1, 'assign', (world) => world.assign()],
  [4, 'amend', (world) => world.amend()],
  [1, 'cancel lines', (world) => world.cancelLines()],
  [3, 'ask for a return', (world) => world.askReturn()],
  [3, 'step of a return', (world) => world.stepReturn()],
  [1, 'refund over all', (world) => world.refundOrder()],
  [1, 'resend', (world) => world.resend()],
  [22, 'floor', (world) => world.floorStep()],
  [3, 'answer bank', (world) => world.answerBank()],
  [14, 'raise horizon', (world) => world.raiseHorizon()],
  [30, 'feed', (world) => world.feed()],
  [14, 'execute', (world) => world.execute()],
  [6, 'fire', (world) => world.fire()],
  [8, 'deliver', (world) => world.deliver()],
  [4, 'work a while', (world) => world.workAWhile()],
  [8, 'follow', (world) => world.follow()],
  [8, 'seconds pass', async (world) => world.advance(world.random.int(20_000))],
  [1, 'minutes pass', async (world) => world.advance(world.random.int(20 * minuteMs))],
  [1, 'hours pass', (world) => world.letHoursPass()],
];
const totalWeight = steps.reduce((total, [weight]) => total + weight, 0);

const drawStep = (world: World): Step => {
  let left = world.random.int(totalWeight);
  for (const step of steps) {
    left -= step[0];
    if (left < 0) return step;
  }
  throw new Error('No step was drawn');
};

/** The floor ends what it began, and agents release what they held or call it off; what is still held then waits. */
const finish = async (world: World, shortShare = 0.05): Promise<void> => {
  for (let round = 0; round < 60; round += 1) {
    let work = 0;
    for (const [orderId, waybill] of world.orders()) {
      const { order } = waybill;
      if (order.status === 'absent' || round > 3) continue;
      if (round > 1 && order.status === 'confirmed' && stockHoldOf(order))
        await world.cancelUnsourced(orderId, waybill);
      for (const holdId of Object.keys(order.holds)) {
        work += 1;
        await world.command(orderId, { type: 'ReleaseHold', orderId, holdId }, { id: 'agent-1', role: 'support' });
      }
    }
    for (const [orderId, waybill] of world.orders())
      for (const fulfillment of liveFulfillments(waybill)) {
        if (fulfillment.status === 'delivered') continue;
        work += 1;
        await world.workOn(orderId, fulfillment, shortShare);
      }
    await settle(world, 60 * minuteMs);
    if (work === 0) return;
  }
};

/** Of what has arrived some is sent back, and of what is sent again for it too. */
const sendBack = async (world: World): Promise<void> => {
  for (let round = 0; round < 3; round += 1) {
    for (let nth = 0; nth < 4; nth += 1) {
      await world.askReturn();
      for (let step = 0; step < 4; step += 1) await world.stepReturn();
    }
    await settle(world, 60 * minuteMs);
    await finish(world, 0.3);
  }
};

export type Trace = string[];

/**
 * Runs one seed: a rough time, then calm, then the floor finishes its work. Throws `BrokenPromise` at the first thing
 * that does not hold. `trace` gets a line a step.
 */
export const runSeed = async (seed: number, trace: Trace = []): Promise<SeedFigures> => {
  const random = seeded(seed);
  const world = await createWorld({
    random,
    skuCount: 1 + random.int(3),
    isRough: random.chance(0.9),
    isSlow: random.chance(0.4),
  });
  const stepCount = 100 + random.int(400);
  for (let index = 0; index < 2 + random.int(5); index += 1) await world.receive();
  for (let index = 0; index < stepCount; index += 1) {
    const [, name, run] = drawStep(world);
    trace.push(`${world.now().toISOString()} ${name}`);
    await run(world);
    world.truth.expectKept();
  }
  trace.push('calm');
  world.calm();
  // Longer than the latest webhook and the last repetition of it.
  await settle(world, 3.5 * dayMs);
  expectQuiet(world);
  trace.push('the floor finishes');
  await finish(world);
  await settle(world, 30 * dayMs);
  expectQuiet(world);
  expectSourced(world);
  trace.push('some of it is sent back');
  await sendBack(world);
  expectQuiet(world);
  for (let nth = 0; nth < world.readSide.count; nth += 1) while ((await world.readSide.follow(nth, 400, true)) > 0);
  world.readSide.expectEqualToReplay();
  const endings: Record<string, number> = {};
  for (const [, { order }] of world.orders()) endings[order.status] = (endings[order.status] ?? 0) + 1;
  return {
    orders: world.orders().length,
    events: world.store.log().length,
    steps: stepCount,
    endings,
    refusals: Object.fromEntries(world.refusals),
    types: Object.fromEntries(world.truth.counts),
  };
};
