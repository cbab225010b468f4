'use client';

import { CircleAlert } from 'lucide-react';
import { Label as RadixLabel } from 'radix-ui';
import { type ComponentProps, createContext, type ReactNode, useContext, useId } from 'react';
import { cn } from './cn.ts';

export const Label = ({ className, children, ...props }: ComponentProps<typeof RadixLabel.Root>) => (
  <RadixLabel.Root className={cn('block font-medium text-ink text-meta', className)} {...props}>
    {children}
  </RadixLabel.Root>
);

interface FieldWiring {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-required': true | undefined;
}

const FieldContext = createContext<FieldWiring | null>(null);

/** What a control inside a Field gets from it: id and aria attributes. Nothing outside of one. */
export const useFieldWiring = (): Partial<FieldWiring> => useContext(FieldContext) ?? {};

export interface FieldProps {
  readonly label: ReactNode;
  /** Help that is always there. */
  readonly hint?: ReactNode;
  /** What is wrong and how to mend it: "Enter 4 digits and 2 letters, like 1012 AB". */
  readonly error?: string | undefined;
  /** Marks the field as required; say "(optional)" in the label of those that aren't. */
  readonly required?: boolean | undefined;
  readonly className?: string | undefined;
  /** One control of this kit: Input, Textarea, Select, NativeSelect, QuantityStepper. */
  readonly children: ReactNode;
}

/** Label above, control, hint, error. The control inside is wired by context; spread `register('name')` on it. */
export const Field = ({ label, hint, error, required, className, children }: FieldProps) => {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = [error && errorId, hint && hintId].filter(Boolean).join(' ') || undefined;
  return (
    <div className={cn('flex min-w-0 flex-col gap-1.5', className)}>
      <Label htmlFor={id}>{label}</Label>
      <FieldContext
        value={{
          id,
          'aria-describedby': describedBy,
          'aria-invalid': error ? true : undefined,
          'aria-required': required ? true : undefined,
        }}
      >
        {children}
      </FieldContext>
      {error && (
        <p id={errorId} className="flex items-start gap-1.5 text-bad text-meta">
          <CircleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
          {error}
        </p>
      )}
      {hint && (
        <p id={hintId} className="text-meta text-muted">
          {hint}
        </p>
      )}
    </div>
  );
};
