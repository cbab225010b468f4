'use client';

import { Popover as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

export const Popover = Radix.Root;
export const PopoverTrigger = Radix.Trigger;

/** Give it an `aria-label`: it is a dialog. */
export const PopoverContent = ({ className, ...props }: ComponentProps<typeof Radix.Content>) => (
  <Radix.Portal>
    <Radix.Content
      sideOffset={4}
      collisionPadding={8}
      align="start"
      className={cn('z-50 w-72 rounded-panel border border-rule bg-float p-3 text-body shadow-float', className)}
      {...props}
    />
  </Radix.Portal>
);
