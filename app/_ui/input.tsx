'use client';

import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';
import { useFieldWiring } from './field.tsx';

export const controlLooks =
  'w-full min-w-0 rounded-control border border-field bg-sheet text-ink text-body placeholder:text-muted disabled:opacity-50 aria-invalid:border-danger';

export interface InputProps extends ComponentProps<'input'> {
  /** An icon at the start, for example a magnifying glass. */
  readonly lead?: ReactNode;
  /** A key or a small button at the end. */
  readonly trail?: ReactNode;
}

/** A text input. Inside a Field it is labelled and described by it; else give it an `aria-label`. */
export const Input = ({ className, lead, trail, ...props }: InputProps) => {
  const wiring = useFieldWiring();
  const input = (
    <input
      {...wiring}
      className={cn(controlLooks, 'h-control px-3', lead && 'pl-9', trail && 'pr-9', className)}
      {...props}
    />
  );
  if (!lead && !trail) return input;
  return (
    <div className="relative w-full">
      {lead && (
        <span className="pointer-events-none absolute inset-y-0 left-0 flex w-9 items-center justify-center text-muted [&_svg]:size-4">
          {lead}
        </span>
      )}
      {input}
      {trail && <span className="absolute inset-y-0 right-2 flex items-center">{trail}</span>}
    </div>
  );
};

export const Textarea = ({ className, ...props }: ComponentProps<'textarea'>) => {
  const wiring = useFieldWiring();
  return <textarea {...wiring} rows={3} className={cn(controlLooks, 'px-3 py-2', className)} {...props} />;
};
