import { expect } from 'vitest';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { Process, Reaction } from '../define-process.ts';
import type { Intent } from '../intents.ts';
import { recorded } from './events.ts';

type When = {
  /** Asserts all that the process wants done, whole. */
  readonly thenCommands: (...intents: readonly Intent[]) => void;
  readonly thenReaction: (expected: Partial<Omit<Reaction<unknown>, 'state'>>) => void;
  readonly reaction: Reaction<unknown>;
};

/** Feeds a process the events that were, then one more: `given(checkout, …).when(event).thenCommands(…)`. */
export const given = <State>(process: Process<State>, ...past: readonly DomainEvent[]) => ({
  when: (event: DomainEvent): When => {
    const state = past.reduce(
      (before, one, index) => process.react(before, recorded(one, index)).state,
      process.initial,
    );
    const reaction = process.react(state, recorded(event, past.length));
    return {
      reaction,
      thenCommands: (...intents) => expect(reaction.commands.map(({ intent }) => intent)).toEqual(intents),
      thenReaction: (expected) => expect(reaction).toMatchObject(expected),
    };
  },
});
