import { History, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { formatCount } from './format.ts';
import { Time } from './time.tsx';

export interface SyncStripProps {
  /** Changes that were sent and aren't yet in what is shown. */
  readonly syncing: number;
  /** Since when the shown data is behind; give it once that lasts. */
  readonly staleSince?: string | number | undefined;
  /** The live connection stands. */
  readonly live: boolean;
  /** At the right end: "99,441 orders", "lag 0.2 s". */
  readonly trail?: ReactNode;
  readonly className?: string | undefined;
}

/** The 28 px strip: syncing, live, as of when. Never an overlay. */
export const SyncStrip = ({ syncing, staleSince, live, trail, className }: SyncStripProps) => (
  <div className={cn('flex h-7 items-center gap-4 border-rule border-t bg-sheet px-3.5 text-meta', className)}>
    {syncing > 0 && (
      <span className="flex items-center gap-1.5 text-pencil">
        <RefreshCw aria-hidden="true" className="size-3.5" />
        Syncing {formatCount(syncing)} {syncing === 1 ? 'change' : 'changes'}
      </span>
    )}
    {staleSince !== undefined && (
      <span className="flex min-w-0 items-center gap-1.5 text-stale">
        <History aria-hidden="true" className="size-3.5 shrink-0" />
        <span className="truncate">
          Shown as of <Time at={staleSince} variant="clock" quiet />
        </span>
      </span>
    )}
    <span className="ml-auto flex items-center gap-3 whitespace-nowrap text-muted">
      <span className={live ? undefined : 'text-stale'}>{live ? 'Live' : 'Reconnecting'}</span>
      {trail}
    </span>
  </div>
);
