import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export interface FilterChipProps {
  /** "payment" */
  readonly name: string;
  /** "authorized" */
  readonly value: string;
  /** Opens the filter for editing. */
  readonly onEdit?: (() => void) | undefined;
  readonly onRemove: () => void;
  /** Marks a filter that isn't understood; say why beside it. */
  readonly invalid?: boolean | undefined;
}

/** A filter inside the search box. The only pills of the house. */
export const FilterChip = ({ name, value, onEdit, onRemove, invalid }: FilterChipProps) => {
  const words = (
    <>
      {name} <span className="font-semibold">{value}</span>
    </>
  );
  return (
    <span
      className={cn(
        'inline-flex h-[22px] max-w-full shrink-0 items-center gap-1 whitespace-nowrap rounded-full border pr-1 pl-2 text-meta',
        invalid ? 'border-danger bg-bad-bg text-bad' : 'border-transparent bg-pick text-ink',
      )}
    >
      {onEdit ? (
        <button type="button" aria-label={`Edit filter ${name} ${value}`} onClick={onEdit} className="rounded-badge">
          {words}
        </button>
      ) : (
        <span>{words}</span>
      )}
      <button
        type="button"
        aria-label={`Remove filter ${name} ${value}`}
        onClick={onRemove}
        className="relative inline-flex size-4 items-center justify-center rounded-full after:absolute after:-inset-1 hover:bg-rule"
      >
        <X aria-hidden="true" className="size-3" />
      </button>
    </span>
  );
};

export interface ToggleChipProps {
  readonly pressed: boolean;
  readonly onPressedChange: (pressed: boolean) => void;
  readonly children: ReactNode;
}

/** One of several choices that narrow a list: the shop's subcategories. */
export const ToggleChip = ({ pressed, onPressedChange, children }: ToggleChipProps) => (
  <button
    type="button"
    aria-pressed={pressed}
    onClick={() => onPressedChange(!pressed)}
    className={cn(
      'inline-flex h-control-sm shrink-0 items-center whitespace-nowrap rounded-full border px-3.5 font-medium text-body',
      pressed ? 'border-primary bg-pick text-ink' : 'border-rule bg-sheet text-muted hover:bg-tint hover:text-ink',
    )}
  >
    {children}
  </button>
);
