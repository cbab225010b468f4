import { expect } from './simulation-error.ts';
import type { World } from './world.ts';

const roundsMost = 5_000;

/** Lets everything happen that happens by itself, up to `untilMs` of virtual time from now. */
export const settle = async (world: World, untilMs: number): Promise<void> => {
  const until = world.now().getTime() + untilMs;
  for (let round = 0; round < roundsMost; round += 1) {
    world.store.raiseHorizon(1);
    let work = await world.machine.feed(500, 'none');
    work += await world.effects.execute(100, 'none');
    work += await world.machine.fire(100, 'none');
    work += await world.deliverAll();
    world.truth.expectKept();
    if (work > 0) continue;
    const next = world.nextDueAt();
    if (next === null || next > until) return;
    world.advance(Math.max(1, next - world.now().getTime()));
  }
  expect(false, 'All comes to rest', {
    effects: [...world.effects.rows.values()].map(({ effect, status, attempts, error }) => ({
      effect,
      status,
      attempts,
      error,
    })),
  });
};
