import { History, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { cn } from './cn.ts';
import { type Tone, toneOnGround } from './tones.ts';

export interface EmptyStateProps {
  /** Why there is nothing: "No order matches these filters." */
  readonly title: string;
  readonly children?: ReactNode;
  /** The one thing to do. */
  readonly action?: ReactNode;
  readonly className?: string | undefined;
}

export const EmptyState = ({ title, children, action, className }: EmptyStateProps) => (
  <div className={cn('flex flex-col items-start gap-1 px-4 py-10', className)}>
    <p className="font-semibold">{title}</p>
    {children && <div className="max-w-prose text-muted">{children}</div>}
    {action && <div className="mt-3">{action}</div>}
  </div>
);

export interface ErrorStateProps {
  /** What failed: "The timeline could not be read." */
  readonly title: string;
  /** What is safe: "Nothing was changed; the order stands as shown." */
  readonly children?: ReactNode;
  readonly onRetry?: (() => void) | undefined;
  /** What support can look up. */
  readonly reference?: string | undefined;
  readonly className?: string | undefined;
}

/** Stays in its own panel; neighbours live on. */
export const ErrorState = ({ title, children, onRetry, reference, className }: ErrorStateProps) => (
  <div role="alert" className={cn('flex items-start gap-3 px-4 py-4', className)}>
    <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-bad" />
    <div className="min-w-0">
      <p className="font-semibold text-bad">{title}</p>
      {children && <div className="max-w-prose text-muted">{children}</div>}
      <div className="mt-3 flex flex-wrap items-center gap-3">
        {onRetry && (
          <Button size="sm" onClick={onRetry}>
            Retry
          </Button>
        )}
        {reference && (
          <span className="text-meta text-muted">
            Reference{' '}
            <span translate="no" className="break-all font-mono">
              {reference}
            </span>
          </span>
        )}
      </div>
    </div>
  </div>
);

export interface BandProps {
  readonly tone: Tone;
  readonly icon?: ReactNode;
  readonly action?: ReactNode;
  /** Says it to screen readers when it appears. */
  readonly live?: boolean | undefined;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A full-width line in a tone: "Right item. One more.", "Connection lost…", the past's "As of …". */
export const Band = ({ tone, icon, action, live, className, children }: BandProps) => (
  <div
    role={live ? 'status' : undefined}
    className={cn(
      'flex min-h-9 items-center gap-2 border-rule border-b px-4 py-1.5 font-medium text-admin [&_svg]:size-4.5 [&_svg]:shrink-0',
      toneOnGround[tone],
      className,
    )}
  >
    {icon ?? (tone === 'stale' ? <History aria-hidden="true" /> : null)}
    <span className="min-w-0 flex-1">{children}</span>
    {action}
  </div>
);
