/** What a command led to. A rejection is a value that a screen can show; exceptions are for bugs and infrastructure. */
export type Decision<Event, Rejection> =
  | { readonly ok: true; readonly events: readonly Event[] }
  | { readonly ok: false; readonly rejection: Rejection };

/** Accepts a command. Without events it is a no-op: what was asked for is already so. */
export const accept = <Event>(
  ...events: readonly Event[]
): { readonly ok: true; readonly events: readonly Event[] } => ({
  ok: true,
  events,
});

export const reject = <Rejection>(rejection: Rejection): { readonly ok: false; readonly rejection: Rejection } => ({
  ok: false,
  rejection,
});

/** Folds events over a state. */
export const fold = <State, Event>(
  evolve: (state: State, event: Event) => State,
  initial: State,
  events: Iterable<Event>,
): State => {
  let state = initial;
  for (const event of events) state = evolve(state, event);
  return state;
};

/** The compiler's proof that a closed union has been handled whole; throws when data from outside broke it. */
export const unreachable = (value: never): never => {
  throw new Error(`Not a member of the closed union: ${JSON.stringify(value)}`);
};
