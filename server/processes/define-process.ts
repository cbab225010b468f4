import type { DomainEvent, EventType } from '#domain/events/registry.ts';
import { derivedId } from '#domain/shared/derived-id.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import type { Effect } from './effects.ts';
import type { Intent } from './intents.ts';

export type IssuedCommand = {
  readonly commandId: string;
  readonly process: string;
  readonly target: string;
  readonly intent: Intent;
};

/** `settle`: its outcome is known, nobody needs to call or ask any more. */
export type EffectChange =
  | { readonly type: 'request'; readonly effect: Effect }
  | { readonly type: 'settle'; readonly effectId: string };

/** Setting a timer again moves it and replaces its commands. `dueAt` is ISO 8601 in UTC. */
export type TimerChange =
  | {
      readonly type: 'set';
      readonly timerId: string;
      readonly dueAt: string;
      readonly commands: readonly IssuedCommand[];
    }
  | { readonly type: 'cancel'; readonly timerId: string };

export type Reaction<State> = {
  readonly state: State;
  readonly commands: readonly IssuedCommand[];
  readonly effects: readonly EffectChange[];
  readonly timers: readonly TimerChange[];
};

/** What a handler says of an event; what it leaves out stays as it was. */
type Said<State> = Partial<Reaction<State>>;

export type Source = {
  readonly recorded: RecordedEvent<DomainEvent>;
  /**
   * A command whose id is uuidv5 of (process, source event, command type, target): redelivery and changed code make
   * the same one. The source is this event; a join names the event that opened it, so that the order in which its
   * parts came does not matter.
   */
  readonly issue: (target: string, intent: Intent, sourceEventId?: string) => IssuedCommand;
};

type Handlers<State> = {
  readonly [Type in EventType]?: (
    state: State,
    event: Extract<DomainEvent, { type: Type }>,
    source: Source,
  ) => Said<State>;
};

export type ProcessDefinition<State> = {
  readonly name: string;
  /** Raise it when older states no longer fit; `upgrade` then lifts them. */
  readonly version: number;
  readonly initial: State;
  readonly on: Handlers<State>;
  readonly upgrade?: (state: unknown, version: number) => State;
};

/** A process manager: folds an order's events into a state of its own, and says what should happen next. Pure. */
export type Process<State> = {
  readonly name: string;
  readonly version: number;
  readonly initial: State;
  readonly hears: ReadonlySet<string>;
  readonly upgrade: (state: unknown, version: number) => State;
  readonly react: (state: State, recorded: RecordedEvent<DomainEvent>) => Reaction<State>;
};

/**
 * Defines a process manager. `state` is kept per order key: plain JSON, no personal data. Handlers are pure and bear
 * being given an event twice.
 */
export const defineProcess = <State>(definition: ProcessDefinition<State>): Process<State> => {
  const { name, version, initial, on } = definition;
  const handlers = on as Readonly<
    Record<string, ((state: State, event: DomainEvent, source: Source) => Said<State>) | undefined>
  >;
  return {
    name,
    version,
    initial,
    hears: new Set(Object.keys(on)),
    upgrade:
      definition.upgrade ??
      ((_state, from) => {
        throw new Error(`Process ${name} has a state of version ${from}, and no way to lift it to ${version}`);
      }),
    react: (state, recorded) => {
      const handler = handlers[recorded.event.type];
      const nothing = { state, commands: [], effects: [], timers: [] };
      if (!handler) return nothing;
      const issue: Source['issue'] = (target, intent, sourceEventId = recorded.eventId) => ({
        commandId: derivedId(name, sourceEventId, intent.type, target),
        process: name,
        target,
        intent,
      });
      return { ...nothing, ...handler(state, recorded.event, { recorded, issue }) };
    },
  };
};

/** The order that an event is about; null for stock that nobody has ordered. */
export const orderKeyOf = ({ orderKey, event }: RecordedEvent<DomainEvent>): string | null =>
  orderKey ?? ('orderId' in event ? event.orderId : null);
