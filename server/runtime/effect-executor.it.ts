import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { createEffectExecutor, type LeasedEffect, type PerformEffects } from './effect-executor.ts';

let at: TestStore;
beforeAll(async () => {
  at = await openTestStore();
});
afterAll(() => at.close());

const log = pino({ level: 'silent' });
const neverAnswered: PerformEffects = (effects) => effects.map(() => new Promise(() => undefined));

test('who is started again under the same name takes up at once what the dead one had begun; another waits', async () => {
  const sql = at.client('worker', 4);
  const effectId = randomUUID();
  await sql`
    insert into proc.effects (effect_id, lane, order_key, effect, correlation_id, causation_id, due_at, requested_at)
    values (${effectId}, 'payment', ${randomUUID()}, '{}', 'c', ${randomUUID()}, now(), now())`;
  const executor = (holder: string, perform: PerformEffects) =>
    createEffectExecutor({ sql, lane: 'payment', holder, perform, log });

  // Killed in the middle of the call: its promise never settles.
  void executor('worker-1', neverAnswered).executeDue();
  await vi.waitFor(async () => {
    const [row] = await sql<{ attempts: number }[]>`select attempts from proc.effects where effect_id = ${effectId}`;
    expect(row?.attempts).toBe(1);
  });

  expect(await executor('worker-2', neverAnswered).executeDue()).toBe(0);

  const taken: LeasedEffect[] = [];
  const stopping = new AbortController();
  const running = executor('worker-1', (effects) => {
    taken.push(...effects);
    return effects.map(async () => ({ status: 'done' as const }));
  }).run(stopping.signal);
  // At its second attempt, so that what the first led to is asked for before it is made again.
  await vi.waitFor(() => expect(taken).toMatchObject([{ effectId, attempts: 2 }]), 5_000);
  await vi.waitFor(async () =>
    expect(await sql`select from proc.effects where effect_id = ${effectId}`).toHaveLength(0),
  );
  stopping.abort();
  await running;
});
