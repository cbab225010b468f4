'use client';

import { Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import { cn } from './cn.ts';
import { useFieldWiring } from './field.tsx';

export interface QuantityStepperProps {
  readonly value: number;
  readonly onValueChange: (value: number) => void;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Of what: "Quantity of Stoneware teapot". */
  readonly label: string;
  readonly size?: 'md' | 'sm' | undefined;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
}

/** Minus, a number that can be typed, plus; kept within min and max. */
export const QuantityStepper = ({
  value,
  onValueChange,
  min = 1,
  max = 999,
  label,
  size = 'md',
  disabled,
  className,
}: QuantityStepperProps) => {
  const wiring = useFieldWiring();
  // While typing, the text may be empty or out of range; it is put right on blur.
  const [draft, setDraft] = useState<string | null>(null);
  const commit = (next: number) => onValueChange(Math.min(max, Math.max(min, next)));
  const step = (by: number) => {
    setDraft(null);
    commit(value + by);
  };
  const buttonLooks =
    'inline-flex h-full flex-1 items-center justify-center rounded-control text-ink hover:bg-tint disabled:text-muted disabled:opacity-60 focus-inset';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be laid out as an inline control
    <div
      role="group"
      aria-label={label}
      className={cn(
        'inline-flex shrink-0 items-center rounded-control border border-field bg-sheet',
        size === 'md' ? 'h-control w-[calc(var(--control)*2.3)]' : 'h-control-sm w-[calc(var(--control-sm)*2.8)]',
        className,
      )}
    >
      <button
        type="button"
        aria-label="One less"
        className={buttonLooks}
        disabled={disabled || value <= min}
        onClick={() => step(-1)}
      >
        <Minus aria-hidden="true" className="size-4" />
      </button>
      <input
        {...wiring}
        aria-label={label}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        disabled={disabled}
        value={draft ?? String(value)}
        onChange={(event) => {
          const text = event.target.value.replace(/\D/g, '').slice(0, 6);
          setDraft(text);
          const typed = Number(text);
          if (text !== '' && typed >= min && typed <= max) onValueChange(typed);
        }}
        onBlur={() => {
          if (draft !== null && draft !== '') commit(Number(draft));
          setDraft(null);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          step(event.key === 'ArrowUp' ? 1 : -1);
        }}
        className="h-full w-full min-w-0 flex-1 rounded-badge bg-transparent text-center font-medium tabular-nums"
      />
      <button
        type="button"
        aria-label="One more"
        className={buttonLooks}
        disabled={disabled || value >= max}
        onClick={() => step(1)}
      >
        <Plus aria-hidden="true" className="size-4" />
      </button>
    </div>
  );
};
