import type { ReactNode } from 'react';
import { cn } from './cn.ts';

/** done and current are recorded; planned (grey dashes) and pending (violet dashes) are not. past: seen from the past. */
export type StopState = 'done' | 'current' | 'planned' | 'pending' | 'past';

const stopWords: Readonly<Record<StopState, string>> = {
  done: 'Done',
  current: 'Now',
  planned: 'Planned',
  pending: 'Not recorded yet',
  past: 'Later',
};

/** One stop of 10 px; the current one is hi-vis with an ink ring. */
export const Stop = ({ state }: { readonly state: StopState }) => (
  <svg aria-hidden="true" viewBox="0 0 14 14" className="block size-3.5 shrink-0 overflow-visible">
    {state === 'current' && <circle cx="7" cy="7" r="5.25" fill="var(--hivis)" stroke="var(--ink)" strokeWidth="2" />}
    {state === 'done' && <circle cx="7" cy="7" r="5" fill="var(--ink)" />}
    {state === 'past' && <circle cx="7" cy="7" r="5" fill="var(--muted)" />}
    {(state === 'planned' || state === 'pending') && (
      <circle
        cx="7"
        cy="7"
        r="5.25"
        fill="none"
        stroke={state === 'planned' ? 'var(--muted)' : 'var(--pencil)'}
        strokeWidth="1.75"
        strokeDasharray="3.3 2.2"
      />
    )}
  </svg>
);

const segmentLooks: Readonly<Record<StopState, string>> = {
  done: 'border-solid border-ink',
  current: 'border-solid border-ink',
  planned: 'border-dashed border-muted',
  pending: 'border-dashed border-pencil',
  past: 'border-solid border-muted',
};

interface SegmentProps {
  /** The stop that this piece of line leads to. */
  readonly to: StopState;
  readonly vertical?: boolean | undefined;
  readonly className?: string | undefined;
}

/** A piece of the 2 px line between two stops. */
export const Segment = ({ to, vertical, className }: SegmentProps) => (
  <span
    aria-hidden="true"
    className={cn(
      'settle block',
      vertical ? 'h-full w-0 border-l-2' : 'h-0 w-full border-t-2',
      segmentLooks[to],
      className,
    )}
  />
);

export interface RouteStop {
  readonly id: string;
  readonly state: StopState;
  readonly label: ReactNode;
  /** A second line in muted: a time, a place. */
  readonly detail?: ReactNode;
}

export interface RouteLineProps {
  /** What the line is of: "Delivery of WB-48213". */
  readonly label: string;
  /** In the order of travel. */
  readonly stops: readonly RouteStop[];
  /** auto lies down from 640 px on and stands below. */
  readonly direction?: 'auto' | 'horizontal' | 'vertical' | undefined;
  readonly className?: string | undefined;
}

const Words = ({ stop }: { readonly stop: RouteStop }) => (
  <>
    <span className="block font-semibold text-desk">
      <span className="sr-only">{stopWords[stop.state]}: </span>
      {stop.label}
    </span>
    {stop.detail && <span className="block text-desk text-muted">{stop.detail}</span>}
  </>
);

const Horizontal = ({ label, stops, className }: Omit<RouteLineProps, 'direction'>) => (
  <ol
    aria-label={label}
    className={cn('grid', className)}
    style={{ gridTemplateColumns: `repeat(${stops.length}, minmax(0, 1fr))` }}
  >
    {stops.map((stop, index) => {
      const next = stops[index + 1];
      return (
        <li key={stop.id} aria-current={stop.state === 'current' ? 'step' : undefined} className="min-w-0">
          <span className="flex items-center">
            <Stop state={stop.state} />
            {next && <Segment to={next.state} className="flex-1" />}
          </span>
          <span className="mt-2 block pr-3">
            <Words stop={stop} />
          </span>
        </li>
      );
    })}
  </ol>
);

const Vertical = ({ label, stops, className }: Omit<RouteLineProps, 'direction'>) => (
  <ol aria-label={label} className={className}>
    {stops.map((stop, index) => {
      const next = stops[index + 1];
      return (
        <li
          key={stop.id}
          aria-current={stop.state === 'current' ? 'step' : undefined}
          className="grid grid-cols-[14px_minmax(0,1fr)] gap-x-3"
        >
          <span className="flex flex-col items-center">
            <span className="flex h-5 items-center">
              <Stop state={stop.state} />
            </span>
            {next && <Segment to={next.state} vertical className="-my-[3px] flex-1" />}
          </span>
          <span className={cn('block', next && 'pb-4')}>
            <Words stop={stop} />
          </span>
        </li>
      );
    })}
  </ol>
);

/** The one line that draws tracking, the delivery promise, and progress. */
export const RouteLine = ({ direction = 'auto', className, ...line }: RouteLineProps) => {
  if (direction === 'horizontal') return <Horizontal {...line} className={className} />;
  if (direction === 'vertical') return <Vertical {...line} className={className} />;
  return (
    <>
      <Horizontal {...line} className={cn('max-sm:hidden', className)} />
      <Vertical {...line} className={cn('sm:hidden', className)} />
    </>
  );
};

export interface ProgressLineProps {
  readonly label: string;
  /** 0 to 1. */
  readonly value: number;
  /** planned draws the rest as grey dashes; it is the default. */
  readonly rest?: 'planned' | 'pending' | undefined;
  /** Beside it for everyone: "184,220 of 200,000 events, 2 min left". */
  readonly valueText: string;
  readonly className?: string | undefined;
}

/** A route line from 0 to the head with its stop at the value: projections, rebuilds, imports. */
export const ProgressLine = ({ label, value, rest = 'planned', valueText, className }: ProgressLineProps) => {
  const share = Math.min(1, Math.max(0, value));
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={valueText}
      className={cn('flex h-3.5 w-full items-center', className)}
    >
      <Segment to="done" className="w-auto" />
      <span style={{ width: `calc((100% - 14px) * ${share})` }}>
        <Segment to="done" />
      </span>
      <Stop state="current" />
      <span className="flex-1">{share < 1 && <Segment to={rest} />}</span>
    </span>
  );
};
