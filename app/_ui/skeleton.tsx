import { cn } from './cn.ts';

/** A still block in the final geometry; shows itself only after 150 ms. Say what loads on its parent: `aria-busy`. */
export const Skeleton = ({ className }: { readonly className?: string | undefined }) => (
  <div aria-hidden="true" className={cn('appear-late h-4 rounded-badge bg-tint', className)} />
);

export interface SkeletonRowsProps {
  readonly count: number;
  /** What is on its way: "orders". */
  readonly what: string;
}

/** Rows of the density's height, for lists and tables. */
export const SkeletonRows = ({ count, what }: SkeletonRowsProps) => (
  <div role="status" aria-busy="true" aria-label={`Loading ${what}`} className="appear-late">
    {Array.from({ length: count }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
      <div key={index} aria-hidden="true" className="flex h-row items-center gap-6 border-rule border-b px-4">
        <div className="h-3 w-20 rounded-badge bg-tint" />
        <div className="h-3 flex-1 rounded-badge bg-tint" />
        <div className="h-3 w-16 rounded-badge bg-tint" />
      </div>
    ))}
  </div>
);
