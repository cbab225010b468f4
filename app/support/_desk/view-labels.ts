import type { DeskView } from '#domain/search/order-sorts.ts';
import { formatCount } from '../../_ui/format.ts';

export const viewLabels: Readonly<Record<DeskView, string>> = {
  open: 'All open',
  drafts: 'Drafts',
  holds: 'Holds',
  declined: 'Declined',
  all: 'All',
};

/** Counts end there. */
const countMost = 1_000;

/** "14", "999+"; nothing where nobody counted. */
export const countWords = (count: number | null | undefined): string | undefined => {
  if (count === null || count === undefined) return undefined;
  return count >= countMost ? '999+' : formatCount(count);
};
