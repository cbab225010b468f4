'use client';

import { Switch as Radix } from 'radix-ui';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './cn.ts';

export interface SwitchProps extends ComponentProps<typeof Radix.Root> {
  readonly label: ReactNode;
}

/** Acts at once; for a choice that waits for a button take a Checkbox. */
export const Switch = ({ label, className, ...props }: SwitchProps) => {
  const id = useId();
  return (
    <span className={cn('inline-flex items-center gap-2', className)}>
      <Radix.Root
        id={id}
        className="inline-flex h-5 w-9 shrink-0 items-center rounded-full border border-field bg-sheet p-0.5 transition-colors data-[state=checked]:border-primary data-[state=checked]:bg-primary disabled:opacity-50"
        {...props}
      >
        <Radix.Thumb className="block size-3.5 rounded-full bg-field transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-primary" />
      </Radix.Root>
      <label htmlFor={id}>{label}</label>
    </span>
  );
};
