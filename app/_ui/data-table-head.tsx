'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import { cn } from './cn.ts';

export interface Column<Row> {
  readonly id: string;
  /** The caption; plain words. */
  readonly header: string;
  /** Shown in the place of the caption, an icon for example. */
  readonly headerContent?: ReactNode;
  /** Pixels, or fill to take what is left. */
  readonly width: number | 'fill';
  /** The least width of a fill column. */
  readonly min?: number | undefined;
  readonly align?: 'left' | 'right' | undefined;
  /** `pending` as the table's `pending` says it of the row. */
  readonly cell: (row: Row, pending: string | undefined) => ReactNode;
  readonly sortable?: boolean | undefined;
  /** Lets the cell's content stand out of it (times on row focus). */
  readonly overflow?: boolean | undefined;
}

export interface Sort {
  readonly columnId: string;
  readonly direction: 'ascending' | 'descending';
  readonly onSort: (columnId: string) => void;
}

interface DataTableHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly selectAll: ReactNode;
  /** The bulk bar lies over the head. */
  readonly covered: boolean;
  readonly sort: Sort | undefined;
  readonly onResize: (columnId: string, width: number) => void;
}

const RESIZE_STEP = 16;

/** Heads: ← → move between them, Shift ← → resize, Enter sorts; the right edge drags. */
export function DataTableHead<Row>({ columns, selectAll, covered, sort, onResize }: DataTableHeadProps<Row>) {
  const [tabStop, setTabStop] = useState(columns[0]?.id);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, column: Column<Row>) => {
    const head = event.currentTarget;
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by !== 0 && event.shiftKey) onResize(column.id, head.getBoundingClientRect().width + by * RESIZE_STEP);
    else if (by !== 0) {
      const next = columns[columns.indexOf(column) + by];
      if (!next) return;
      setTabStop(next.id);
      const sibling = by > 0 ? head.nextElementSibling : head.previousElementSibling;
      if (sibling instanceof HTMLElement) sibling.focus();
    } else if ((event.key === 'Enter' || event.key === ' ') && column.sortable) sort?.onSort(column.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const startResize = (event: PointerEvent<HTMLElement>, columnId: string) => {
    const head = event.currentTarget.parentElement;
    if (!head) return;
    event.preventDefault();
    const from = event.clientX - head.getBoundingClientRect().width;
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (move) => onResize(columnId, move.clientX - from);
    handle.onpointerup = () => {
      handle.onpointermove = null;
      handle.onpointerup = null;
    };
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a virtual grid
    <div role="rowgroup" className="sticky top-0 z-10 min-w-(--table-width)">
      {/* biome-ignore lint/a11y/useSemanticElements: part of a virtual grid */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the heads in it take the focus */}
      <div
        role="row"
        aria-rowindex={1}
        className="grid h-control grid-cols-(--tracks) items-center border-rule border-b bg-tint text-meta text-muted"
      >
        {selectAll && (
          // biome-ignore lint/a11y/useSemanticElements: part of a virtual grid
          // biome-ignore lint/a11y/useFocusableInteractive: the checkbox in it takes the focus
          <div role="columnheader" aria-colindex={1} className="flex items-center pl-3">
            {covered ? <span className="sr-only">Selection</span> : selectAll}
          </div>
        )}
        {columns.map((column, index) => {
          const sorted = sort?.columnId === column.id ? sort.direction : undefined;
          const Arrow = sorted === 'ascending' ? ArrowUp : ArrowDown;
          return (
            // biome-ignore lint/a11y/useSemanticElements: part of a virtual grid
            <div
              key={column.id}
              role="columnheader"
              aria-colindex={index + (selectAll ? 2 : 1)}
              aria-sort={column.sortable ? (sorted ?? 'none') : undefined}
              tabIndex={column.id === tabStop ? 0 : -1}
              onFocus={() => setTabStop(column.id)}
              onKeyDown={(event) => onKeyDown(event, column)}
              onClick={column.sortable ? () => sort?.onSort(column.id) : undefined}
              className={cn(
                'focus-inset relative flex h-full min-w-0 items-center gap-1 px-2',
                column.align === 'right' && 'justify-end',
                column.sortable && 'cursor-pointer hover:text-ink',
                sorted && 'text-ink',
              )}
            >
              <span className="truncate">{column.headerContent ?? column.header}</span>
              {sorted && <Arrow aria-hidden="true" className="size-3 shrink-0" />}
              <span
                aria-hidden="true"
                onPointerDown={(event) => startResize(event, column.id)}
                onClick={(event) => event.stopPropagation()}
                className="absolute inset-y-2 right-0 w-2 cursor-col-resize touch-none border-r-2 border-r-transparent hover:border-r-field"
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
