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
