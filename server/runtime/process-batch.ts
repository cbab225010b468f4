import { oneByteJson } from '#db/one-byte-json.ts';
import { joinRows, rowOfFields, textField } from '#db/separated-text.ts';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import { type EffectChange, orderKeyOf, type TimerChange } from '#server/processes/define-process.ts';
import { type Effect, effectIdOf } from '#server/processes/effects.ts';
import type { AnyProcess } from '#server/processes/registry.ts';
import type { ProcessRequest } from './issue-commands.ts';

type Recorded = RecordedEvent<DomainEvent>;
/** Of one order, by process name: the state with the version of the code that made it. */
export type OrderStates = Readonly<Record<string, { readonly v: number; readonly s: unknown }>>;

/** What a process asked for, with the event that it follows from. */
type Caused<Change> = { readonly change: Change; readonly orderKey: string; readonly cause: Recorded };

export type BatchReactions = {
  /** As they are after it, changed or not. */
  readonly states: ReadonlyMap<string, OrderStates>;
  readonly commands: readonly ProcessRequest[];
  readonly effects: readonly Caused<EffectChange>[];
  readonly timers: readonly Caused<TimerChange>[];
  /** Orders whose reaction threw: nothing of theirs is in the lists above. */
  readonly poisoned: ReadonlyMap<string, unknown>;
};

/** The events of live orders, by order key. Imports and replays issue nothing. */
export const liveByOrder = (events: readonly Recorded[]): Map<string, Recorded[]> => {
  const byOrder = new Map<string, Recorded[]>();
  for (const recorded of events) {
    const orderKey = recorded.origin === 'live' ? orderKeyOf(recorded) : null;
    if (orderKey === null) continue;
    const some = byOrder.get(orderKey);
    if (some) some.push(recorded);
    else byOrder.set(orderKey, [recorded]);
  }
  return byOrder;
};

const stateOf = (process: AnyProcess, states: OrderStates): unknown => {
  const kept = states[process.name];
  if (!kept) return process.initial;
  return kept.v === process.version ? kept.s : process.upgrade(kept.s, kept.v);
};

const texts = new WeakMap<OrderStates, string>();

/** The states as JSON. Remembered with them: the same text is compared, written, and compared again at the next event. */
export const statesText = (states: OrderStates): string => {
  const known = texts.get(states);
  if (known !== undefined) return known;
  const text = oneByteJson(states);
  texts.set(states, text);
  return text;
};

/** As `proc.write_batch` takes them: an order key and its states a row. */
export const stateRows = (states: Iterable<readonly [orderKey: string, states: OrderStates]>): string =>
  joinRows([...states].map(([orderKey, some]) => rowOfFields([textField(orderKey), statesText(some)])));

type OrderReactions = {
  readonly states: OrderStates;
  readonly commands: ProcessRequest[];
  readonly effects: Caused<EffectChange>[];
  readonly timers: Caused<TimerChange>[];
};

const reactForOrder = (
  processes: readonly AnyProcess[],
  orderKey: string,
  kept: OrderStates,
  events: readonly Recorded[],
): OrderReactions => {
  const states: Record<string, OrderStates[string]> = { ...kept };
  const said: OrderReactions = { states, commands: [], effects: [], timers: [] };
  for (const cause of events) {
    if ('unreadable' in cause && cause.unreadable)
      throw new Error(`${cause.event.type} can't be read: ${cause.unreadable}`);
    for (const process of processes) {
      if (!process.hears.has(cause.event.type)) continue;
      const before = stateOf(process, states);
      const { state, commands, effects, timers } = process.react(before, cause);
      // A process without a state of its own (null) leaves no trace.
      if (state !== null) states[process.name] = { v: process.version, s: state };
      const { correlationId } = cause.metadata;
      for (const command of commands)
        said.commands.push({ ...command, orderKey, correlationId, causationId: cause.eventId });
      for (const change of effects) said.effects.push({ change, orderKey, cause });
      for (const change of timers) said.timers.push({ change, orderKey, cause });
    }
  }
  return said;
};

/** Lets every process react to a batch, order by order, from the states that were kept. Pure, but for what it throws at. */
export const reactToBatch = (
  processes: readonly AnyProcess[],
  byOrder: ReadonlyMap<string, readonly Recorded[]>,
  kept: ReadonlyMap<string, OrderStates>,
): BatchReactions => {
  const states = new Map<string, OrderStates>();
  const poisoned = new Map<string, unknown>();
  const all: OrderReactions[] = [];
  for (const [orderKey, events] of byOrder) {
    try {
      const before = kept.get(orderKey) ?? {};
      const said = reactForOrder(processes, orderKey, before, events);
      all.push(said);
      states.set(orderKey, said.states);
    } catch (error) {
      poisoned.set(orderKey, error);
    }
  }
  return {
    states,
    poisoned,
    commands: all.flatMap(({ commands }) => commands),
    effects: all.flatMap(({ effects }) => effects),
    timers: all.flatMap(({ timers }) => timers),
  };
};

export type RequestedEffect = {
  readonly effectId: string;
  readonly orderKey: string;
  readonly effect: Effect;
  readonly correlationId: string;
  readonly causationId: string;
};

/** The effects of a batch after all: what was requested and settled within it need not be called. */
export const effectsOf = (changes: BatchReactions['effects']) => {
  const requested = new Map<string, RequestedEffect>();
  const settled = new Set<string>();
  for (const { change, orderKey, cause } of changes) {
    if (change.type === 'settle') {
      requested.delete(change.effectId);
      settled.add(change.effectId);
      continue;
    }
    const { effect } = change;
    const effectId = effectIdOf(effect);
    const { correlationId } = cause.metadata;
    requested.set(effectId, { effectId, orderKey, effect, correlationId, causationId: cause.eventId });
  }
  return { requested: [...requested.values()], settled: [...settled] };
};

/** The timers of a batch after all: the last word on each. As `proc.write_batch` takes them. */
export const timerRows = (changes: BatchReactions['timers']) => {
  const last = new Map(changes.map((caused) => [caused.change.timerId, caused]));
  const timers: object[] = [];
  const canceled: string[] = [];
  for (const { change, orderKey, cause } of last.values()) {
    if (change.type === 'cancel') canceled.push(change.timerId);
    else
      timers.push({
        id: change.timerId,
        k: orderKey,
        due: change.dueAt,
        commands: change.commands,
        correlation: cause.metadata.correlationId,
        causation: cause.eventId,
      });
  }
  return { timers, canceled };
};
