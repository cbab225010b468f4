/** From when to when something took, in ms since 1970. */
export type Span = { readonly from: number; readonly to: number };

/** What no flush of a few bytes should take: beyond it the disk is to blame. In ms. */
export const slowFlushMs = 60;

/** How much of a span lies within the others, which don't overlap each other. In ms. */
export const within = ({ from, to }: Span, others: readonly Span[]): number =>
  others.reduce((sum, other) => sum + Math.max(0, Math.min(to, other.to) - Math.max(from, other.from)), 0);
