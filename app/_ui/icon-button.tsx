import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends ComponentProps<'button'> {
  /** What it does: its name for everyone; shown as a tooltip. */
  readonly label: string;
  readonly shortcut?: string | undefined;
  readonly variant?: 'ghost' | 'secondary' | undefined;
  readonly size?: 'md' | 'sm' | undefined;
  /** The icon. */
  readonly children: ReactNode;
}

export const IconButton = ({
  label,
  shortcut,
  variant = 'ghost',
  size = 'md',
  className,
  children,
  ...props
}: IconButtonProps) => (
  <Tooltip content={label} shortcut={shortcut}>
    <button
      type="button"
      aria-label={label}
      aria-keyshortcuts={shortcut}
      className={cn(
        'inline-flex shrink-0 items-center justify-center rounded-control border text-ink transition-colors duration-100 hover:bg-tint disabled:pointer-events-none disabled:opacity-50 [&_svg]:size-4',
        variant === 'secondary' ? 'border-rule bg-sheet' : 'border-transparent',
        size === 'md' ? 'size-control' : 'size-control-sm',
        className,
      )}
      {...props}
    >
      {children}
    </button>
  </Tooltip>
);
