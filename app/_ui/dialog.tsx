'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';
import { useReturnFocus } from './return-focus.ts';
import { scrim } from './scrim.ts';

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;

export const CloseCross = () => (
  <Radix.Close
    aria-label="Close"
    className="inline-flex size-8 shrink-0 items-center justify-center rounded-control text-muted hover:bg-tint hover:text-ink"
  >
    <X aria-hidden="true" className="size-4" />
  </Radix.Close>
);

interface DialogContentProps extends Omit<ComponentProps<typeof Radix.Content>, 'title'> {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  /** The buttons, at the right end of a ruled foot. */
  readonly footer?: ReactNode;
}

/** A centred panel with a title, its content and a foot with buttons. Focus returns to the opener. */
export const DialogContent = ({ title, description, footer, className, children, ...props }: DialogContentProps) => {
  const returnFocus = useReturnFocus();
  return (
    <Radix.Portal>
      <Radix.Overlay {...scrim} />
      <Radix.Content
        {...returnFocus}
        {...(description ? {} : { 'aria-describedby': undefined })}
        className={cn(
          'fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[min(480px,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 flex-col rounded-panel border border-rule bg-float shadow-float',
          className,
        )}
        {...props}
      >
        <header className="flex items-start gap-4 px-4 pt-4 pb-3">
          <div className="min-w-0 flex-1">
            <Radix.Title className="text-section">{title}</Radix.Title>
            {description && <Radix.Description className="mt-1 text-muted">{description}</Radix.Description>}
          </div>
          <CloseCross />
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">{children}</div>
        {footer && <footer className="flex justify-end gap-2 border-rule border-t px-4 py-3">{footer}</footer>}
      </Radix.Content>
    </Radix.Portal>
  );
};
