'use client';

import { useLayoutEffect, useRef, useState } from 'react';

/** What is done at a row, by its index. */
export type RowHandlers = {
  readonly focus: (index: number) => void;
  readonly open: (index: number) => void;
  readonly select: (index: number, range: boolean) => void;
};

/** The same functions at every render, which do what the newest render's do: rows are drawn anew for their content alone. */
export const useRowHandlers = (newest: RowHandlers): RowHandlers => {
  const latest = useRef(newest);
  useLayoutEffect(() => {
    latest.current = newest;
  });
  const [stable] = useState<RowHandlers>(() => ({
    focus: (index) => latest.current.focus(index),
    open: (index) => latest.current.open(index),
    select: (index, range) => latest.current.select(index, range),
  }));
  return stable;
};
