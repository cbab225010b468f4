import type { ReactNode } from 'react';
import { cn } from './cn.ts';

/** A key, as on the keyboard: `<Kbd>R</Kbd>`. Decorative; put `aria-keyshortcuts` on the control. */
export const Kbd = ({
  className,
  children,
}: {
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) => (
  <span
    aria-hidden="true"
    className={cn(
      'inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-badge border border-rule px-1 font-sans text-caption text-muted',
      className,
    )}
  >
    {children}
  </span>
);
