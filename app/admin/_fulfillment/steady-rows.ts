import { type FocusEvent, type PointerEvent, useRef, useState } from 'react';

export type SteadyRows<Row> = {
  readonly rows: readonly Row[];
  /** Rows that wait to be let in. */
  readonly arrived: number;
};

/**
 * The rows as they stood, with their newest contents; what is gone stays until the person looks away. New rows beyond
 * the last are added, since they move nothing; others wait. Pure.
 */
export const steadyRows = <Row>(
  frozen: readonly Row[],
  fresh: readonly Row[],
  keyOf: (row: Row) => string,
): SteadyRows<Row> => {
  const freshByKey = new Map(fresh.map((row) => [keyOf(row), row]));
  const frozenKeys = new Set(frozen.map(keyOf));
  const lastKept = fresh.findLastIndex((row) => frozenKeys.has(keyOf(row)));
  const beyond = fresh.filter((row, index) => index > lastKept && !frozenKeys.has(keyOf(row)));
  return {
    rows: [...frozen.map((row) => freshByKey.get(keyOf(row)) ?? row), ...beyond],
    arrived: fresh.filter((row, index) => index <= lastKept && !frozenKeys.has(keyOf(row))).length,
  };
};

type Frozen<Row> = { readonly scope: string; readonly rows: readonly Row[] };

/**
 * Keeps rows where they are while the pointer or the focus is among them. Spread `hold` on what surrounds the list.
 * Another `scope` (other filters) is another list: nothing of the one before is held. Null while rows of the list before
 * stand in for those to come: they are not to be kept.
 */
export const useSteadyRows = <Row>(fresh: readonly Row[], keyOf: (row: Row) => string, scope: string | null) => {
  const [frozen, setFrozen] = useState<Frozen<Row> | null>(null);
  const within = useRef({ pointer: false, focus: false });
  const settle = () => {
    const { pointer, focus } = within.current;
    const now = scope === null ? null : { scope, rows: fresh };
    setFrozen((before) => (pointer || focus ? (before?.scope === scope ? before : now) : null));
  };
  const held = frozen !== null && frozen.scope === scope ? frozen.rows : null;
  const { rows, arrived } = held ? steadyRows(held, fresh, keyOf) : { rows: fresh, arrived: 0 };
  const onPointer = (inside: boolean) => (event: PointerEvent<HTMLElement>) => {
    // A focused row that was taken away has told nobody that it lost the focus.
    within.current = { pointer: inside, focus: event.currentTarget.contains(document.activeElement) };
    settle();
  };
  return {
    rows,
    arrived,
    /** Lets in what has arrived. */
    letIn: () => setFrozen(null),
    hold: {
      onPointerEnter: onPointer(true),
      onPointerLeave: onPointer(false),
      onFocus: () => {
        within.current.focus = true;
        settle();
      },
      onBlur: (event: FocusEvent<HTMLElement>) => {
        within.current.focus = event.currentTarget.contains(event.relatedTarget);
        settle();
      },
    },
  };
};
