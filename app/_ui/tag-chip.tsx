import { X } from 'lucide-react';
import { cn } from './cn.ts';

export interface TagChipProps {
  readonly tag: string;
  /** Not recorded yet: dashed, violet. */
  readonly pending?: boolean | undefined;
  readonly onRemove?: (() => void) | undefined;
}

/** What somebody called an order: a pill. */
export const TagChip = ({ tag, pending = false, onRemove }: TagChipProps) => (
  <span
    className={cn(
      'settle inline-flex h-5 min-w-0 max-w-full items-center gap-1 whitespace-nowrap rounded-full border px-2 text-meta',
      pending ? 'border-pencil border-dashed text-pencil' : 'border-transparent bg-pick text-ink',
      onRemove && 'h-6 pr-1',
    )}
  >
    <span className="truncate">{tag}</span>
    {onRemove && (
      <button
        type="button"
        aria-label={`Remove tag ${tag}`}
        onClick={onRemove}
        className="relative inline-flex size-4 items-center justify-center rounded-full after:absolute after:-inset-1 hover:bg-rule"
      >
        <X aria-hidden="true" className="size-3" />
      </button>
    )}
  </span>
);
