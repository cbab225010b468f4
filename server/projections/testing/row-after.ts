import type { ReadEvent } from '../define-projection.ts';

type Fold<Row extends State, State> = {
  readonly evolve: (state: State | undefined, event: ReadEvent) => State | undefined;
  readonly toRow: (state: State) => Row;
};

/** A row after one more event: what a batch of that event alone makes of it. */
export const rowAfter =
  <Row extends State, State>({ evolve, toRow }: Fold<Row, State>) =>
  (row: Row | undefined, event: ReadEvent): Row | undefined => {
    const state = evolve(row, event);
    return state === row ? row : state && toRow(state);
  };

/** The row of many events, as batches of `most` make it; as one batch unless told. */
export const rowOf = <Row extends State, State>(
  { evolve, toRow }: Fold<Row, State>,
  events: readonly ReadEvent[],
  most = Number.POSITIVE_INFINITY,
): Row | undefined => {
  let row: Row | undefined;
  for (let rest = events; rest.length > 0; rest = rest.slice(most)) {
    const state = rest.slice(0, most).reduce<State | undefined>(evolve, row);
    row = state && toRow(state);
  }
  return row;
};
