'use client';

import { RadioGroup as Radix } from 'radix-ui';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './cn.ts';

export const RadioGroup = ({ className, ...props }: ComponentProps<typeof Radix.Root>) => (
  <Radix.Root className={cn('flex flex-col gap-3', className)} {...props} />
);

const Dot = ({ value, id }: { readonly value: string; readonly id: string }) => (
  <Radix.Item
    id={id}
    value={value}
    className="inline-flex size-4 shrink-0 items-center justify-center rounded-full border border-field bg-sheet data-[state=checked]:border-primary"
  >
    <Radix.Indicator className="size-2 rounded-full bg-primary" />
  </Radix.Item>
);

export interface RadioProps {
  readonly value: string;
  readonly label: ReactNode;
  readonly className?: string | undefined;
}

/** One choice, a dot and its words. */
export const Radio = ({ value, label, className }: RadioProps) => {
  const id = useId();
  return (
    <span className={cn('inline-flex items-center gap-2', className)}>
      <Dot value={value} id={id} />
      <label htmlFor={id}>{label}</label>
    </span>
  );
};

export interface RadioRowProps extends RadioProps {
  /** A second line in muted. */
  readonly detail?: ReactNode;
  /** At the right end, a price for example. */
  readonly trail?: ReactNode;
}

/** A ruled row that is one choice, as the shipping methods of the checkout. Put several into a RuledRadioGroup. */
export const RadioRow = ({ value, label, detail, trail, className }: RadioRowProps) => {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className={cn(
        'flex min-h-row cursor-pointer items-center gap-3 border-rule border-b px-4 py-2 last:border-b-0 has-data-[state=checked]:bg-pick',
        className,
      )}
    >
      <Dot value={value} id={id} />
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{label}</span>
        {detail && <span className="block text-meta text-muted">{detail}</span>}
      </span>
      {trail && <span className="tabular-nums">{trail}</span>}
    </label>
  );
};

export const RuledRadioGroup = ({ className, ...props }: ComponentProps<typeof Radix.Root>) => (
  <Radix.Root className={cn('overflow-hidden rounded-control border border-rule bg-sheet', className)} {...props} />
);
