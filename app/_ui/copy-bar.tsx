import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { Mark } from './mark.tsx';

export interface CopyBarProps {
  /** "Porto, walk 14" */
  readonly title: ReactNode;
  /** At the right end: "3 of 9". */
  readonly trail?: ReactNode;
  readonly className?: string | undefined;
}

/**
 * A top bar in the copy's colour, for one task that fills a phone (the pick walk).
 * Where it is shown, the shell hides its bottom bar below 640 px, so that the task's buttons stand there.
 */
export const CopyBar = ({ title, trail, className }: CopyBarProps) => (
  <header
    data-copy-bar=""
    className={cn('flex h-14 shrink-0 items-center gap-2.5 border-rule border-b bg-copy px-gutter', className)}
  >
    <Mark className="sm:hidden" />
    <h1 className="min-w-0 flex-1 truncate font-semibold">{title}</h1>
    {trail && <span className="font-medium tabular-nums">{trail}</span>}
  </header>
);
