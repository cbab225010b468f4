'use client';

import { useRef } from 'react';
import type { Selection } from './data-table.tsx';

interface RowSelectionOptions<Row> {
  readonly selection: Selection | undefined;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
}

/** Selecting rows: one, a range from the last one, or all that are there. What isn't among them stays selected. */
export function useRowSelection<Row>({ selection, rows, rowKey }: RowSelectionOptions<Row>) {
  // A key, since rows above it may come and go.
  const anchor = useRef<string | null>(null);
  const allSelected =
    selection !== undefined && rows.length > 0 && rows.every((row) => selection.selected.has(rowKey(row)));
  const someSelected = selection !== undefined && selection.selected.size > 0;

  const select = (index: number, range: boolean): void => {
    const row = rows[index];
    if (!selection || !row) return;
    const next = new Set(selection.selected);
    const anchored = range ? rows.findIndex((each) => rowKey(each) === anchor.current) : -1;
    if (anchored >= 0) {
      for (const each of rows.slice(Math.min(anchored, index), Math.max(anchored, index) + 1)) next.add(rowKey(each));
    } else if (!next.delete(rowKey(row))) next.add(rowKey(row));
    anchor.current = rowKey(row);
    selection.onChange(next);
  };

  const toggleAll = (): void => {
    if (!selection) return;
    const next = new Set(selection.selected);
    for (const row of rows) {
      if (allSelected) next.delete(rowKey(row));
      else next.add(rowKey(row));
    }
    selection.onChange(next);
  };
  return { select, toggleAll, allSelected, someSelected };
}
