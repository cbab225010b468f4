'use client';

import { Check, Minus } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './cn.ts';

export interface CheckboxProps extends ComponentProps<typeof Radix.Root> {
  /** The words beside it; without them give an `aria-label`. */
  readonly label?: ReactNode;
}

export const Checkbox = ({ label, className, ...props }: CheckboxProps) => {
  const id = useId();
  const box = (
    <Radix.Root
      id={id}
      className={cn(
        'group/box inline-flex size-4 shrink-0 items-center justify-center rounded-badge border border-field bg-sheet data-[state=checked]:border-primary data-[state=indeterminate]:border-primary data-[state=checked]:bg-primary data-[state=indeterminate]:bg-primary disabled:opacity-50',
        className,
      )}
      {...props}
    >
      <Radix.Indicator className="text-on-primary">
        <Check aria-hidden="true" strokeWidth={3} className="size-3 group-data-[state=indeterminate]/box:hidden" />
        <Minus
          aria-hidden="true"
          strokeWidth={3}
          className="hidden size-3 group-data-[state=indeterminate]/box:block"
        />
      </Radix.Indicator>
    </Radix.Root>
  );
  if (!label) return box;
  return (
    <span className="inline-flex items-start gap-2">
      <span className="flex h-(--body-line) items-center">{box}</span>
      <label htmlFor={id}>{label}</label>
    </span>
  );
};
