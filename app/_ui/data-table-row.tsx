'use client';

import { type MouseEvent, memo } from 'react';
import { Checkbox } from './checkbox.tsx';
import { cn } from './cn.ts';
import type { Column } from './data-table-head.tsx';
import type { RowHandlers } from './use-row-handlers.ts';

interface DataTableRowProps<Row> {
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly Column<Row>[];
  readonly active: boolean;
  /** undefined where rows can't be selected. */
  readonly selected: boolean | undefined;
  readonly pending: string | undefined;
  readonly tabbable: boolean;
  readonly canOpen: boolean;
  /** Always the same ones. */
  readonly handlers: RowHandlers;
}

const takesItsOwnClick = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('a, button, input, label, [role=checkbox]') !== null;

function PlainRow<Row>(props: DataTableRowProps<Row>) {
  const { row, index, columns, active, selected, pending, tabbable, canOpen, handlers } = props;
  const onClick = (event: MouseEvent) => {
    if (takesItsOwnClick(event.target)) return;
    if (event.shiftKey && selected !== undefined) handlers.select(index, true);
    else handlers.open(index);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a virtual grid
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
    <div
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-current={active ? 'true' : undefined}
      tabIndex={tabbable ? 0 : -1}
      onFocus={() => handlers.focus(index)}
      onClick={onClick}
      style={{ top: `calc(var(--row) * ${index})` }}
      className={cn(
        'group/row focus-inset absolute inset-x-0 grid h-row scroll-mt-(--control) grid-cols-(--tracks) items-center border-rule border-b focus-visible:z-10',
        canOpen && 'cursor-pointer',
        active || selected
          ? 'bg-pick shadow-[inset_3px_0_0_var(--hivis),inset_4px_0_0_var(--ink)] forced-colors:border-l-4'
          : 'hover:bg-tint',
        pending !== undefined &&
          'text-pencil before:absolute before:inset-y-0 before:left-0 before:border-pencil before:border-l-2 before:border-dashed',
      )}
    >
      {selected !== undefined && (
        // biome-ignore lint/a11y/useSemanticElements: part of a virtual grid
        // biome-ignore lint/a11y/useFocusableInteractive: the checkbox in it takes the focus
        <div role="gridcell" aria-colindex={1} className="flex items-center pl-3">
          <Checkbox
            tabIndex={-1}
            aria-label={`Select row ${index + 1}`}
            checked={selected}
            onClick={(event) => {
              event.preventDefault();
              handlers.select(index, event.shiftKey);
            }}
          />
        </div>
      )}
      {columns.map((column, at) => (
        // biome-ignore lint/a11y/useSemanticElements: part of a virtual grid
        // biome-ignore lint/a11y/useFocusableInteractive: rows take the focus, not cells
        <div
          key={column.id}
          role="gridcell"
          aria-colindex={at + (selected === undefined ? 1 : 2)}
          className={cn(
            'min-w-0 px-2',
            column.align === 'right' && 'text-right tabular-nums',
            !column.overflow && 'truncate',
          )}
        >
          {column.cell(row, pending)}
        </div>
      ))}
    </div>
  );
}

/** A key that moves the focus draws the two rows that it concerns, and not the forty that are mounted. */
export const DataTableRow = memo(PlainRow) as typeof PlainRow;
