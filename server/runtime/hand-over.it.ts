import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OrderId } from '#domain/shared/ids.ts';
import { defineProcess } from '#server/processes/define-process.ts';
import { effectIdOf, type MailEffect } from '#server/processes/effects.ts';
import { createEffectExecutor, type LeasedEffect, type PerformEffects } from './effect-executor.ts';
import type { EffectExecutors } from './hand-over.ts';
import { batchOf, opaque, placeOne, startRunner } from './testing/process-rig.ts';
import { type House, openHouse } from './testing/whole-house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  await house.test.client('worker', 1)`delete from proc.effects`;
});

const log = pino({ level: 'silent' });

const mailFor = (orderId: OrderId, about: string): MailEffect => ({
  kind: 'mail',
  orderId,
  template: 'order-confirmed',
  about,
});

/** Asks for two mails when an order is placed. */
const asker = () =>
  opaque(
    defineProcess({
      name: `asker-${randomUUID()}`,
      version: 1,
      initial: null,
      on: {
        OrderPlaced: (_state, { orderId }) => ({
          effects: ['one', 'two'].map((about) => ({ type: 'request', effect: mailFor(orderId, about) })),
        }),
      },
    }),
  );

/** An executor with room for so many, of which it is recorded what it began. */
const bookedExecutor = (room: number) => {
  const leaseId = randomUUID();
  const begun: string[][] = [];
  const doubted: string[][] = [];
  const wake = vi.fn();
  const booked: EffectExecutors['mail'] = {
    wake,
    reserve: (most) => ({
      room: Math.min(most, room),
      leaseId,
      dueAt: new Date(Date.now() + 60_000),
      begin: async (effects) => {
        begun.push(effects.map(({ effectId }) => effectId));
      },
      doubt: (effects) => {
        doubted.push(effects.map(({ effectId }) => effectId));
      },
    }),
  };
  return { leaseId, begun, doubted, wake, executors: { payment: booked, mail: booked } };
};

const written = (orderId: OrderId) => house.test.client('worker', 1)<
  { effect_id: string; lease_id: string | null; attempts: number; is_due: boolean }[]
>`
  select effect_id, lease_id, attempts, due_at <= now() as is_due from proc.effects
  where order_key = ${orderId} order by effect ->> 'about'`;

describe('what processes ask for', () => {
  test('is leased as it is written, as far as there is room, and begun; the rest is due for whoever is first', async () => {
    const { leaseId, begun, wake, executors } = bookedExecutor(1);
    const { runner, lease } = await startRunner(house, [asker()], executors);
    const orderId = await placeOne(house, 'HANDED-OVER');
    await runner.handle(await batchOf(house, orderId), lease);
    const [one, two] = ['one', 'two'].map((about) => effectIdOf(mailFor(orderId, about)));
    expect(await written(orderId)).toEqual([
      { effect_id: one, lease_id: leaseId, attempts: 1, is_due: false },
      { effect_id: two, lease_id: null, attempts: 0, is_due: true },
    ]);
    expect(begun).toEqual([[one]]);
    expect(wake).toHaveBeenCalledOnce();
  });

  test('is not begun again where it was written before', async () => {
    const orderId = await placeOne(house, 'STANDING');
    const first = bookedExecutor(1);
    const process = asker();
    const before = await startRunner(house, [process], first.executors);
    await before.runner.handle(await batchOf(house, orderId), before.lease);
    const second = bookedExecutor(2);
    const after = await startRunner(house, [process], second.executors);
    await after.runner.handle(await batchOf(house, orderId), after.lease);
    expect(second.begun).toEqual([[]]);
    expect((await written(orderId)).map(({ lease_id }) => lease_id)).toEqual([first.leaseId, null]);
  });

  test('is not begun where it was not written, and the room is free again', async () => {
    const { begun, executors } = bookedExecutor(2);
    const { runner, lease } = await startRunner(house, [asker()], executors);
    const orderId = await placeOne(house, 'NOT-WRITTEN');
    expect(await runner.handle(await batchOf(house, orderId), { ...lease, token: lease.token + 1 })).toBe('lost');
    expect(begun).toEqual([[]]);
    expect(await written(orderId)).toEqual([]);
  });

  test('is doubted where nobody knows whether it was written', async () => {
    const { begun, doubted, executors } = bookedExecutor(1);
    const { runner, lease } = await startRunner(house, [asker()], executors);
    const orderId = await placeOne(house, 'DOUBTED');
    const handled = runner.handle(await batchOf(house, orderId), { ...lease, token: Number.NaN });
    await expect(handled).rejects.toThrow('invalid input syntax');
    expect([begun, doubted]).toEqual([[], [[effectIdOf(mailFor(orderId, 'one'))]]]);
  });
});

describe('an executor', () => {
  const start = (perform: PerformEffects, concurrency: number) => {
    const executor = createEffectExecutor({
      sql: house.test.client('worker', 2),
      lane: 'mail',
      perform,
      log,
      concurrency,
    });
    const stopping = new AbortController();
    const running = executor.run(stopping.signal);
    const stop = async () => {
      stopping.abort();
      await running;
    };
    return { executor, executors: { payment: executor, mail: executor }, stop };
  };

  /** Room for two once it runs; none while it looks for what is due, for which it keeps all. */
  const roomIn = async (executor: EffectExecutors['mail']) => {
    let reservation = executor.reserve(2);
    await vi.waitFor(async () => {
      await reservation.begin([]);
      reservation = executor.reserve(2);
      expect(reservation.room).toBeGreaterThan(0);
    });
    return reservation;
  };

  test('performs what was leased to it at birth once, and what it had no room for after it', async () => {
    const performed: LeasedEffect[] = [];
    const { executor, executors, stop } = start((effects) => {
      performed.push(...effects);
      return effects.map(async () => ({ status: 'done' as const }));
    }, 1);
    const { room, begin } = await roomIn(executor);
    expect(room).toBe(1);
    await begin([]);
    const { runner, lease } = await startRunner(house, [asker()], executors);
    const orderId = await placeOne(house, 'PERFORMED');
    await runner.handle(await batchOf(house, orderId), lease);
    await vi.waitFor(async () => expect(await written(orderId)).toEqual([]), 5_000);
    expect(performed.map(({ effect, attempts }) => [effect.kind === 'mail' && effect.about, attempts])).toEqual([
      ['one', 1],
      ['two', 1],
    ]);
    await stop();
  });

  test('gives back what is doubted, and performs what of it was written', async () => {
    const performed: LeasedEffect[] = [];
    const { executor, stop } = start((effects) => {
      performed.push(...effects);
      return effects.map(async () => ({ status: 'done' as const }));
    }, 4);
    const { leaseId, dueAt, doubt } = await roomIn(executor);
    const orderId = randomUUID() as OrderId;
    const [correlationId, causationId] = [randomUUID(), randomUUID()];
    const born = ['one', 'two'].map((about) => {
      const effect = mailFor(orderId, about);
      return { effectId: effectIdOf(effect), orderKey: orderId, effect, correlationId, causationId };
    });
    await house.test.client('worker', 1)`
      insert into proc.effects (effect_id, lane, order_key, effect, correlation_id, causation_id, requested_at, due_at,
        lease_id, attempts)
      values (${born[0]?.effectId ?? ''}, 'mail', ${orderId}, ${JSON.stringify(born[0]?.effect)}::text::jsonb,
        ${correlationId}, ${causationId}, now(), ${dueAt}, ${leaseId}, 1)`;
    doubt(born);
    await vi.waitFor(() => expect(performed).toHaveLength(1), 5_000);
    expect(performed).toMatchObject([{ effectId: born[0]?.effectId, attempts: 1 }]);
    await stop();
  });

  test('has no room before it runs or after, and gives back what is written after it stopped', async () => {
    const performed: LeasedEffect[] = [];
    const idle = createEffectExecutor({ sql: house.test.client('worker', 1), lane: 'mail', perform: () => [], log });
    expect(idle.reserve(1).room).toBe(0);
    const { executor, stop } = start((effects) => {
      performed.push(...effects);
      return effects.map(async () => ({ status: 'done' as const }));
    }, 4);
    const reservation = await roomIn(executor);
    await stop();
    expect(executor.reserve(1).room).toBe(0);
    const late: EffectExecutors['mail'] = { wake: () => undefined, reserve: () => reservation };
    const { runner, lease } = await startRunner(house, [asker()], { payment: late, mail: late });
    const orderId = await placeOne(house, 'TOO-LATE');
    await runner.handle(await batchOf(house, orderId), lease);
    expect(await written(orderId)).toMatchObject([
      { lease_id: null, attempts: 0, is_due: true },
      { lease_id: null, attempts: 0, is_due: true },
    ]);
    expect(performed).toEqual([]);
  });
});
