import { idOf, type Random } from '#server/projections/testing/histories.ts';
import type { EffectResult, LeasedEffect, PerformEffects } from '#server/runtime/effect-executor.ts';

/** A row of proc.effects. */
type EffectRow = Omit<LeasedEffect, 'status' | 'attempts'> & {
  status: 'due' | 'acknowledged' | 'gave_up';
  attempts: number;
  dueAt: number;
  lease: string | null;
  error: string | null;
};

/** Where the executor dies: before it calls, or when it has called and not yet written what came of it. */
export type ExecutorCrash = 'none' | 'before' | 'after';

export type EffectTable = {
  readonly rows: ReadonlyMap<string, EffectRow>;
  /** As `proc.write_batch` takes them: a known effect stays as it is; what is settled goes. */
  write(
    effects: readonly Pick<LeasedEffect, 'effectId' | 'orderKey' | 'effect' | 'correlationId' | 'causationId'>[],
    settled: readonly string[],
  ): void;
  /** Takes up some of what is due; returns how many. */
  execute(limit: number, crash: ExecutorCrash): Promise<number>;
  readonly nextDueAt: () => number | null;
};

const leaseMs = 30_000;
const askAfterMs = 60_000;
const attemptsMost = 200;

/** The effects of all processes and their executor, with the rules of `effect-executor.ts`, one call after the other. */
export const createEffectTable = (options: {
  readonly random: Random;
  readonly now: () => Date;
  readonly perform: (kind: 'mail' | 'payment') => PerformEffects;
}): EffectTable => {
  const { random, now, perform } = options;
  const rows = new Map<string, EffectRow>();
  let leases = 0;

  const waits = (row: EffectRow): boolean => row.status !== 'gave_up';

  const keep = (leased: LeasedEffect, lease: string, result: EffectResult): void => {
    const row = rows.get(leased.effectId);
    // Settled meanwhile, or somebody else's by now.
    if (!row || row.lease !== lease) return;
    const at = now().getTime();
    row.lease = null;
    switch (result.status) {
      case 'done':
        rows.delete(leased.effectId);
        return;
      case 'acknowledged':
        row.status = 'acknowledged';
        row.dueAt = at + (result.askAfterMs ?? askAfterMs * 2 ** Math.min(leased.attempts - 1, 6));
        return;
      case 'postponed':
        row.dueAt = result.until.getTime();
        row.error = result.error;
        return;
      default:
        row.error = result.error;
        if (result.status === 'gave_up' || leased.attempts >= attemptsMost) row.status = 'gave_up';
        row.dueAt = at + Math.min(60_000, 500 * 2 ** Math.min(leased.attempts - 1, 20));
    }
  };

  return {
    rows,
    write: (effects, settled) => {
      for (const effect of effects)
        if (!rows.has(effect.effectId))
          rows.set(effect.effectId, {
            ...effect,
            status: 'due',
            attempts: 0,
            dueAt: now().getTime(),
            lease: null,
            error: null,
          });
      for (const id of settled) rows.delete(id);
    },
    execute: async (limit, crash) => {
      const at = now().getTime();
      const due = [...rows.values()].filter((row) => waits(row) && row.dueAt <= at);
      const taken = due.toSorted(() => random.int(3) - 1).slice(0, limit);
      const leased = taken.map((row): { one: LeasedEffect; lease: string } => {
        leases += 1;
        const lease = idOf(`lease ${leases}`);
        row.lease = lease;
        row.attempts += 1;
        row.dueAt = at + leaseMs;
        const { effectId, orderKey, effect, attempts, correlationId, causationId } = row;
        const status = row.status === 'acknowledged' ? 'acknowledged' : 'due';
        return { lease, one: { effectId, orderKey, effect, status, attempts, correlationId, causationId } };
      });
      if (crash === 'before') return leased.length;
      for (const { one, lease } of leased) {
        const [performed] = perform(one.effect.kind === 'mail' ? 'mail' : 'payment')([one]);
        const result = await (performed ?? Promise.reject(new Error('left out'))).catch(
          (error: unknown): EffectResult => ({ status: 'retry', error: String(error) }),
        );
        if (crash !== 'after') keep(one, lease, result);
      }
      return leased.length;
    },
    nextDueAt: () => {
      const waiting = [...rows.values()].filter(waits).map(({ dueAt }) => dueAt);
      return waiting.length > 0 ? Math.min(...waiting) : null;
    },
  };
};
