import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { v5 } from 'uuid';
import type { Database } from '#db/clients.ts';
import { createBatcher } from '#server/adapters/batcher.ts';
import type { Effect, EffectLane } from '#server/processes/effects.ts';
import { createAlarm } from './alarm.ts';

export type LeasedEffect = {
  readonly effectId: string;
  readonly orderKey: string;
  readonly effect: Effect;
  /** acknowledged: the other side has it, but its answer has not been heard since. */
  readonly status: 'due' | 'acknowledged';
  /** This one included. */
  readonly attempts: number;
  readonly correlationId: string;
  readonly causationId: string;
};

export type EffectResult =
  /** Its outcome is known: the row goes. */
  | { readonly status: 'done' }
  /** The other side has it; asked about again when no answer comes: ever more seldom, unless a pace is given. */
  | { readonly status: 'acknowledged'; readonly askAfterMs?: number }
  | { readonly status: 'retry'; readonly error: string }
  /** Nothing was sent, so it counts as no attempt: tried when the other side may be well again. */
  | { readonly status: 'postponed'; readonly until: Date; readonly error: string }
  /** Trying again is pointless: a person has to look. */
  | { readonly status: 'gave_up'; readonly error: string };

/** Makes the calls; each promise settles by itself, so that a slow call holds up no other. A throw means retry. */
export type PerformEffects = (effects: readonly LeasedEffect[]) => readonly Promise<EffectResult>[];

export type EffectExecutorOptions = {
  readonly sql: Database;
  readonly lane: EffectLane;
  readonly perform: PerformEffects;
  readonly log: Pick<Logger, 'warn' | 'error'>;
  /**
   * Names this worker. Who is started again under the same name takes up at once what the dead one was about, instead
   * of waiting until its leases run out. Default: a name that nobody has again.
   */
  readonly holder?: string;
  readonly now?: () => Date;
  /** Effects under way at once. Default 256: what is called within this machine is called in groups. */
  readonly concurrency?: number;
  /** How long an effect under way is left alone; must exceed the longest call. */
  readonly leaseMs?: number;
  /** How long an acknowledged effect waits for its answer before it is asked about. */
  readonly askAfterMs?: number;
  readonly attemptsMost?: number;
  /** The longest that a failed one waits for its next try. */
  readonly backoffMostMs?: number;
};

export type BornEffect = Omit<LeasedEffect, 'status' | 'attempts'>;

/** Room for effects that are leased to this executor as they are written. */
export type Reservation = {
  /** So many may be. */
  readonly room: number;
  readonly leaseId: string;
  /** When whoever finds them still leased may take them up. */
  readonly dueAt: Date;
  /**
   * Once they are written, or not: those that were are under way now, and the rest of the room is free again. Where the
   * executor has stopped meanwhile, they are given back, due at once. Throws the driver's error; they stay leased then.
   */
  begin(effects: readonly BornEffect[]): Promise<void>;
  /** Instead of `begin`, where nobody knows whether they were written: those that were are given back as soon as may be. */
  doubt(effects: readonly BornEffect[]): void;
};

export type EffectExecutor = {
  /** Takes up what is due and waits for it; returns how many. */
  executeDue(): Promise<number>;
  /** Takes up what falls due until the signal aborts, then waits for what is under way. */
  run(signal: AbortSignal): Promise<void>;
  /** Room for up to `most` effects; none while it doesn't run. */
  reserve(most: number): Reservation;
  wake(): void;
};

/** Fixed for ever: another would not find what was leased before. */
const leaseNamespace = '0b1f6d0e-52a6-4d5c-8a5e-3c1f2f0f7b54';

/** How often due effects are looked for while there is nothing to do: first and at most. */
const idleMsLeast = 250;
const idleMsMost = 1_000;
const backoffBaseMs = 500;
/** What was put off to the same moment is taken up over this long. */
const postponedSpreadMs = 2_000;

type Row = {
  readonly effect_id: string;
  readonly order_key: string;
  readonly effect: Effect;
  readonly status: 'due' | 'acknowledged';
  readonly attempts: number;
  readonly correlation_id: string;
  readonly causation_id: string;
};

type Finished = { readonly leased: LeasedEffect; readonly result: EffectResult };

const described = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : `${error}`);

/**
 * Runs the effects of one lane: leased as they are written (`reserve`) or in one short statement, concurrent, each tried
 * again with exponential backoff and jitter until it is done or given up. Several workers may run the same lane.
 */
export const createEffectExecutor = (options: EffectExecutorOptions): EffectExecutor => {
  const { sql, lane, perform, log, now = () => new Date() } = options;
  const { concurrency = 256, leaseMs = 30_000, askAfterMs = 60_000, attemptsMost = 200 } = options;
  const { backoffMostMs = 60_000 } = options;
  const leaseId = v5(options.holder ?? randomUUID(), leaseNamespace);
  const alarm = createAlarm();
  const underWay = new Set<Promise<void>>();
  /** Room that is kept for effects which are being written, or looked for. */
  let reserved = 0;
  /** It runs, and what a dead worker of this name had leased is due again: what is leased from now on is its own. */
  let isOpen = false;
  /** Ids of what may have been leased at birth, and was not begun. */
  const doubted = new Set<string>();
  const room = (): number => concurrency - underWay.size - reserved;

  const lease = async (limit: number): Promise<LeasedEffect[]> => {
    const rows = await sql<Row[]>`
      update proc.effects
      set lease_id = ${leaseId}, attempts = attempts + 1, due_at = ${new Date(now().getTime() + leaseMs)}
      where effect_id in (
        select effect_id from proc.effects
        where lane = ${lane} and status <> 'gave_up' and due_at <= ${now()}
        order by due_at limit ${limit} for update skip locked)
      returning effect_id, order_key, effect, status, attempts, correlation_id, causation_id`;
    return rows.map((row) => ({
      effectId: row.effect_id,
      orderKey: row.order_key,
      effect: row.effect,
      status: row.status,
      attempts: row.attempts,
      correlationId: row.correlation_id,
      causationId: row.causation_id,
    }));
  };

  const dueAfter = (attempts: number): Date => {
    const backoffMs = Math.min(backoffMostMs, backoffBaseMs * 2 ** Math.min(attempts - 1, 20));
    return new Date(now().getTime() + backoffMs * (0.5 + Math.random() / 2));
  };

  const rowOf = ({ leased, result }: Finished) => {
    const { effectId: id, attempts } = leased;
    switch (result.status) {
      case 'done':
        return { id, lease: leaseId, done: true };
      case 'acknowledged': {
        // Asked about ever more seldom: an answer may take its time.
        const askMs = result.askAfterMs ?? askAfterMs * 2 ** Math.min(attempts - 1, 6);
        return { id, lease: leaseId, status: 'acknowledged', due: new Date(now().getTime() + askMs), error: null };
      }
      case 'postponed': {
        // Never at once: a moment that has passed already must not make us turn in a circle.
        const soonest = Math.max(result.until.getTime(), now().getTime() + backoffBaseMs);
        const due = new Date(soonest + postponedSpreadMs * Math.random());
        return { id, lease: leaseId, status: leased.status, due, error: result.error.slice(0, 500), uncounted: true };
      }
      case 'retry':
      case 'gave_up': {
        const isOver = result.status === 'gave_up' || attempts >= attemptsMost;
        log[isOver ? 'error' : 'warn'](
          { effectId: id, orderKey: leased.orderKey, kind: leased.effect.kind, attempts, error: result.error },
          isOver ? 'an effect was given up: a person has to look' : 'an effect failed and will be tried again',
        );
        return {
          id,
          lease: leaseId,
          status: isOver ? 'gave_up' : leased.status,
          due: dueAfter(attempts),
          error: result.error.slice(0, 500),
        };
      }
    }
  };

  // Results come one by one and are written in few statements. A lease that ran out has nothing to write any more.
  const finish = createBatcher(async (finished: readonly Finished[]) => {
    const rows = finished.map(rowOf);
    await sql`
      with result as materialized (
        select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
          as result (id uuid, lease uuid, done boolean, status text, due timestamptz, error text, uncounted boolean)
      ), gone as (
        delete from proc.effects as effect using result
        where effect.effect_id = result.id and effect.lease_id = result.lease and result.done
      )
      update proc.effects as effect
      set status = result.status, due_at = result.due, last_error = result.error, lease_id = null,
          attempts = effect.attempts - coalesce(result.uncounted, false)::int
      from result
      where effect.effect_id = result.id and effect.lease_id = result.lease and result.done is not true`;
    return finished.map(() => undefined);
  });

  /** What a dead worker of this name had begun to call is due now; its outcome may be unknown, so that it is asked for. */
  const takeOver = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      try {
        await sql`
          update proc.effects set lease_id = null, due_at = ${now()}
          where lane = ${lane} and lease_id = ${leaseId} and due_at > ${now()}`;
        return;
      } catch (error) {
        log.error({ err: error, lane }, 'what was left under way could not be taken over');
        await alarm.sleep(idleMsMost, signal);
      }
    }
  };

  /** Those that are leased to this executor, and were not begun. */
  const giveBack = async (effectIds: readonly string[]): Promise<void> => {
    if (effectIds.length === 0) return;
    await sql`
      update proc.effects set lease_id = null, due_at = ${now()}, attempts = attempts - 1
      where effect_id = any(${effectIds}::uuid[]) and lease_id = ${leaseId}`;
    for (const effectId of effectIds) doubted.delete(effectId);
  };

  const execute = (leased: readonly LeasedEffect[]): readonly Promise<void>[] => {
    if (leased.length === 0) return [];
    const results = perform(leased);
    return leased.map(async (one, index) => {
      const result = await (results[index] ?? Promise.reject(new Error('perform left an effect out'))).catch(
        (error: unknown): EffectResult => ({ status: 'retry', error: described(error) }),
      );
      await finish({ leased: one, result });
    });
  };

  const track = (work: readonly Promise<void>[]): void => {
    for (const one of work) {
      const tracked: Promise<void> = one
        // Not written: the lease runs out, and it is tried again.
        .catch((error: unknown) => log.error({ err: error, lane }, 'the result of an effect could not be kept'))
        .finally(() => {
          underWay.delete(tracked);
          if (room() === 1) alarm.ring();
        });
      underWay.add(tracked);
    }
  };

  return {
    executeDue: async () => {
      const work = execute(await lease(concurrency));
      await Promise.all(work);
      return work.length;
    },
    run: async (signal) => {
      await takeOver(signal);
      isOpen = true;
      let idleMs = idleMsLeast;
      while (!signal.aborted) {
        const free = Math.max(0, room());
        let taken = 0;
        reserved += free;
        try {
          await giveBack([...doubted]);
          const work = free > 0 ? execute(await lease(free)) : [];
          taken = work.length;
          track(work);
        } catch (error) {
          log.error({ err: error, lane }, 'effects could not be taken up');
        }
        reserved -= free;
        // Own effects ring. What falls due later, or comes from another worker, is looked for ever less often.
        idleMs = taken > 0 || underWay.size > 0 ? idleMsLeast : Math.min(idleMs * 2, idleMsMost);
        // Fewer than were asked for: there are no more.
        if ((taken < free || room() <= 0) && (await alarm.sleep(idleMs, signal))) idleMs = idleMsLeast;
      }
      isOpen = false;
      await Promise.all(underWay);
    },
    reserve: (most) => {
      const kept = isOpen ? Math.max(0, Math.min(most, room())) : 0;
      reserved += kept;
      return {
        room: kept,
        leaseId,
        dueAt: new Date(now().getTime() + leaseMs),
        begin: async (effects) => {
          reserved -= kept;
          if (isOpen) track(execute(effects.map((effect) => ({ ...effect, status: 'due', attempts: 1 }))));
          else await giveBack(effects.map(({ effectId }) => effectId));
          if (effects.length < kept) alarm.ring();
        },
        doubt: (effects) => {
          reserved -= kept;
          for (const { effectId } of effects) doubted.add(effectId);
          alarm.ring();
        },
      };
    },
    wake: () => alarm.ring(),
  };
};
