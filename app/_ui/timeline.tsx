import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { Segment, Stop, type StopState } from './route-line.tsx';

export interface TimelineEntry {
  readonly id: string;
  /** Newest first: pending on top, then current, then done. */
  readonly state: StopState;
  /** Says of a pending one how far it has come, where it is recorded and no read shows it yet. */
  readonly pendingWords?: string | undefined;
  /** "Picking started in Porto" */
  readonly title: ReactNode;
  /** Who, role, when: `<>Rui Lopes, warehouse · <Time at=… /></>` */
  readonly meta?: ReactNode;
  /** A reason, shown in quotation marks. */
  readonly quote?: string | undefined;
  /** Anything below: before and after, the raw event. */
  readonly children?: ReactNode;
}

export interface TimelineProps {
  readonly label: string;
  readonly entries: readonly TimelineEntry[];
  readonly className?: string | undefined;
}

/** A standing route line with what happened beside each stop, newest first. */
export const Timeline = ({ label, entries, className }: TimelineProps) => (
  <ol aria-label={label} className={className}>
    {entries.map((entry, index) => {
      const last = index === entries.length - 1;
      return (
        <li
          key={entry.id}
          aria-current={entry.state === 'current' ? 'step' : undefined}
          className="grid grid-cols-[14px_minmax(0,1fr)] gap-x-3"
        >
          <span className="flex flex-col items-center">
            <span className="relative z-10 flex h-5 items-center">
              <Stop state={entry.state} />
            </span>
            {!last && <Segment to={entry.state} vertical className="-my-[3px] min-h-4 flex-1" />}
          </span>
          <div className={cn('min-w-0', !last && 'pb-3')}>
            <p className="font-medium text-ink">
              {entry.state === 'pending' && (
                <span className="sr-only">{entry.pendingWords ?? 'Not recorded yet'}: </span>
              )}
              {entry.title}
            </p>
            {entry.meta && <p className="text-meta text-muted">{entry.meta}</p>}
            {entry.quote && <p className="mt-1 border-rule border-l pl-2 text-muted">“{entry.quote}”</p>}
            {entry.children}
          </div>
        </li>
      );
    })}
  </ol>
);
