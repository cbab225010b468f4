import { expect } from 'vitest';
import { type DomainEvent, eventTypes } from '../events/registry.ts';
import { type Decision, fold } from './decider.ts';

/** The three things that a specification needs of an aggregate. */
export type Specified<State, Command, Event, Rejection> = {
  readonly decide: (command: Command, state: State) => Decision<Event, Rejection>;
  readonly evolve: (state: State, event: Event) => State;
  readonly initial: State;
};

/** What is decided must be fit to be written: the codec would refuse it otherwise. */
const expectWritable = ({ type, ...data }: DomainEvent): void => {
  const entry = eventTypes.get(type);
  expect(entry?.schema.safeParse(data), `${type} against its schema`).toMatchObject({ success: true });
};

/**
 * Given/when/then over one decider: `given(received(2)).when(reserve(3)).thenEvents(rejected({ available: 2 }))`.
 * Whole values are compared, and every event is checked against its schema.
 */
export const specificationOf =
  <State, Command, Event extends DomainEvent, Rejection>(specified: Specified<State, Command, Event, Rejection>) =>
  (...events: readonly Event[]) => {
    events.forEach(expectWritable);
    const state = fold(specified.evolve, specified.initial, events);
    return {
      /** The state that the given events fold to. */
      state,
      when: (command: Command) => {
        const decision = specified.decide(command, state);
        return {
          thenEvents: (...expected: readonly Event[]) => {
            expect(decision).toEqual({ ok: true, events: expected });
            expected.forEach(expectWritable);
          },
          /** Accepted, and already so. */
          thenNothing: () => expect(decision).toEqual({ ok: true, events: [] }),
          thenRejected: (rejection: Rejection) => expect(decision).toEqual({ ok: false, rejection }),
        };
      },
    };
  };

/** One command of a sequence: what was decided, and the state before and after. */
export type Step<State, Command, Event, Rejection> = {
  readonly command: Command;
  readonly before: State;
  readonly decision: Decision<Event, Rejection>;
  readonly after: State;
};

/** Runs commands one after the other, each on the state that the one before left. */
export const play = <State, Command, Event, Rejection>(
  { decide, evolve, initial }: Specified<State, Command, Event, Rejection>,
  commands: readonly Command[],
): Step<State, Command, Event, Rejection>[] => {
  let state = initial;
  return commands.map((command) => {
    const before = state;
    const decision = decide(command, before);
    if (decision.ok) state = fold(evolve, before, decision.events);
    return { command, before, decision, after: state };
  });
};

/** The same JSON with every object's keys the other way round, as another store may give it back. */
export const withKeysReversed = <Json>(value: Json): Json => {
  if (Array.isArray(value)) return value.map(withKeysReversed) as Json;
  if (typeof value !== 'object' || value === null) return value;
  const reversed = Object.entries(value).toReversed();
  return Object.fromEntries(reversed.map(([key, child]) => [key, withKeysReversed(child)])) as Json;
};

/**
 * What holds for every decider at every step: it decides the same again and on the same JSON with its keys reversed,
 * its events are fit to be written, its state is plain JSON, and a command given twice at once emits nothing the
 * second time, those in `reliesOnCommandId` excepted.
 */
export const expectLawful = <State, Command extends { readonly type: string }, Event extends DomainEvent, Rejection>(
  { decide }: Specified<State, Command, Event, Rejection>,
  { command, before, decision, after }: Step<State, Command, Event, Rejection>,
  reliesOnCommandId: readonly Command['type'][],
): void => {
  expect(decide(command, before)).toStrictEqual(decision);
  expect(decide(command, withKeysReversed(before))).toStrictEqual(decision);
  if (decision.ok) decision.events.forEach(expectWritable);
  expect(JSON.parse(JSON.stringify(after))).toStrictEqual(after);
  const again = decide(command, after);
  const emitted = again.ok ? again.events : [];
  if (!reliesOnCommandId.includes(command.type)) expect(emitted, `${command.type} given twice`).toEqual([]);
};
