import { randomUUID } from 'node:crypto';
import type { OrderId } from '#domain/shared/ids.ts';
import type { defineProcess } from '#server/processes/define-process.ts';
import type { AnyProcess } from '#server/processes/registry.ts';
import type { EffectExecutors } from '../hand-over.ts';
import { acquireLease } from '../leases.ts';
import { createProcessRunner } from '../process-runner.ts';
import { cards, type House } from './whole-house.ts';

const quiet = { warn: () => undefined, error: () => undefined };

export const opaque = <State>(process: ReturnType<typeof defineProcess<State>>): AnyProcess => ({
  ...process,
  react: (state, recorded) => process.react(state as State, recorded),
});

/** A runner with a lease of its own, beside that of the house. */
export const startRunner = async (house: House, processes: readonly AnyProcess[], executors?: EffectExecutors) => {
  const sql = house.test.client('worker', 2);
  const runner = createProcessRunner({
    sql,
    runtime: house.runtime,
    processes,
    log: quiet,
    ...(executors ? { executors } : {}),
  });
  const consumer = `test-${randomUUID()}`;
  const acquired = await acquireLease(sql, { consumer, version: 1, holder: 'a', ttlMs: 60_000 });
  if (!acquired) throw new Error('no lease');
  return { sql, runner, lease: acquired.lease };
};

/** One piece of a SKU of which there are five. */
export const placeOne = async (house: House, sku: string): Promise<OrderId> => {
  await house.stock(sku, 5);
  const lines = [{ id: 'a', sku, quantity: 1, price: 100 }];
  return house.place({ lines, token: await house.token(cards.approve) });
};

/** All events under an order's key, as a feed would give them. */
export const batchOf = async (house: House, orderId: OrderId) => {
  const events = await house.runtime.store.readOrder(orderId);
  const readTo = events.at(-1)?.at;
  if (!readTo) throw new Error('nothing to read');
  return { events, readTo };
};
