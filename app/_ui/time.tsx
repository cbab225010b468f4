'use client';

import { useSyncExternalStore } from 'react';
import { cn } from './cn.ts';
import { formatClock, formatDate, formatExact, formatRelative, RELATIVE_UNDER_MS } from './format.ts';
import { Tooltip } from './tooltip.tsx';

const TICK_MS = 15_000;
const tick = { listeners: new Set<() => void>(), timer: undefined as ReturnType<typeof setInterval> | undefined };

// One clock for all times on the page, stopped when none is shown.
const subscribeToTicks = (listener: () => void) => {
  tick.listeners.add(listener);
  tick.timer ??= setInterval(() => {
    for (const each of tick.listeners) each();
  }, TICK_MS);
  return () => {
    tick.listeners.delete(listener);
    if (tick.listeners.size > 0) return;
    clearInterval(tick.timer);
    tick.timer = undefined;
  };
};

const flooredNow = () => Math.floor(Date.now() / TICK_MS) * TICK_MS + TICK_MS;
const never = () => () => {};

/** Milliseconds since the epoch, moving every 15 s. */
export const useNow = (): number => useSyncExternalStore(subscribeToTicks, flooredNow, flooredNow);

let ownZone: string | undefined;

// Asking takes 30 µs, and each time on the page is asked for it at each render.
const readZone = () => {
  ownZone ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return ownZone;
};

/** The person's zone; UTC on the server and while hydrating, so that both write the same. */
export const useZone = (): string => useSyncExternalStore(never, readZone, () => 'UTC');

export type TimeVariant = 'relative' | 'age' | 'date' | 'promise' | 'clock' | 'exact' | 'audit';

export interface TimeProps {
  /** ISO 8601 text, or milliseconds since the epoch. */
  readonly at: string | number;
  /**
   * relative (default) "4 min ago", a date from 7 days on; age "4 min", "8 y" for tables; date "14 Nov 2026";
   * promise "Tue 24 Nov"; clock "14:02"; exact in the person's zone; audit exact in UTC, always.
   */
  readonly variant?: TimeVariant | undefined;
  /** Audit's label: which of the two times this is. */
  readonly kind?: 'recorded' | 'business time' | undefined;
  /** Without a tab stop of its own: in table rows, links and buttons. The exact time is then the native title. */
  readonly quiet?: boolean | undefined;
  readonly className?: string | undefined;
}

const textOf = (variant: TimeVariant, ms: number, now: number, zone: string): string => {
  switch (variant) {
    case 'relative':
      return Math.abs(now - ms) < RELATIVE_UNDER_MS ? formatRelative(ms, now) : formatDate(ms, zone);
    case 'age':
      return formatRelative(ms, now, true);
    case 'date':
      return formatDate(ms, zone);
    case 'promise':
      return formatDate(ms, zone, true);
    case 'clock':
      return formatClock(ms, zone);
    case 'exact':
      return formatExact(ms, zone);
    case 'audit':
      return formatExact(ms, 'UTC');
  }
};

/** The one way to show a time. Exact with its zone on hover and focus; in a focused table row beside the cell. */
export const Time = ({ at, variant = 'relative', kind, quiet, className }: TimeProps) => {
  const now = useNow();
  const zone = useZone();
  const ms = typeof at === 'number' ? at : Date.parse(at);
  const exact = formatExact(ms, variant === 'audit' ? 'UTC' : zone);
  const alreadyExact = variant === 'exact' || variant === 'audit';
  const time = (
    // Server and browser may read the clock in different minutes.
    <time
      dateTime={new Date(ms).toISOString()}
      title={quiet && !alreadyExact ? exact : undefined}
      suppressHydrationWarning
      className={cn('whitespace-nowrap tabular-nums', className)}
    >
      {textOf(variant, ms, now, zone)}
    </time>
  );
  if (alreadyExact) {
    return kind ? (
      <span className="whitespace-nowrap">
        <span className="text-muted">{kind}</span> {time}
      </span>
    ) : (
      time
    );
  }
  if (quiet) {
    return (
      <span className="relative">
        {time}
        <span
          aria-hidden="true"
          suppressHydrationWarning
          className="absolute top-full right-0 z-20 hidden whitespace-nowrap rounded-control border border-rule bg-float px-2 py-1 text-ink text-meta shadow-float group-focus-visible/row:block"
        >
          {exact}
        </span>
      </span>
    );
  }
  return (
    <Tooltip content={exact}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users reach the exact time by focus */}
      <span tabIndex={0} className="rounded-badge">
        {time}
      </span>
    </Tooltip>
  );
};
