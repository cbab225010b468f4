'use client';

import { Tooltip as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { Kbd } from './kbd.tsx';

export const TooltipProvider = ({ children }: { readonly children: ReactNode }) => (
  <Radix.Provider delayDuration={400} skipDelayDuration={200}>
    {children}
  </Radix.Provider>
);

export interface TooltipProps {
  readonly content: ReactNode;
  readonly shortcut?: string | undefined;
  readonly side?: ComponentProps<typeof Radix.Content>['side'];
  /** The one element that is explained; it must be focusable. */
  readonly children: ReactNode;
}

/** Explains on hover and focus. Never the only place of something that a person must know. */
export const Tooltip = ({ content, shortcut, side = 'top', children }: TooltipProps) => (
  <Radix.Root>
    <Radix.Trigger asChild>{children}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content
        side={side}
        sideOffset={6}
        collisionPadding={8}
        className="z-50 flex max-w-72 items-center gap-2 rounded-control border border-rule bg-float px-2 py-1 text-ink text-meta shadow-float"
      >
        {content}
        {shortcut && <Kbd>{shortcut}</Kbd>}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
