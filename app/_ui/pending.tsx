import { PencilLine } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { cn } from './cn.ts';

export interface PendingProps {
  /** Not recorded yet: violet. When it turns false the value becomes ink, in 140 ms. */
  readonly pending: boolean;
  /** The recorded value, struck through before the pending one. */
  readonly was?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A value that may be in pencil: "2̶ 4". */
export const Pending = ({ pending, was, className, children }: PendingProps) => (
  <span className={cn('settle', pending && 'font-semibold text-pencil', className)}>
    {pending && was !== undefined && (
      <>
        <span className="sr-only">recorded </span>
        <s className="mr-1 font-normal text-muted">{was}</s>
        <span className="sr-only"> your change, not recorded yet </span>
      </>
    )}
    {children}
  </span>
);

/** The row's edge while something in it isn't recorded; put it on the row's class list. */
export const pendingEdge = (pending: boolean): string =>
  cn('settle border-l-2', pending ? 'border-l-pencil border-dashed' : 'border-l-transparent');

export interface PencilPanelProps {
  /** "Draft amendment, not sent" */
  readonly title: ReactNode;
  /** At the right end of the head: "1 change". */
  readonly trail?: ReactNode;
  /** Of its heading; 3 where it stands under another section's. */
  readonly level?: 2 | 3 | undefined;
  readonly footer?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A dashed violet frame around what is prepared and not sent. */
export const PencilPanel = ({ title, trail, level = 3, footer, className, children }: PencilPanelProps) => {
  const Heading = `h${level}` as const;
  return (
    <section className={cn('overflow-hidden rounded-control border border-pencil border-dashed bg-sheet', className)}>
      <header className="flex items-center gap-2 border-pencil border-b border-dashed bg-pencil-bg px-3 py-2 text-pencil">
        <PencilLine aria-hidden="true" className="size-4 shrink-0" />
        <Heading className="min-w-0 flex-1 font-semibold">{title}</Heading>
        {trail && <span className="font-medium">{trail}</span>}
      </header>
      {children}
      {footer && <footer className="flex flex-wrap items-center gap-2 border-rule border-t px-3 py-2">{footer}</footer>}
    </section>
  );
};

export interface RefusedProps {
  /** Why, in words: "Inês changed the address 20 s ago. Your refund was not sent." */
  readonly reason: string;
  readonly onRetry?: (() => void) | undefined;
  readonly className?: string | undefined;
}

/** Stays beside the old value until it is dealt with. */
export const Refused = ({ reason, onRetry, className }: RefusedProps) => (
  <span role="alert" className={cn('inline-flex flex-wrap items-center gap-2 text-bad text-meta', className)}>
    {reason}
    {onRetry && (
      <Button size="sm" onClick={onRetry}>
        Retry
      </Button>
    )}
  </span>
);
