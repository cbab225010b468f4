import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export interface RuledCell {
  readonly id: string;
  readonly caption: ReactNode;
  readonly value: ReactNode;
  /** A second line in muted. */
  readonly detail?: ReactNode;
  /** Makes the cell wider than its neighbours; 1 by default. */
  readonly grow?: number | undefined;
  /** The cell filters or opens: it becomes a link. */
  readonly href?: string | undefined;
  /** The cell filters what stands below it, on this very page: it becomes a button, pressed while `current`. */
  readonly onPress?: (() => void) | undefined;
  readonly current?: boolean | undefined;
}

export interface RuledCellsProps {
  readonly cells: readonly RuledCell[];
  /** value (default): text; money: 16 px figures; figure: 28 px. */
  readonly size?: 'value' | 'money' | 'figure' | undefined;
  /** Closes the outside with a hairline and 6 px corners; else only hairlines between. */
  readonly boxed?: boolean | undefined;
  /** Columns; without it all cells share one row that wraps on narrow screens. */
  readonly columns?: 2 | 3 | 4 | undefined;
  /** pencil draws dashed violet hairlines: nothing here is recorded. */
  readonly pencil?: boolean | undefined;
  readonly className?: string | undefined;
}

const columnLooks = {
  2: 'grid grid-cols-2',
  3: 'grid grid-cols-2 sm:grid-cols-3',
  4: 'grid grid-cols-2 sm:grid-cols-4',
};
const sizeLooks = {
  value: 'font-medium',
  money: 'font-semibold text-[1rem] leading-5 tracking-[-0.01em]',
  figure: 'text-figure tracking-[-0.02em]',
};

const overCell =
  'focus-inset after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2';

/** Captions over values in cells that share their hairlines. No card. */
export const RuledCells = ({ cells, size = 'value', boxed, columns, pencil, className }: RuledCellsProps) => (
  // Each cell draws its right and bottom line; the clip hides those at the outer edge.
  <div
    className={cn(
      'overflow-hidden',
      boxed && 'rounded-control border bg-sheet',
      pencil ? 'border-pencil' : 'border-rule',
      className,
    )}
  >
    <dl className={cn('-mr-px -mb-px', columns ? columnLooks[columns] : 'flex flex-wrap')}>
      {cells.map((cell) => (
        <div
          key={cell.id}
          style={{ flexGrow: cell.grow ?? 1 }}
          className={cn(
            'relative min-w-0 border-r border-b px-3.5 py-2 sm:px-4',
            pencil ? 'border-pencil/40 border-dashed' : 'border-rule',
            (cell.href || cell.onPress) && 'hover:bg-tint',
            cell.current && 'bg-pick',
          )}
        >
          <dt className="text-caption text-muted">
            {cell.href ? (
              <a href={cell.href} aria-current={cell.current ? 'true' : undefined} className={overCell}>
                {cell.caption}
              </a>
            ) : cell.onPress ? (
              <button type="button" aria-pressed={cell.current ?? false} onClick={cell.onPress} className={overCell}>
                {cell.caption}
              </button>
            ) : (
              cell.caption
            )}
          </dt>
          <dd className={cn('mt-0.5 break-words tabular-nums', sizeLooks[size])}>{cell.value}</dd>
          {cell.detail && <dd className="text-meta text-muted">{cell.detail}</dd>}
        </div>
      ))}
    </dl>
  </div>
);
