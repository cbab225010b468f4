'use client';

import { Dialog as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';
import { CloseCross } from './dialog.tsx';
import { useReturnFocus } from './return-focus.ts';
import { scrim } from './scrim.ts';

export const Sheet = Radix.Root;
export const SheetTrigger = Radix.Trigger;

interface SheetContentProps extends Omit<ComponentProps<typeof Radix.Content>, 'title'> {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  /** Always in view below the scrolling part: totals and buttons. */
  readonly footer?: ReactNode;
}

/** 480 px from the right; the whole width on phones. */
export const SheetContent = ({ title, description, footer, className, children, ...props }: SheetContentProps) => {
  const returnFocus = useReturnFocus();
  return (
    <Radix.Portal>
      <Radix.Overlay {...scrim} />
      <Radix.Content
        {...returnFocus}
        {...(description ? {} : { 'aria-describedby': undefined })}
        className={cn(
          'fixed inset-y-0 right-0 z-50 flex w-[min(480px,100vw)] flex-col border-rule border-l bg-float shadow-float duration-140 data-[state=closed]:animate-out data-[state=open]:animate-in data-[state=closed]:slide-out-to-right-8 data-[state=open]:slide-in-from-right-8 data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0',
          className,
        )}
        {...props}
      >
        <header className="flex items-start gap-4 border-rule border-b px-4 py-3">
          <div className="min-w-0 flex-1">
            <Radix.Title className="text-section">{title}</Radix.Title>
            {description && <Radix.Description className="text-muted">{description}</Radix.Description>}
          </div>
          <CloseCross />
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
        {footer && <footer className="border-rule border-t px-4 py-3">{footer}</footer>}
      </Radix.Content>
    </Radix.Portal>
  );
};
