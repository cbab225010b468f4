'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { Checkbox } from './checkbox.tsx';
import { cn } from './cn.ts';
import { type Column, DataTableHead, type Sort } from './data-table-head.tsx';
import { DataTableRow } from './data-table-row.tsx';
import { formatCount } from './format.ts';
import { singleKeysOn, useShortcuts } from './keys.ts';
import { useRowHandlers } from './use-row-handlers.ts';
import { useRowSelection } from './use-row-selection.ts';
import { useSteady } from './use-steady.ts';

export type { Column, Sort } from './data-table-head.tsx';

export interface Selection {
  readonly selected: ReadonlySet<string>;
  readonly onChange: (selected: ReadonlySet<string>) => void;
  /** Replaces the head while something is selected: the buttons of the bulk bar. */
  readonly bulkActions?: ReactNode;
}

export interface DataTableProps<Row> {
  /** What the rows are: "Orders". */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** The row whose detail is open beside the list. */
  readonly activeKey?: string | undefined;
  readonly onOpen?: ((row: Row) => void) | undefined;
  readonly selection?: Selection | undefined;
  readonly sort?: Sort | undefined;
  /** The word for what in the row isn't settled: dashed edge, pencil. */
  readonly pending?: ((row: Row) => string | undefined) | undefined;
  /** All rows there are, when not all are loaded; unknown where nobody counts them. */
  readonly total?: number | 'unknown' | undefined;
  /** Called when the last loaded rows come into view. */
  readonly onNearEnd?: (() => void) | undefined;
  /** J and K move from anywhere on the page; for the one main list of a page. */
  readonly pageKeys?: boolean | undefined;
  /** In the place of rows: an EmptyState, SkeletonRows, an ErrorState. */
  readonly placeholder?: ReactNode;
  readonly className?: string | undefined;
}

const CHECK_WIDTH = 34;

/**
 * A virtual grid: sticky head on tint, rows of the density's height, J K ↑ ↓ Home End move, Enter opens,
 * X selects, Shift-X selects a range. Fills its parent, which must have a height.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rowKey, activeKey, onOpen, selection, sort, pending, total, onNearEnd } = props;
  const { pageKeys = false, placeholder, className } = props;
  const { value: rows, onPointerDown } = useSteady(props.rows);
  const scroller = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const [size, setSize] = useState({ row: 36, head: 32 });
  const [cursorKey, setCursorKey] = useState<string | null>(null);
  // Who opened an order from elsewhere, or closes it, is at its row.
  const [lastActive, setLastActive] = useState(activeKey);
  if (activeKey !== lastActive) {
    setLastActive(activeKey);
    if (activeKey !== undefined) setCursorKey(activeKey);
  }
  const { select, toggleAll, allSelected, someSelected } = useRowSelection({ selection, rows, rowKey });

  const cursor = Math.max(
    0,
    rows.findIndex((row) => rowKey(row) === (cursorKey ?? activeKey)),
  );

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => size.row,
    overscan: 12,
    // The sticky head takes room before the rows and lies over the first of them.
    scrollMargin: size.head,
    scrollPaddingStart: size.head,
    // The server draws the first screen; the browser measures.
    initialRect: { width: 800, height: 900 },
    // The row with the focus stays mounted while it is scrolled out of view.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const first = Math.max(0, startIndex - overscan);
      const last = Math.min(count - 1, endIndex + overscan);
      const range = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
      if (cursor < first) range.unshift(cursor);
      else if (cursor > last && cursor < count) range.push(cursor);
      return range;
    },
  });
  useLayoutEffect(() => {
    if (!scroller.current) return;
    const style = getComputedStyle(scroller.current);
    const px = (name: string) => Number.parseFloat(style.getPropertyValue(name));
    setSize({ row: px('--row') || 36, head: px('--control') || 32 });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows were measured in the size before
  useLayoutEffect(() => virtualizer.measure(), [size]);
  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - 1) onNearEnd?.();
  }, [lastShown, rows.length, onNearEnd]);

  useEffect(() => {
    if (!wantsFocus.current) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${cursor}"]`);
    if (!row) return;
    wantsFocus.current = false;
    row.focus({ preventScroll: true });
  });

  const moveTo = (index: number) => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))];
    if (!row) return;
    wantsFocus.current = true;
    setCursorKey(rowKey(row));
    virtualizer.scrollToIndex(Math.min(rows.length - 1, Math.max(0, index)));
  };

  const handlers = useRowHandlers({
    focus: (index) => {
      const row = rows[index];
      if (row !== undefined) setCursorKey(rowKey(row));
    },
    open: (index) => {
      const row = rows[index];
      if (row !== undefined) onOpen?.(row);
    },
    select,
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (target.getAttribute('role') !== 'row' || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / 40) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: cursor + 1,
      ArrowUp: cursor - 1,
      Home: 0,
      End: rows.length - 1,
      PageDown: cursor + page,
      PageUp: cursor - page,
      ...(singleKeysOn() ? { j: cursor + 1, k: cursor - 1 } : {}),
    };
    const to = moves[event.key];
    const row = rows[cursor];
    if (to !== undefined) moveTo(to);
    else if (event.key === 'Enter' && row && onOpen) onOpen(row);
    else if (selection && (event.key === ' ' || (event.key.toLowerCase() === 'x' && singleKeysOn())))
      select(cursor, event.shiftKey);
    else return;
    event.preventDefault();
  };

  useShortcuts(
    {
      j: () => moveTo(cursorKey === null && !activeKey ? 0 : cursor + 1),
      k: () => moveTo(cursor - 1),
      ...(selection ? { x: () => select(cursor, false), 'Shift+x': () => select(cursor, true) } : {}),
    },
    pageKeys && rows.length > 0,
  );

  const tracks = columns.map((column) =>
    widths[column.id] !== undefined
      ? `${widths[column.id]}px`
      : column.width === 'fill'
        ? `minmax(${column.min ?? 120}px, 1fr)`
        : `${column.width}px`,
  );
  const minWidth =
    (selection ? CHECK_WIDTH : 0) +
    columns.reduce(
      (sum, column) => sum + (widths[column.id] ?? (column.width === 'fill' ? (column.min ?? 120) : column.width)),
      0,
    );
  const style = {
    '--tracks': [...(selection ? [`${CHECK_WIDTH}px`] : []), ...tracks].join(' '),
    '--table-width': `${minWidth}px`,
  } as CSSProperties;

  const selectAll = selection && (
    <Checkbox
      aria-label={allSelected ? 'Select none' : `Select all ${label.toLowerCase()}`}
      checked={allSelected ? true : someSelected ? 'indeterminate' : false}
      onCheckedChange={toggleAll}
    />
  );

  return (
    <div className={cn('relative h-full min-h-0 bg-sheet', className)}>
      {selection && someSelected && (
        <div
          role="toolbar"
          aria-label={`${formatCount(selection.selected.size)} selected`}
          className="absolute inset-x-0 top-0 z-20 flex h-control items-center gap-1 border-rule border-b bg-pick pr-2 pl-3"
        >
          {selectAll}
          <span className="mx-1.5 whitespace-nowrap font-semibold tabular-nums">
            {formatCount(selection.selected.size)} selected
          </span>
          {selection.bulkActions}
        </div>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual grid can't be a <table> */}
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={total === 'unknown' ? -1 : (total ?? rows.length) + 1}
        aria-colcount={columns.length + (selection ? 1 : 0)}
        aria-multiselectable={selection ? true : undefined}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        style={style}
        className="h-full overflow-auto contain-layout contain-paint"
      >
        <DataTableHead
          columns={columns}
          selectAll={selectAll}
          covered={someSelected}
          sort={sort}
          onResize={(id, width) => setWidths((before) => ({ ...before, [id]: Math.max(48, Math.round(width)) }))}
        />
        {rows.length > 0 && (
          // biome-ignore lint/a11y/useSemanticElements: as above
          <div
            role="rowgroup"
            className="relative min-w-(--table-width)"
            style={{ height: `calc(var(--row) * ${rows.length})` }}
          >
            {items.map(({ index }) => {
              const row = rows[index];
              if (row === undefined) return null;
              const key = rowKey(row);
              return (
                <DataTableRow
                  key={key}
                  row={row}
                  index={index}
                  columns={columns}
                  active={key === activeKey}
                  selected={selection?.selected.has(key)}
                  pending={pending?.(row)}
                  tabbable={index === cursor}
                  canOpen={onOpen !== undefined}
                  handlers={handlers}
                />
              );
            })}
          </div>
        )}
      </div>
      {rows.length === 0 && <div className="absolute inset-x-0 top-(--control)">{placeholder}</div>}
    </div>
  );
}
