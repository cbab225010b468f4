import { Button } from './button.tsx';
import { formatCount } from './format.ts';

export interface LoadMoreProps {
  /** How many are shown. */
  readonly shown: number;
  /** How many there are, where that is known. */
  readonly total?: number | undefined;
  /** "orders", "products" */
  readonly what: string;
  readonly hasMore: boolean;
  readonly busy?: boolean | undefined;
  readonly onMore: () => void;
}

/** Keyset paging: how many are shown, and the next ones on request. */
export const LoadMore = ({ shown, total, what, hasMore, busy, onMore }: LoadMoreProps) => (
  <div className="flex items-center gap-4 px-4 py-4 text-muted">
    <p className="tabular-nums">
      {formatCount(shown)}
      {total === undefined ? '' : ` of ${formatCount(total)}`} {what}
    </p>
    {hasMore && (
      <Button size="sm" busy={busy} onClick={onMore}>
        {busy ? 'Loading' : `Show more ${what}`}
      </Button>
    )}
  </div>
);
