import type { StorePosition } from '#domain/shared/store-position.ts';
import type { IssuedCommand } from '#server/processes/define-process.ts';
import { effectIdOf } from '#server/processes/effects.ts';
import type { AnyProcess } from '#server/processes/registry.ts';
import type { CommandRuntime } from '#server/runtime/handle-command.ts';
import { createHeardVersions } from '#server/runtime/heard-versions.ts';
import { type Answered, issueCommands } from '#server/runtime/issue-commands.ts';
import { effectsOf, liveByOrder, type OrderStates, timerRows } from '#server/runtime/process-batch.ts';
import { runToCompletion } from '#server/runtime/run-to-completion.ts';
import type { EffectTable, ExecutorCrash } from './effects.ts';
import { asJsonb } from './jsonb.ts';
import type { MemoryStore } from './memory-store.ts';
import { expect, SimulatedCrash } from './simulation-error.ts';

type TimerRow = {
  readonly timerId: string;
  readonly orderKey: string;
  readonly dueAt: number;
  readonly commands: readonly IssuedCommand[];
  readonly correlationId: string;
  readonly causationId: string;
};

export type ProcessMachine = {
  readonly states: ReadonlyMap<string, OrderStates>;
  readonly timers: ReadonlyMap<string, TimerRow>;
  /** How many events stand between the processes and the horizon at most: 0 when a feed would find nothing. */
  feed(limit: number, crash: ExecutorCrash): Promise<number>;
  /** Issues the commands of the timers that are due. */
  fire(limit: number, crash: ExecutorCrash): Promise<number>;
};

export type ProcessMachineOptions = {
  readonly store: MemoryStore;
  readonly runtime: CommandRuntime;
  readonly processes: readonly AnyProcess[];
  readonly effects: EffectTable;
  readonly now: () => Date;
  /** How far a batch is run ahead of the feed: from not at all to the end. */
  readonly roundsMost: () => number;
  /** Every answer to a command of a process. */
  readonly onAnswer: (answered: Answered) => void;
};

type EffectChangeRow = Parameters<EffectTable['write']>[0][number];

/** The process runner and the timers over tables in memory: what `process-runner.ts` does in SQL is done here by hand. */
export const createProcessMachine = (options: ProcessMachineOptions): ProcessMachine => {
  const { store, runtime, processes, effects, now, roundsMost, onAnswer } = options;
  const states = new Map<string, OrderStates>();
  const timers = new Map<string, TimerRow>();
  const heard = new Set(processes.flatMap(({ hears }) => [...hears]));
  const hearing = createHeardVersions();
  let at: StorePosition = { incarnation: 0, transactionId: 0, position: 0 };

  const noted = (answered: readonly Answered[]): void => {
    for (const one of answered) {
      const { outcome, request } = one;
      expect(outcome.status !== 'failed', 'Every event that a process leads to can be stored', {
        command: request.intent.type,
        outcome,
      });
      onAnswer(one);
    }
  };

  /** Nobody knows how far it came; whoever goes on knows what was written. */
  const orForget = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      hearing.clear();
      throw error;
    }
  };

  return {
    states,
    timers,
    feed: async (limit, crash) => {
      const page = await store.readAll(at, limit);
      if (page.events.length === 0) return 0;
      const byOrder = liveByOrder(page.events.filter(({ event }) => heard.has(event.type)));
      const kept = new Map(
        [...byOrder.keys()].flatMap((key) => {
          const known = states.get(key);
          return known ? [[key, known] as const] : [];
        }),
      );
      runtime.waybills?.follow(page.events);
      if (crash === 'before') throw new SimulatedCrash('died before it issued its commands');
      hearing.follow(page.events);
      const completion = await orForget(() =>
        runToCompletion(byOrder, kept, { runtime, processes, hearing, now, roundsMost: roundsMost() }),
      );
      noted(completion.answered);
      for (const [orderKey, error] of completion.poisoned)
        expect(false, 'No process throws at an event', { orderKey, error: String(error) });
      if (crash === 'after') {
        hearing.clear();
        throw new SimulatedCrash('died before it wrote its checkpoint');
      }
      for (const [key, state] of completion.states) states.set(key, asJsonb(state));
      const { settled } = effectsOf(completion.effects);
      const requested = new Map<string, EffectChangeRow>();
      for (const { change, orderKey, cause } of completion.effects) {
        if (change.type === 'settle') requested.delete(change.effectId);
        else {
          const effectId = effectIdOf(change.effect);
          const { correlationId } = cause.metadata;
          const effect = asJsonb(change.effect);
          requested.set(effectId, { effectId, orderKey, effect, correlationId, causationId: cause.eventId });
        }
      }
      effects.write([...requested.values()], settled);
      const changes = timerRows(completion.timers);
      for (const timerId of changes.canceled) timers.delete(timerId);
      const last = new Map(completion.timers.map((caused) => [caused.change.timerId, caused]));
      for (const { change, orderKey, cause } of last.values())
        if (change.type === 'set')
          timers.set(change.timerId, {
            timerId: change.timerId,
            orderKey,
            dueAt: Date.parse(change.dueAt),
            commands: asJsonb(change.commands),
            correlationId: cause.metadata.correlationId,
            causationId: cause.eventId,
          });
      at = page.readTo;
      return page.events.length;
    },
    fire: async (limit, crash) => {
      const due = [...timers.values()].filter(({ dueAt }) => dueAt <= now().getTime()).slice(0, limit);
      if (due.length === 0) return 0;
      if (crash === 'before') throw new SimulatedCrash('died before it fired');
      const requests = due.flatMap(({ commands, orderKey, correlationId, causationId }) =>
        commands.map((command) => ({ ...command, orderKey, correlationId, causationId })),
      );
      noted(await issueCommands(runtime, requests, now()));
      if (crash === 'after') throw new SimulatedCrash('died before it removed the timers');
      // One that was set anew meanwhile stays.
      for (const timer of due) if (timers.get(timer.timerId) === timer) timers.delete(timer.timerId);
      return due.length;
    },
  };
};
